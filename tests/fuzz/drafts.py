"""A .docx somebody hands back: drafts and papers whose parts and markup were changed in ways no writer meant, each through one of
the commands that read a .docx. What a command writes must be a file that can be read again."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree
from word import NOW, Word, fill_in, members, scribble

from drafter.commands.check import CheckRequest, check
from drafter.commands.compare import CompareRequest, compare
from drafter.commands.drafts import Against
from drafter.commands.extract import ExtractRequest, extract
from drafter.commands.finish import FinishRequest, finish
from drafter.commands.format import FormatRequest, format_
from drafter.commands.history import HistoryRequest, history
from drafter.commands.merge import MergeRequest, merge
from drafter.commands.new import NewRequest, new
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.revise.edited import OpenedDraft
from drafter.word.zip import member, zipped
from fuzz.targets import Choices, folder, told

OUTLINE = """\
title: 在【会议】上的讲话
dateline: （【日期】）
numbering: 一要
fields:
  会议: 什么会？
  日期:
    ask: 哪一天？
    type: date
  人数:
    ask: 多少人？
    type: number
  单位:
    ask: 哪些单位？
    type: list
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
speech:
  - greeting: 同志们：
  - opening: 全【层级】【会议】今天召开，【人数|大写】人到会。
  - text: 【甲】要再接再厉。
    each: 单位 as 甲
  - requirements:
      - heading: 提高认识
        text: 认识决定行动。
      - heading: 狠抓落实
        text: 【会议】的精神要落实。
  - closing: 谢谢大家！
