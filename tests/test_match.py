"""How texts are compared: what makes one of the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.speech.match import MAX_PAIRS, opcodes

_LONG = "".join(f"要抓好第{n}件，" for n in range(700))

_TEXTS = st.text(alphabet="要抓好，。", max_size=60)


def _made(old: str, new: str) -> str:
    rows = opcodes(old, new)
    assert [row[1] for row in rows[1:]] == [row[2] for row in rows[:-1]]
    assert all(old[i0:i1] == new[j0:j1] for kind, i0, i1, j0, j1 in rows if kind == "equal")
    return "".join(old[i0:i1] if kind == "equal" else new[j0:j1] for kind, i0, i1, j0, j1 in rows)


@given(_TEXTS, _TEXTS, st.sampled_from([1, 60]))
@settings(max_examples=300, deadline=None)
def test_what_opcodes_say_makes_one_text_of_the_other_whatever_its_length(old: str, new: str, times: int) -> None:
    assert _made(old * times, new * times) == new * times


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("要抓好落实。", "要抓好落实。", []),
        ("要抓好落实。", "要抓实落实。", [("好", "实")]),
        ("甲。乙。", "甲。", [("乙。", "")]),
        ("", "要抓好落实。", [("", "要抓好落实。")]),
        # Too many letters are the same to compare each with each: clauses tell, then letters within.
        (_LONG, _LONG.replace("第9件", "第九件").replace("第600件", "第六百件"), [("9", "九"), ("600", "六百")]),
    ],
)
def test_only_what_changes_is_changed(old: str, new: str, changed: list[tuple[str, str]]) -> None:
    rows = opcodes(old, new)
    assert [(old[i0:i1], new[j0:j1]) for kind, i0, i1, j0, j1 in rows if kind != "equal"] == changed


def test_texts_whose_clauses_are_all_the_same_change_whole() -> None:
    old, new = "好，" * MAX_PAIRS, "的，" + "好，" * (MAX_PAIRS // 2) + "的，"
    assert [row[0] for row in opcodes(old, new)] == ["replace", "equal"]
