"""Wording changed by hand comes back as a change of the outline."""

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from test_update import ANSWERS, OUTLINE, edit, made
from word import Word, scribble, texts_of

from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.pull import PullRequest, propose, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.word.text import P, read, w

#: The same, written as offices write them: texts as blocks.
BLOCKS = OUTLINE.replace("text: 全【层级】上下", "text: |\n          全【层级】上下").replace("# ", "# ")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, BLOCKS)
    return tmp_path


def lines_of(diff: str) -> list[str]:
    """What a diff takes out and puts in."""
    return [line.strip() for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def proposed(here: Path, word: Word) -> list[str]:
    (here / "稿.docx").write_bytes(word.save())
    found = propose(PullRequest("稿.docx", "./会.yaml", "", False))
    assert found.remarks == ()
    return lines_of(found.diff)


def test_nothing_changed_proposes_nothing(here):
    found = propose(PullRequest("稿.docx", "./会.yaml", "", False))
    assert (found.diff, found.remarks) == ("", ())


def test_an_example_of_several_clauses_is_left_as_it_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    example = "type: list\n    example:\n      - 意识不强、办法不多\n      - 重留痕，轻实效"
    made(tmp_path, BLOCKS.replace("speech:", f"  差距:\n    ask: 有哪些差距？\n    {example}\n\nspeech:", 1))
    assert example in (tmp_path / "会.yaml").read_text(encoding="utf-8")
    assert propose(PullRequest("稿.docx", "./会.yaml", "", False)).diff == ""


def test_a_reworded_sentence_comes_back_with_its_blanks(here):
    assert proposed(here, edit(here / "稿.docx", "名同志参加→名代表参加", "上下要统一思想→干部群众要统一思想")) == [
        "-      今天召开全【层级】【会议】，【人数|大写】名同志参加。会期是【日期|月日】。",
        "+      今天召开全【层级】【会议】，【人数|大写】名代表参加。会期是【日期|月日】。",
        "-          全【层级】上下要统一思想，认清形势。",
        "+          全【层级】干部群众要统一思想，认清形势。",
    ]


def test_an_answer_changed_in_word_is_no_change_of_the_outline(here):
    word = edit(here / "稿.docx", "参加→出席")
    word.fill("会议", "党建工作会议")
    assert proposed(here, word) == [
        "-      今天召开全【层级】【会议】，【人数|大写】名同志参加。会期是【日期|月日】。",
        "+      今天召开全【层级】【会议】，【人数|大写】名同志出席。会期是【日期|月日】。",
    ]


def test_a_heading_and_its_text_are_told_apart(here):
    assert proposed(here, edit(here / "稿.docx", "改进作风→转变作风", "少说空话→不说空话")) == [
        "-      - heading: 改进作风",
        "-        text: 少说空话，多干实事，让【层级】里的群众看到变化。",
        "+      - heading: 转变作风",
        "+        text: 不说空话，多干实事，让【层级】里的群众看到变化。",
    ]


def test_requirements_in_one_paragraph_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = "      - heading: 早谋划\n        text: 年初就开会。\n        run-on: yes\n"
    second = "      - heading: 早动手\n        text: 开春就开工。\n        run-on: yes\n"
    outline = f"title: 发言\nnumbering: 一、\nspeech:\n  - text: 办法是：\n  - requirements:\n{first}{second}"
    made(tmp_path, outline, sets=())
    assert proposed(tmp_path, edit(tmp_path / "稿.docx", "早动手→快动手", "年初就开会→年初就开大会")) == [
        "-        text: 年初就开会。",
        "+        text: 年初就开大会。",
        "-      - heading: 早动手",
        "+      - heading: 快动手",
    ]


def test_a_paragraph_added_goes_into_the_block_it_follows(here):
    word = edit(here / "稿.docx")
    word.add_behind(word.at("会议的任务"), "会议还要表彰一批先进单位，通报一批工作不力的单位，请大家认真对照，引以为戒，把今年的事办好【办实】。")
    assert proposed(here, word) == [
        "+",
        "+      会议还要表彰一批先进单位，通报一批工作不力的单位，请大家认真对照，引以为戒，把今年的事办好【【办实】。",
    ]


def test_a_requirement_added_is_a_requirement(here):
    word = edit(here / "稿.docx")
    word.add_behind(word.at("提高站位"), "二要勤学苦练。功夫下在平时。")
    assert proposed(here, word) == ["+      - heading: 勤学苦练", "+        text: 功夫下在平时。"]


def test_a_requirement_deleted_goes(here):
    word = edit(here / "稿.docx")
    word.delete(word.at("狠抓落实"))
    assert proposed(here, word) == ["-      - heading: 狠抓落实", "-        text: 各单位要拿出具体办法，一件一件办好。"]


def test_what_was_written_by_each_is_told_and_left_alone(here):
    word = edit(here / "稿.docx", "再接再厉→再创佳绩")
    (here / "稿.docx").write_bytes(word.save())
    found = propose(PullRequest("稿.docx", "./会.yaml", "", False))
    assert (found.diff, [r.message for r in found.remarks]) == ("", ["改过的这一段没有放进提纲：它是按 each 一条一条写出来的。"])


def test_an_outline_changed_since_takes_what_still_fits(here):
    (here / "稿.docx").write_bytes(edit(here / "稿.docx", "名同志参加→名代表参加", "少说空话→不说空话").save())
    (here / "会.yaml").write_text("# 新加的一行\n" + BLOCKS.replace("多干实事", "多办实事"), encoding="utf-8")
    found = propose(PullRequest("稿.docx", "./会.yaml", "", False))
    assert [line[:8] for line in lines_of(found.diff)] == ["-      今", "+      今"]
    assert [r.message for r in found.remarks] == ["改过的这一段没有放进提纲：提纲里这几行也改过了。"]


def test_the_change_is_written_only_where_it_is_wanted(here):
    (here / "稿.docx").write_bytes(edit(here / "稿.docx", "少说空话→不说空话").save())
    before = (here / "会.yaml").read_text("utf-8")
    with pytest.raises(Rejected, match="已经有了"):
        propose(PullRequest("稿.docx", "./会.yaml", "会.yaml", False))
    assert (here / "会.yaml").read_text("utf-8") == before
    propose(PullRequest("稿.docx", "./会.yaml", "会.yaml", True))
    assert (here / "会.yaml").read_text("utf-8") == before.replace("少说空话", "不说空话")


LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@LAWS
@given(seed=st.integers(0, 10**9), times=st.integers(1, 6), name=st.sampled_from(["会", "office-training", "hosting"]))
def test_law_the_proposed_outline_says_what_was_written_by_hand(tmp_path_factory, seed, times, name):
    folder = tmp_path_factory.mktemp("law")
    path = folder / "稿.docx"
    if name == "会":
        word = Word(made(folder, BLOCKS))
        outline = str(folder / "会.yaml")
    else:
        new(NewRequest((name,), ANSWERS[1:2], output=str(path), date="2026-11-22"))
        word = Word(path.read_bytes())
        outline = name
    random = Random(seed)
    for _ in range(times):
        paragraph = random.choice([p for p in word.paragraphs() if read(p).text])
        kind = random.randrange(4)
        if kind < 2:
            word.type_into(paragraph, random.randrange(120), word.word())
        elif kind == 2:
            word.add_behind(paragraph, word.word() + "，这一句是加的。")
        elif paragraph.getprevious() is not None and paragraph.tag == P:
            word.delete(paragraph)
    path.write_bytes(word.save())
    found = propose(PullRequest(str(path), outline, str(folder / "改.yaml"), True))
    if not found.written:
        return
    said = {k: "、".join(v) if isinstance(v, list) else v for k, v in pull(PullRequest(str(path))).saved().items()}
    again = folder / "再.docx"
    new(NewRequest((found.written,), tuple(f"{k}={v}" for k, v in said.items()), output=str(again), date="2026-11-22", force=True))
    untold = "".join(r.hint for r in found.remarks)
    made_again = "".join(texts_of(again.read_bytes()))
    missing = [one for one in word.typed if one in "".join(texts_of(path.read_bytes())) and one not in made_again and one not in untold]
    if len(found.remarks) < times:
        assert [one for one in missing if not any(one in r.hint or len(r.hint) == 60 for r in found.remarks)] == []
    if not found.remarks:
        update(UpdateRequest(str(path)))  # what the speech counts of itself follows what was done by hand
        by_hand, remade = ([t.replace("\n", "") for t in texts_of(p.read_bytes()) if t] for p in (path, again))
        # numbers follow what was deleted: those of the requirements, and those a text says of them (我谈五点想法)
        unnumbered = [[re.sub("^(第.，|.要)|[一两三四五六七八九十](?=[点个项])", "", t) for t in texts] for texts in (by_hand, remade)]
        assert unnumbered[0] == unnumbered[1]


def test_scribbles_never_break_it(here):
    for seed in range(12):
        word = Word(made(here, BLOCKS))
        scribble(word, Random(seed), 6)
        (here / "稿.docx").write_bytes(word.save())
        propose(PullRequest("稿.docx", "./会.yaml", "", False))


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("转变作风 #1号工程", "- heading: '转变作风 #1号工程'"),
        ("转变作风: 说到做到", "- heading: '转变作风: 说到做到'"),
        ("转变'四风'", "- heading: 转变'四风'"),
        ("转变【作风】", "- heading: 转变【【作风】"),
        ("- 转变作风", "- heading: '- 转变作风'"),
    ],
)
def test_words_that_yaml_would_misread_come_back_in_quotes(here, typed, row):
    assert proposed(here, edit(here / "稿.docx", f"改进作风→{typed}")) == ["-      - heading: 改进作风", f"+      {row}"]