"""

#: Parts whose markup is changed, as far as a seed has them.
PARTS = (
    "word/document.xml", "word/document.xml", "word/document.xml", "word/document.xml", "word/styles.xml", "word/comments.xml",
    "word/settings.xml", "word/footer1.xml", "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml",
    "customXml/item1.xml", "customXml/item2.xml", "docProps/core.xml", "word/glossary/document.xml", "word/numbering.xml",
)  # fmt: skip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_NAMES = """
p r t tab br cr sym noBreakHyphen softHyphen ptab sdt sdtPr sdtContent tag alias id dataBinding showingPlcHdr placeholder date
dropDownList listItem text bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference comment ins del moveFrom
moveTo moveFromRangeStart moveToRangeEnd delText instrText fldChar fldSimple hyperlink smartTag customXml ruby rubyBase rt
drawing pict object txbxContent tbl tr tc tblPr tblGrid gridCol trPr tcPr vMerge gridSpan pPr rPr pStyle rStyle jc ind spacing
numPr numId ilvl outlineLvl sectPr pgSz pgMar docGrid headerReference footerReference footnoteReference rPrChange pPrChange
sectPrChange b i u sz szCs rFonts color highlight shd vanish lang proofErr permStart permEnd style name basedOn body
"""

TAGS = (
    *(W + name for name in _NAMES.split()),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
    "{urn:drafter:values:1}f00000000",
    "{urn:x}x",
)

VALUES = (
    "", "0", "1", "-1", "2147483648", "-2147483649", "99999999999999999999", "9" * 5000, "1.5", "1e9", "nan", "０", "²", "٣", "true", "on", "auto",
    "FFFFFF", "center", "separate", "begin", "end", "dr_t_标题", "dr_opening_p1", "会议", "单位#1", "单位#99999999999999", "日期|月日", "人数|大写",
    "会议#", "#", "|", "【会议】", "【", "】", "2026-02-30T00:00:00Z", "0001-01-01", "rId1", "rId999", "../document.xml", "/word/document.xml",
    "http://example.com/", "External", "urn:drafter:values:1", "/v:values[1]/v:f1[1]", "一要", "二要提高认识", "同志们：", " ", "\n", "\u3000", "\u2028",
    "\U0010ffff", "甲" * 3000, "{00000000-0000-0000-0000-000000000000}", "a\tb", "&<>\"'", "正文", "标题",
)  # fmt: skip


@cache
def seeds() -> tuple[dict[str, bytes], ...]:
    """The parts of some drafts: as made, filled by hand, edited at random, with comments and tracked changes, plain; a clean
    final copy; and a paper that is no draft."""
    home = folder()
    outline = home / "提纲.yaml"
    outline.write_text(OUTLINE, encoding="utf-8")
    sets = ("会议=防汛工作会议", "日期=2026-11-26", "人数=120", "单位=甲局、乙局", "层级=市")

    def made(name: str, plain: bool = False, given: tuple[str, ...] = sets) -> bytes:
        path = home / name
        new(NewRequest((str(outline),), given, output=str(path), force=True, plain=plain))
        return path.read_bytes()

    draft, blank = made("稿.docx"), made("空.docx", given=())
    edited = Word(draft)
    scribble(edited, Random(5), 6)
    fill_in(edited, Random(5))
    noted = Word(draft)
    noted.comment(noted.at("认识决定"), "再想想")
    noted.track_insertion(noted.at("谢谢大家"), "再次")
    old = home / "旧.docx"
    old.write_bytes(draft)
    update(UpdateRequest(str(old), Against(sets=("会议=抗旱会议",)), output=str(home / "修订.docx"), force=True, revisions=True))
    finish(FinishRequest(str(old), output=str(home / "定稿.docx"), force=True))
    files = [draft, blank, edited.save(), noted.save(), made("净.docx", plain=True)]
    files += [(home / name).read_bytes() for name in ("修订.docx", "定稿.docx")]
    return tuple(members(data) for data in files)


def one(data: bytes) -> None:
    """The first bytes say which seed and which command; the others, what is changed in it."""
    choices = Choices(data)
    parts = dict(choices.of(seeds()))
    command = choices.of(COMMANDS)
    trees: dict[str, Any] = {}
    for _ in range(24):
        if not choices:
            break
        changed(parts, trees, choices)
    for name, tree in trees.items():
        if name in parts:
            parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    path = folder() / "来稿.docx"
    path.write_bytes(zipped((member(name, content) for name, content in parts.items()), NOW))
    for name in ("新.docx", "新.yaml", "新-回答.yaml", "提纲2.yaml"):
        (folder() / name).unlink(missing_ok=True)
    try:
        command(path)
    except Rejected as error:
        told(error)
        return
    out = folder() / "新.docx"
    if out.exists():
        OpenedDraft(out.read_bytes(), "新.docx").paragraphs  # noqa: B018  # what was written can be read


# ── what is changed ────────────────────────────────────────────────────────────────────────────────────────────────


def changed(parts: dict[str, bytes], trees: dict[str, Any], choices: Choices) -> None:
    """One change: mostly to an element, sometimes to a part."""
    kind = choices.number(16)
    name = choices.of(PARTS)
    if name not in parts:
        name = "word/document.xml"
    if kind == 15:
        other = choices.of(sorted(parts))
        if choices.number(2):
            parts.pop(name, None)
        else:
            parts[name] = parts.get(other, b"")
            trees.pop(name, None)
        return
    if name not in trees:
        try:
            trees[name] = etree.fromstring(parts.get(name, b""))
        except etree.XMLSyntaxError:
            return
    root = trees[name]
    elements = [node for node in root.iter() if isinstance(node.tag, str)]
    node = choices.of(elements)
    CHANGES[kind](node, elements, choices)


def _taken(node: Any) -> bool:
    parent = node.getparent()
    if parent is None:
        return False
    parent.remove(node)
    return True


def _delete(node: Any, elements: Any, choices: Choices) -> None:
    _taken(node)


def _double(node: Any, elements: Any, choices: Choices) -> None:
    if node.getparent() is not None:
        node.addnext(etree.fromstring(etree.tostring(node)))


def _move(node: Any, elements: Any, choices: Choices) -> None:
    other = choices.of(elements)
    if other is not node and node not in other.iterancestors() and _taken(node):
        if choices.number(2) or other.getparent() is None:
            other.append(node)
        else:
            other.addprevious(node)


def _wrap(node: Any, elements: Any, choices: Choices) -> None:
    parent = node.getparent()
    if parent is not None:
        around = parent.makeelement(choices.of(TAGS))
        parent.replace(node, around)
        around.append(node)


def _unwrap(node: Any, elements: Any, choices: Choices) -> None:
    if node.getparent() is not None:
        for child in list(node):
            node.addprevious(child)
        _taken(node)


def _rename(node: Any, elements: Any, choices: Choices) -> None:
    node.tag = choices.of(TAGS)


def _value(node: Any, elements: Any, choices: Choices) -> None:
    if node.attrib:
        _set(node, choices.of(sorted(node.attrib)), choices)


def _add(node: Any, elements: Any, choices: Choices) -> None:
    _set(node, W + choices.of(("val", "id", "name", "type", "author", "date", "fldCharType", "xpath", "w", "line")), choices)


def _drop(node: Any, elements: Any, choices: Choices) -> None:
    if node.attrib:
        del node.attrib[choices.of(sorted(node.attrib))]


def _words(node: Any, elements: Any, choices: Choices) -> None:
    node.text = choices.of(VALUES)


def _cut(node: Any, elements: Any, choices: Choices) -> None:
    node.text = (node.text or "")[: choices.number(8)]


def _put(node: Any, elements: Any, choices: Choices) -> None:
    made = node.makeelement(choices.of(TAGS))
    made.set(W + "val", choices.of(VALUES))
    node.insert(choices.number(3), made)


def _nest(node: Any, elements: Any, choices: Choices) -> None:
    for _ in range(choices.number(200)):
        node = etree.SubElement(node, W + choices.of(("sdt", "sdtContent", "ins", "tbl", "r", "p")))


def _swap(node: Any, elements: Any, choices: Choices) -> None:
    other = choices.of(elements)
    node.attrib.clear()
    for key, value in other.attrib.items():
        node.set(key, value)


def _remark(node: Any, elements: Any, choices: Choices) -> None:
    node.insert(0, etree.Comment("甲") if choices.number(2) else etree.ProcessingInstruction("a", "b"))


def _set(node: Any, key: str, choices: Choices) -> None:
    node.set(key, choices.of(VALUES))


CHANGES = (
    _delete, _double, _move, _wrap, _unwrap, _rename, _value, _add, _drop, _words, _cut, _put, _nest, _swap, _remark,
)  # fmt: skip


# ── what is done with it ───────────────────────────────────────────────────────────────────────────────────────────


def _out() -> str:
    return str(folder() / "新.docx")


def _update(path: Path, **more: Any) -> None:
    against = Against(sets=("会议=抗旱工作会议", "单位=甲局、丙局、丁局"))
    update(UpdateRequest(str(path), against, output=_out(), force=True, **more))


def _write_back(path: Path) -> None:
    outline = folder() / "提纲2.yaml"
    outline.write_text(OUTLINE, encoding="utf-8")
    pull(PullRequest(str(path), str(outline), force=True))


def _merge(path: Path) -> None:
    merge(MergeRequest(str(folder() / "旧.docx"), (str(path),), output=_out(), force=True))


COMMANDS: tuple[Callable[[Path], object], ...] = (
    lambda path: status(StatusRequest(str(path))),
    _update,
    lambda path: _update(path, revisions=True),
    lambda path: _update(path, plain=True),
    lambda path: update(UpdateRequest(str(path), Against(outline=str(folder() / "提纲.yaml"), renumber=True), output=_out(), force=True)),
    lambda path: pull(PullRequest(str(path), output=str(folder() / "新.yaml"), force=True)),
    _write_back,
    lambda path: finish(FinishRequest(str(path), output=_out(), force=True, accept_revisions=True, drop_comments=True)),
    lambda path: finish(FinishRequest(str(path), check=True)),
    lambda path: check(CheckRequest((str(path),), annotate=_out(), force=True)),
    lambda path: extract(ExtractRequest(str(path), str(folder() / "新.yaml"), str(folder() / "回答.yaml"), force=True)),
    lambda path: format_(FormatRequest(str(path), output=_out(), force=True)),
    lambda path: history(HistoryRequest(str(path))),
    lambda path: compare(CompareRequest(str(folder() / "旧.docx"), str(path), output=_out(), force=True)),
    _merge,
)
