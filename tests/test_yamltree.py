"""drafter's YAML: every scalar is text, every character knows its place."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.diagnostic import Rejected
from drafter.outline.yaml import MAX_DEPTH, MappingNode, Scalar, SequenceNode, Source, decode, parse


def tree(text):
    return parse(Source("a.yaml", text))


def plainly(node):
    """The tree as dicts, lists and strings."""
    if isinstance(node, MappingNode):
        return {key.text: plainly(value) for key, value in node.entries}
    if isinstance(node, SequenceNode):
        return [plainly(item) for item in node.items]
    return node.text


def messages(text):
    with pytest.raises(Rejected) as caught:
        tree(text)
    return [f"{d.place.line}:{d.place.column} {d.message}" for d in caught.value.diagnostics]


@pytest.mark.parametrize("said", ["no", "on", "12:30:45", "010", "1.10", "2016-05-01", "2026-13-45", "~", "1_000", "0x1F", "null"])
def test_every_scalar_is_the_text_it_looks_like(said):
    assert plainly(tree(f"a: {said}\n")) == {"a": said}


def test_lines_of_a_paragraph_join_without_a_space_and_an_empty_line_separates():
    node = tree("a: |\n  这是第一行，\n  这是第二行 AI\n  tools。\n\n  另起一段。\n").get("a")
    assert [p.text for p in node.paragraphs()] == ["这是第一行，这是第二行 AI tools。", "另起一段。"]


@pytest.mark.parametrize(
    "text",
    ["a: |\n    一二三\n    四五六\n", "a: 一二三\n    四五六\n", "a: >-\n    一二三\n    四五六\n"],
    ids=["bar", "plain over two lines", "folded"],
)
def test_a_character_of_a_second_line_knows_its_place(text):
    (paragraph,) = tree(text).get("a").paragraphs()
    assert paragraph.text == "一二三四五六"
    line = 3 if "|" in text or ">" in text else 2
    assert paragraph.place(4) == (line, 6)


def test_a_quoted_text_knows_its_place():
    assert tree("a: 'b【c】'\n").get("a").place(1) == (1, 6)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &x 1\nb: *x\n", ["1:4 这里不用锚点（&）和标签（!）。"]),
        ("a: !!python/object/apply:os.system ['id']\n", ["1:4 这里不用锚点（&）和标签（!）。"]),
        ("a: {b: c}\n", ["1:4 这里不用花括号 { } 和方括号 [ ]。"]),
        ("a: {{ b }}\n", ["1:4 以 {{ 开头的值要加引号；要填的空请写成【名称】。"]),
        ("a: 1\nb: 2\na: 3\n", ["3:1 “a”写了两次，第一次在第 1 行。"]),
        ("a: 1\n---\nb: 2\n", ["2:1 这里不用第二个文档（---）。"]),
        ("<<: 1\n", ["1:1 这里不用合并键（<<）。"]),
        ('a: "x\\x0by"\n', ["1:4 引号里写了 Word 文件存不下的字符 U+000B。"]),
        ("a:\n\t- b\n", ["2:1 行首用了 Tab。"]),
        ("- " * (MAX_DEPTH + 1) + "a\n", [f"1:{2 * MAX_DEPTH + 1} 这里不用嵌套超过 {MAX_DEPTH} 层的结构。"]),
    ],
)
def test_what_is_not_in_the_smaller_yaml_is_refused_where_it_stands(text, told):
    assert messages(text) == told


@pytest.mark.parametrize("deep", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000, "? " * 50_000])
def test_depth_is_refused_before_it_hurts(deep):
    assert len(messages(deep)) == 1


@pytest.mark.parametrize(
    ("data", "text", "remarks"),
    [
        ("题：好".encode(), "题：好", 0),
        ("\ufeff题：好\r\n下".encode(), "题：好\n下", 0),
        ("题：好".encode("utf-16"), "题：好", 0),
        ("题：好，朱镕基".encode("gb18030"), "题：好，朱镕基", 1),
        ("一\u2028二\x85三\r四".encode(), "一\n二\n三\n四", 0),
    ],
    ids=["UTF-8", "Notepad's UTF-8", "UTF-16", "GB18030", "odd line ends"],
)
def test_a_file_saved_by_any_editor_is_read(data, text, remarks):
    source, told = decode(data, "a.yaml")
    assert (source.text, len(told)) == (text, remarks)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("a: 甲\x0b乙".encode(), "a.yaml:1:5: Word 文件存不下的字符 U+000B。"),
        ("a: 1\n\ufeffb: 2".encode(), "a.yaml:2:1: 文件中间有一个 BOM（U+FEFF）。"),
        (b"\xff\xff\xff\xff", "a.yaml:1: 这个文件不是文本，或者编码认不出来。"),
        (b"a" * (9 << 20), "a.yaml: 文件太大：9.0 MB，最多 8 MB。"),
    ],
)
def test_what_cannot_be_text_is_refused_with_its_place(data, told):
    with pytest.raises(Rejected) as caught:
        decode(data, "a.yaml")
    assert str(caught.value).splitlines()[0] == told


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        source, _ = decode(text.encode("utf-8", "surrogatepass"), "a.yaml")
        parse(source)
    except Rejected as error:
        if not error.diagnostics:
            pytest.fail("refused without a word")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029\ufffe\uffff"), max_size=80))
def test_a_quoted_text_comes_back_exactly(text):
    quoted = "a: '" + text.replace("'", "''") + "'\n"
    node = tree(quoted).get("a")
    assert isinstance(node, Scalar)
    assert node.text == text


def test_the_library_of_yaml_works_as_always_with_its_expressions_compiled_late() -> None:
    script = """
import re, sys
from drafter.outline.yaml import pyyaml
before = re.compile
yaml = pyyaml()
assert re.compile is before and "yaml" in sys.modules
text = "a: 2026-11-23 08:30:00\\nb: [1.5, 0x1f, yes, ~, 十]\\n"
for loader in (yaml.SafeLoader, yaml.CSafeLoader):
    print(yaml.load(text, loader))
print(yaml.safe_dump({"a": "2026-11-23", "b": "yes", "c": 1.5}), end="")
try:
    yaml.load("\\0", yaml.SafeLoader)
except yaml.YAMLError as error:
    print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    read = "{'a': datetime.datetime(2026, 11, 23, 8, 30), 'b': [1.5, 31, True, None, '十']}\n"
    assert done.stdout == read * 2 + "a: '2026-11-23'\nb: 'yes'\nc: 1.5\nReaderError\n"


@pytest.mark.parametrize("text", ["?", "? ", "title: a\n?", "a:\n  ?"])
def test_a_question_mark_that_ends_the_file_is_a_key_without_words(text):
    assert "" in str(plainly(tree(text)))