def test_a_paragraph_added_behind_a_text_on_one_line_makes_it_two(here):
    word = edit(here / "稿.docx")
    word.add_behind(word.at("让我们一起努力"), "谢谢大家！")
    assert proposed(here, word) == [
        "-  - closing: 同志们，让我们一起努力！",
        "+  - closing: |",
        "+      同志们，让我们一起努力！",
        "+",
        "+      谢谢大家！",
    ]


def test_nothing_is_added_to_what_can_only_be_one_paragraph(here):
    word = edit(here / "稿.docx")
    word.add_behind(word.at("同志们："), "大家好。")
    (here / "稿.docx").write_bytes(word.save())
    found = propose(PullRequest("稿.docx", "./会.yaml", "", False))
    assert (found.diff, [r.message for r in found.remarks]) == ("", ["加过的这一段没有放进提纲：它前面的那一段在提纲里只能是一段，请自己加。"])


# ── the order ──────────────────────────────────────────────────────────────────────────────────────────────────────


def order_of(outline: str) -> list[str]:
    return re.findall("heading: (.*)", outline)


@pytest.mark.parametrize(
    ("moves", "order"),
    [
        ([("狠抓落实", "严守纪律")], ["提高站位", "改进作风", "严守纪律", "狠抓落实"]),
        ([("严守纪律", "")], ["严守纪律", "提高站位", "狠抓落实", "改进作风"]),
        ([("提高站位", "狠抓落实")], ["狠抓落实", "提高站位", "改进作风", "严守纪律"]),
        ([("严守纪律", ""), ("改进作风", "")], ["改进作风", "严守纪律", "提高站位", "狠抓落实"]),
        ([("改进作风", "严守纪律"), ("狠抓落实", "改进作风"), ("提高站位", "狠抓落实")], ["严守纪律", "改进作风", "狠抓落实", "提高站位"]),
    ],
)
def test_requirements_moved_by_hand_are_moved_in_the_outline(here, moves, order):
    outline = BLOCKS.replace("      - heading: 狠抓落实", "      # 这一条最要紧\n      - heading: 狠抓落实   # 年年讲")
    made(here, outline)
    word = edit(here / "稿.docx")
    for heading, behind in moves:
        if behind:
            word.at(behind).addnext(word.at(heading))
        else:
            word.at("希望丙局").addnext(word.at(heading))
    (here / "稿.docx").write_bytes(word.save())
    found = status(StatusRequest("稿.docx"))
    assert {change.kind for change in found.changes} == {"moved"}
    done = propose(PullRequest("稿.docx", "./会.yaml", "会.yaml", True))
    assert done.remarks == ()
    assert order_of(done.text.replace("   # 年年讲", "")) == order
    assert sorted(done.text.splitlines()) == sorted(outline.splitlines())  # comments go along
    steps = update(UpdateRequest("稿.docx", Against())).steps
    assert {step.kind for step in steps} <= {"renumber"}  # outline and file agree
    assert status(StatusRequest("稿.docx")).changes == ()


