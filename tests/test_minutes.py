"""How long a speech takes: the same number on the screen, on the card and for programs, of every length."""

import json
import re
from pathlib import Path

import pytest

from drafter.chinese.minutes import Minutes, about_minutes, minutes, minutes_said, range_said
from drafter.chinese.numerals import read_numeral
from drafter.commands.index import entries
from drafter.speech.draft import Draft, Item, Paragraph, Part, Span
from drafter.template.layout import lay_out

LENGTHS = (*range(50, 1000, 35), *range(1000, 20_001, 487), 20_000)


@pytest.mark.parametrize(("count", "said", "told"), [
    (50, "不到半分钟", "不到半分钟"),
    (99, "不到半分钟", "不到半分钟"),
    (100, "半分钟", "半分钟"),
    (200, "1 分钟", "约 1 分钟"),
    (290, "1.5 分钟", "约 1.5 分钟（念得快 1，念得慢 2）"),
    (3120, "15.5 分钟", "约 15.5 分钟（念得快 13，念得慢 19.5）"),
    (20000, "100 分钟", "约 100 分钟（念得快 83.5，念得慢 125）"),
])  # fmt: skip
def test_a_length_is_told_in_halves_of_a_minute(count: int, said: str, told: str) -> None:
    assert (minutes_said(count), range_said(count)) == (said, told)


@pytest.mark.parametrize("count", LENGTHS)
def test_no_place_tells_another_number_than_the_others(count: int) -> None:
    found = minutes(count)
    assert isinstance(found, Minutes)
    assert all(time >= 0.5 and (time * 2).is_integer() for time in found)
    assert found.fast <= found.normal <= found.slow
    blocks = lay_out(
        Draft((Span("讲话"),), (Part("requirements", (), (Item(1, "一、", 1, True, (Span("办"),), (Paragraph((Span("好" * (count - 2)),)),)),)),)),
        "标题｜{{ minutes }}｜{{ time }}\n{% for item in parts[0].items %}\n标题｜{{ item.minutes }}｜{{ item.time }}\n{% endfor %}\n",
        "layout.j2", ("标题",), {},
    )  # fmt: skip
    assert [block.text for block in blocks] == [f"{found.normal:g}｜{about_minutes(count)}", f"{found.normal:g}｜{minutes_said(count)}"]
    number = next((word for word in range_said(count).split() if word[0].isdecimal()), "0.5")
    assert float(number) == found.normal


def test_screen_card_and_json_agree(run, tmp_path: Path) -> None:
    (tmp_path / "o.yaml").write_text(f"title: 讲话\nspeech:\n- situation: {'好' * 3120}\n", encoding="utf-8")
    told = run("new", "-O", "o.yaml", "-o", "a.txt").stdout
    written = json.loads(run("new", "-O", "o.yaml", "-o", "b.txt", "--json").stdout)["result"]
    card = run("new", "-O", "o.yaml", "-o", "-", "--to", "txt", "--template", "card").stdout
    assert written["minutes"] == {"fast": 13.0, "normal": 15.5, "slow": 19.5}
    assert "念下来约 15.5 分钟（念得快 13，念得慢 19.5）。" in told
    assert "约 15.5 分钟" in card


def test_what_an_outline_says_of_its_length_is_counted_in_the_same_way() -> None:
    told = 0
    for entry in entries():
        for found in re.finditer("([一二三四五六七八九十两百千零]+)字左右，约([一二三四五六七八九十两]+)分(半?)钟", entry.about):
            count, whole = read_numeral(found[1]) or 0, read_numeral(found[2]) or 0
            assert minutes(count).normal == whole + (0.5 if found[3] else 0), (entry.name, found[0])
            told += 1
    assert told > 30
