"""Answers, as YAML, as JSON or as --set: fitted to fields of every kind; what fits is written down and read as the same."""

from drafter.diagnostic import Rejected
from drafter.outline.answers import Typed, from_json, from_options, from_yaml, settle, to_json, to_yaml
from drafter.outline.fill import fill
from drafter.outline.parse import parse
from drafter.outline.yaml import Source, decode
from fuzz.targets import TODAY, Choices, nothing, told

OUTLINE = """\
title: 在【会议】上的讲话
dateline: （【日期】）
fields:
  会议: 什么会？
  日期:
    ask: 哪一天？
    type: date
  人数:
    ask: 多少人？
    type: number
    min: 2
    max: 5000
  表彰:
    ask: 表彰吗？
    type: yes/no
  单位:
    ask: 哪些单位？
    type: list
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
  情况:
    ask: 有什么情况？
    type: long text
  编号:
    ask: 几号？
    pattern: "[0-9]{1,3}号"
speech:
  - opening: 【层级】里【人数|大写】人到会，【日期|月日】开，【日期|年月】结束，【编号】。
  - text: 【情况】
  - text: 表扬【单位】。
    when: 表彰
  - text: 【甲】也要学。
    each: 单位 as 甲
"""

FIELDS = parse(Source("提纲.yaml", OUTLINE), nothing)[0]


def one(data: bytes) -> None:
    """The first byte says in which form the others are answers."""
    form = Choices(data[:1]).number(3)
    try:
        _settled(form, data[1:])
    except Rejected as error:
        told(error)


def _settled(form: int, data: bytes) -> None:
    typed: dict[str, Typed]
    if form == 2:
        typed = from_options(data.decode("utf-8", "surrogateescape").split("\0"))
    else:
        source, _ = decode(data, "回答.yaml")
        typed = (from_json if form else from_yaml)(source)
    settled = settle(FIELDS.fields, typed, TODAY)
    fill(FIELDS, settled.values)
    for read, text in ((from_yaml, to_yaml(settled.values)), (from_json, to_json(settled.values))):
        again = settle(FIELDS.fields, read(decode(text.encode(), "回答")[0]), TODAY).values
        assert again == settled.values, (settled.values, again)