def test_a_paragraph_moved_by_hand_is_moved_in_the_outline(here):
    word = edit(here / "稿.docx")
    word.at("今天召开").addprevious(word.at("会议的任务"))
    assert [line for line in proposed(here, word) if line.strip("+- ")] == [
        "+      会议的任务是总结工作、部署任务。",
        "-      会议的任务是总结工作、部署任务。",
    ]


@pytest.mark.parametrize(
    ("what", "behind", "why"),
    [
        ("会议的任务", "提高站位", "它挪到了别的要求、别的部分里"),
        ("希望乙局", "希望丙局", "它是按 each 一条一条写出来的"),
        ("同志们：", "会议的任务", "它在提纲里的位置是定好的"),
    ],
)
def test_what_moved_to_where_the_outline_has_no_place_is_told(here, what, behind, why):
    word = edit(here / "稿.docx")
    word.at(behind).addnext(word.at(what))
    (here / "稿.docx").write_bytes(word.save())
    found = propose(PullRequest("稿.docx", "./会.yaml", "", False))
    assert (found.diff, [r.message for r in found.remarks]) == ("", [f"挪过的这一段没有放进提纲：{why}。"])


ADDED = "特别要强调的是，会后各单位要马上动起来。"


def added_below(path: Path, words: str, text: str, table: str = "") -> None:
    """Type a paragraph by hand below the one that has these words, and behind it a table of one cell."""
    word = Word(path.read_bytes())
    added = word.add_behind(word.at(words), text)
    if table:
        made_by_hand = etree.Element(w("tbl"))
        cell = etree.SubElement(etree.SubElement(made_by_hand, w("tr")), w("tc"))
        word.run(etree.SubElement(cell, P), table)
        added.addnext(made_by_hand)
    path.write_bytes(word.save())


