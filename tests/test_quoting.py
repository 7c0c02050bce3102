"""Words between quotation marks in what the proof-reader says."""

import pytest

from drafter.chinese.quoting import quoted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("部署", "“部署”"),
        ("做到“两个维护”", "“做到‘两个维护’”"),
        ("“不忘‘初心’”", "“‘不忘“初心”’”"),
        ("‘单项冠军’", "“‘单项冠军’”"),
        ("“", "前引号“"),
        ("”", "后引号”"),
        ("’", "后单引号’"),
    ],
)
def test_quotation_marks_within_are_single_and_a_lone_one_has_a_name(words: str, said: str) -> None:
    assert quoted(words) == said
