"""commands.outlines"""


import os
from datetime import date
from pathlib import Path

from drafter.commands.opening import open_outline, template_problems
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf

_STARTER = """\
# {name}
# 汉字都可以改；英文词（冒号左边）请不要动。改坏了，drafter outlines check {name} 会告诉您在第几行。
title: 在【会议名称】上的讲话
about: 用在什么场合，一句话
genre: 讲话
dateline: （【日期】）
byline: 【讲话人职务】　【讲话人】

# 照第一条的样子写序号，一行一级：一、 （一） 1. 一要 一是 第一，
numbering:
  - 一、
  - （一）

# 要填的空。冒号左边是名称，文中写【名称】；右边是问题。
fields:
  会议名称:
    ask: 会议全称是什么？
    example: 全市政务信息工作会议
  讲话人: 谁讲话？
  讲话人职务: 讲话人是什么职务？
  日期:
    ask: 哪一天讲？
    type: date
  有上级要求:
    ask: 要不要传达上级会议精神？
    type: yes/no
    default: 否
  上级会议:
    ask: 上级会议的全称是什么？
    when: 有上级要求

# 讲话的各个部分，按先后次序。
speech:
  - greeting: 同志们：

  - opening: |
      今天召开【会议名称】，主要任务是……

  # 有条件的部分写上 when，条件不成立就不写出来。
  - situation: |
      日前，【上级会议】作出了部署……
    when: 有上级要求
    note: note 是给写稿人看的提醒，不会印出来。

  - lead: 下面，我讲几点意见。

  - requirements:
      - heading: 提高认识，把准方向
        text: ……
      - heading: 突出重点，抓好落实
        text: ……
        points:
          - heading: 压实责任
            text: ……
          - heading: 严格督查
            text: ……

  - closing: |
      同志们，……
"""


def check_outline(name: str) -> tuple[Diagnostic, ...]:
    """Every problem of an outline, errors and warnings, in the order they stand."""
    from drafter.outline.lint import lint

    try:
        opened = open_outline(name)
    except Rejected as error:
        return error.diagnostics
    return (*opened.remarks, *lint(opened.outline, date.today()), *template_problems(opened.outline))


def copy_outline(name: str, user: bool) -> Path:
    """Copy the outline or passage of a name to ./outlines/ (or the user's folder), with the line that tells editors of its schema.
    Returns the copy; one that is there already is returned as it is."""
    found = shelf.find_outline(name)
    kind = shelf.PASSAGES if found.parent.name == Path(shelf.PASSAGES).name else shelf.OUTLINES
    target = (shelf.user_home() if user else Path()) / kind / found.with_suffix(".yaml").name
    if target.exists():
        return target
    _write_outline(target, shelf.read_source(found)[0].text)
    return target


def start_outline(name: str, user: bool) -> Path:
    """Write a commented outline to start from. Raises Rejected where one of that name is there."""
    if not shelf.usable_name(name):
        raise Rejected(Diagnostic(f"“{name}”不能作提纲的名称。", None, "用字母、汉字、数字、- 和 _，不带空格和标点。"))
    target = (shelf.user_home() if user else Path()) / shelf.OUTLINES / f"{name}.yaml"
    if os.path.lexists(target):
        raise Rejected(Diagnostic(f"{target} 已经有了。", None, f"换个名称；要改这一份：drafter outlines edit {name}"))
    _write_outline(target, _STARTER.format(name=name))
    return target


#: The schema beside the outlines, and the line that sends editors to it.
_SCHEMA = "outline.schema.json"


_SCHEMA_LINE = f"# yaml-language-server: $schema={_SCHEMA}\n"


def _write_outline(target: Path, text: str) -> None:
    """Write a new outline, and beside it the schema its first line names, so that editors complete and underline."""
    import json

    from drafter.commands.saving import save
    from drafter.outline.vocabulary import schema

    save(_folder_made(target), (_SCHEMA_LINE + text.removeprefix(_SCHEMA_LINE)).encode(), force=False)
    save(target.with_name(_SCHEMA), (json.dumps(schema(), ensure_ascii=False, indent=1) + "\n").encode(), force=True)


def _folder_made(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Rejected(Diagnostic(f"建不了文件夹（{error.strerror}）。", Place(str(path.parent))), exit_code=1) from None
    return path