def test_what_was_written_into_the_outline_is_neither_written_twice_nor_added_to_the_draft_again(here):
    path = here / "稿.docx"
    path.write_bytes(edit(path, "统一思想→统一认识").save())
    added_below(path, "一件一件办好", ADDED)
    assert propose(PullRequest("稿.docx", "./会.yaml", "会.yaml", True)).written == "会.yaml"
    again = propose(PullRequest("稿.docx", "./会.yaml"))
    assert (again.diff, again.remarks) == ("", ())
    before = texts_of(path.read_bytes())
    done = update(UpdateRequest("稿.docx", Against()))
    assert (done.steps, texts_of(path.read_bytes())) == ((), before)
    assert [step.kind for step in update(UpdateRequest("稿.docx", Against(sets=("层级=县",)))).steps]
    assert texts_of(path.read_bytes()).count(ADDED) == 1
    assert not status(StatusRequest("稿.docx")).changes


def test_words_in_a_table_are_not_written_into_the_outline_as_paragraphs(here):
    added_below(here / "稿.docx", "一件一件办好", ADDED, table="牵头排查")
    found = propose(PullRequest("稿.docx", "./会.yaml"))
    assert any(ADDED in line for line in lines_of(found.diff))
    assert "牵头排查" not in found.diff
    assert [(r.code, "表格" in r.message, r.hint) for r in found.remarks] == [("pull-not-placed", True, "牵头排查")]
