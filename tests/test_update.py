"""A draft edited by hand and brought up to date: what follows, what stays, and that nothing typed is ever lost."""

import json
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word import Word, fill_in, members, scribble, texts_of, words_of

from drafter.commands.drafts import Against
from drafter.commands.history import HistoryRequest, history
from drafter.commands.new import NewRequest, new
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.word.text import read

OUTLINE = """\
title: 在全市【会议】上的讲话
dateline: （【日期】）
numbering: 一要
fields:
  会议:
    ask: 什么会？
    example: 办公室工作会议
  日期:
    ask: 哪一天讲？
    type: date
  层级:
    ask: 哪一级？
    choices: 
      - 市
      - 县
    default: 市
  人数:
    ask: 多少人参加？
    type: number
  单位:
    ask: 哪些单位先进？
    type: list
  表彰:
    ask: 要不要表彰？
    type: yes/no
    default: 是
speech:
  - greeting: 同志们：
  - opening: |
      今天召开全【层级】【会议】，【人数|大写】名同志参加。会期是【日期|月日】。

      会议的任务是总结工作、部署任务。
  - text: 希望【受奖】再接再厉。
    each: 单位 as 受奖
    when: 表彰
  - requirements:
      - heading: 提高站位
        text: 全【层级】上下要统一思想，认清形势。
      - heading: 狠抓落实
        text: 各单位要拿出具体办法，一件一件办好。
      - heading: 改进作风
        text: 少说空话，多干实事，让【层级】里的群众看到变化。
      - heading: 严守纪律
        text: 守规矩，知敬畏，【层级】委要管好自己的人。
  - closing: 同志们，让我们一起努力！
""".replace("choices: \n", "choices:\n")

ANSWERS = ("会议=办公室工作会议", "日期=2026-11-26", "人数=120", "单位=甲局、乙局、丙局")


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A draft beside its outline."""
    monkeypatch.chdir(tmp_path)
    made(tmp_path)
    return tmp_path / "稿.docx"


def made(folder: Path, outline: str = OUTLINE, sets: tuple[str, ...] = ANSWERS, plain: bool = False) -> bytes:
    (folder / "会.yaml").write_text(outline, encoding="utf-8")
    target = folder / "稿.docx"
    new(NewRequest((str(folder / "会.yaml"),), sets, output=str(target), date="2026-11-22", force=True, plain=plain))
    return target.read_bytes()


def edit(path: Path, *changes: str) -> Word:
    """Open it in Word; `changes` are "old→new"."""
    word = Word(path.read_bytes())
    for change in changes:
        word.replace(*change.split("→"))
    return word


def kinds(path: Path, **options: object) -> list[tuple[str, int]]:
    done = update(UpdateRequest(str(path), Against(**options)))  # type: ignore[arg-type]
    return [(step.kind, step.place) for step in done.steps]


# ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_answer_changes_every_place_and_nothing_else(draft):
    before = texts_of(draft.read_bytes())
    assert kinds(draft, sets=("日期=2026-12-03",)) == [("follow", 2), ("follow", 5)]
    after = texts_of(draft.read_bytes())
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ("（2026年11月26日）", "（2026年12月3日）"),
        (
            "今天召开全市办公室工作会议，一百二十名同志参加。会期是11月26日。",
            "今天召开全市办公室工作会议，一百二十名同志参加。会期是12月3日。",
        ),
    ]


def test_what_is_worked_out_of_an_answer_given_in_word_follows(draft):
    word = edit(draft)
    word.fill("会议", "党建工作会议")
    word.fill("日期", "2026年12月3日")
    word.fill("日期|月日", "12月3日")
    draft.write_bytes(word.save())
    assert pull(PullRequest(str(draft))).saved()["会议"] == "党建工作会议"
    assert pull(PullRequest(str(draft))).saved()["日期"] == "2026-12-03"
    assert kinds(draft) == []  # Word has put it everywhere; only the record is brought up to date
    assert status(StatusRequest(str(draft))).fields[0].state == "same"


def test_a_day_typed_without_its_month_is_of_the_month_the_answer_had(draft):
    (draft.parent / "会.yaml").write_text(OUTLINE.replace("dateline: （【日期】）\n", ""), encoding="utf-8")
    update(UpdateRequest(str(draft)))
    word = edit(draft)
    word.fill("日期|月日", "28日")
    draft.write_bytes(word.save())
    assert pull(PullRequest(str(draft))).saved()["日期"] == "2026-11-28"


def test_a_new_answer_flows_into_a_paragraph_rewritten_by_hand(draft):
    draft.write_bytes(edit(draft, "上下要统一思想→干部群众都要统一思想").save())
    assert kinds(draft, sets=("层级=县",)) == [("follow", 5), ("flow", 10), ("follow", 12), ("follow", 13)]
    assert "一要提高站位。全县干部群众都要统一思想，认清形势。" in texts_of(draft.read_bytes())


def test_an_answer_given_anew_overrules_what_was_typed_in_word_and_says_so(draft):
    word = edit(draft)
    word.fill("会议", "党建工作会议")
    draft.write_bytes(word.save())
    done = update(UpdateRequest(str(draft), Against(sets=("会议=信访工作会议",))))
    assert done.overruled == (("会议", "党建工作会议", "信访工作会议"),)
    assert texts_of(draft.read_bytes())[0] == "在全市信访工作会议上的讲话"


def test_an_answers_file_that_says_what_it_said_before_does_not_overrule_word(draft, tmp_path):
    word = edit(draft)
    word.fill("会议", "党建工作会议")
    draft.write_bytes(word.save())
    (tmp_path / "答.yaml").write_text("会议: 办公室工作会议\n日期: 2026-12-03\n", encoding="utf-8")
    update(UpdateRequest(str(draft), Against(answers=str(tmp_path / "答.yaml"))))
    assert texts_of(draft.read_bytes())[:2] == ["在全市党建工作会议上的讲话", "（2026年12月3日）"]


def test_places_that_disagree_are_told_and_not_made_to_agree(draft):
    word = edit(draft)
    control = next(c for c in word.at("严守纪律").iter() if c.tag.endswith("}sdt"))
    word.fill_one(control, "区")
    draft.write_bytes(word.save())
    done = update(UpdateRequest(str(draft), Against(sets=("日期=2026-12-03",))))
    told = [r.message for r in done.remarks if r.code != "answer-day-doubtful"]
    assert told[0] == "【层级】在文中几处不一样：“市”（3 处）、“区”（1 处），没有替您统一。"
    assert "守规矩，知敬畏，区委要管好自己的人。" in words_of(draft.read_bytes())


def test_an_emptied_control_is_a_blank_again(draft):
    word = edit(draft)
    for control in word.file.body.iter():
        if control.tag.endswith("}sdt") and any(x.get(x.tag.split("}")[0] + "}val") == "会议" for x in control.iter()):
            word.fill_one(control, "【会议】（什么会？）")
    draft.write_bytes(word.save())
    done = update(UpdateRequest(str(draft), Against()))
    assert [blank.name for blank in done.blanks] == ["会议"]
    assert next(f for f in status(StatusRequest(str(draft))).fields if f.name == "会议").state == "blank"


# ── the outline ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "now", "steps", "says"),
    [
        ("认清形势", "把握大势", [("follow", 10)], "把握大势"),
        ("      - heading: 狠抓落实\n        text: 各单位要拿出具体办法，一件一件办好。\n", "", [("remove", 10)], "二要改进作风"),
        (
            "      - heading: 狠抓落实\n",
            "      - heading: 抓好学习\n        text: 先学一步，学深一层，学以致用。\n      - heading: 狠抓落实\n",
            [("insert", 11)],
            "三要狠抓落实",
        ),
        ("会议的任务是总结工作、部署任务。", "会议的任务是总结工作、部署任务。\n\n      会期一天。", [("insert", 7)], "会期一天。"),
    ],
)
def test_a_changed_outline_flows_into_what_nobody_touched(draft, old, now, steps, says):
    (draft.parent / "会.yaml").write_text(OUTLINE.replace(old, now), encoding="utf-8")
    found = kinds(draft)
    assert [step for step in found if step[0] != "follow" or step in steps][: len(steps)] == steps
    assert says in words_of(draft.read_bytes())
    assert texts_of(draft.read_bytes()) == texts_of(made(draft.parent, OUTLINE.replace(old, now)))


def test_where_both_changed_the_writers_words_stay_and_a_comment_tells(draft):
    draft.write_bytes(edit(draft, "一件一件办好→一项一项办成").save())
    (draft.parent / "会.yaml").write_text(OUTLINE.replace("拿出具体办法", "拿出过硬措施"), encoding="utf-8")
    assert kinds(draft) == [("comment", 11)]
    said = words_of(draft.read_bytes())
    assert "二要狠抓落实。各单位要拿出具体办法，一项一项办成。" in said
    assert "提纲里这一段现在是：狠抓落实。各单位要拿出过硬措施，一件一件办好。" in said
    assert kinds(draft) == []


def test_a_paragraph_the_writer_deleted_stays_deleted_and_the_numbers_close_up(draft):
    word = edit(draft)
    word.delete(word.at("狠抓落实"))
    draft.write_bytes(word.save())
    assert kinds(draft, sets=("日期=2026-12-03",)) == [("follow", 2), ("follow", 5), ("renumber", 11), ("renumber", 12)]
    numbered = [text[:2] for text in texts_of(draft.read_bytes()) if re.match(".要", text)]
    assert numbered == ["一要", "二要", "三要"]
    assert kinds(draft) == []


def test_numbers_close_up_when_asked_for_though_nothing_else_changed(draft):
    word = edit(draft)
    word.delete(word.at("提高站位"))
    draft.write_bytes(word.save())
    assert kinds(draft) == []
    assert kinds(draft, renumber=True) == [("renumber", 10), ("renumber", 11), ("renumber", 12)]


def test_a_requirement_typed_by_hand_is_counted(draft):
    word = edit(draft)
    word.add_behind(word.at("提高站位"), "二要勤学苦练。这一条是加的。")
    draft.write_bytes(word.save())
    kinds(draft, sets=("日期=2026-12-03",))
    heads = [text[:6] for text in texts_of(draft.read_bytes()) if re.match(".要", text)]
    assert heads == ["一要提高站位", "二要勤学苦练", "三要狠抓落实", "四要改进作风", "五要严守纪律"]


def test_requirements_joined_by_hand_are_both_counted(draft):
    word = edit(draft)
    word.join(word.at("狠抓落实"))
    draft.write_bytes(word.save())
    for day in ("3", "4"):  # the second update knows of the first's joined paragraph what the first knew
        assert kinds(draft, sets=(f"日期=2026-12-0{day}",)) == [("follow", 2), ("follow", 5)]
        assert texts_of(draft.read_bytes())[11].startswith("四要严守纪律")


def test_a_requirement_joined_to_what_is_none_is_counted(draft):
    word = edit(draft)
    word.join(word.at("希望丙局"))
    draft.write_bytes(word.save())
    kinds(draft, sets=("日期=2026-12-03",))
    assert [text[:6] for text in texts_of(draft.read_bytes()) if re.match(".要", text)] == ["二要狠抓落实", "三要改进作风", "四要严守纪律"]


def test_what_is_struck_out_is_nothing_of_ours_any_more(draft):
    """Else the paragraph behind it, whose place it had, would count as typed by hand at the next update."""
    update(UpdateRequest(str(draft), Against(sets=("单位=乙局、丙局",)), revisions=True))
    assert kinds(draft, sets=("单位=丙局",)) == [("remove", 6)]


def test_entries_of_a_list_come_and_go(draft):
    update(UpdateRequest(str(draft), Against(sets=("单位=甲局、丙局、丁局",))))
    said = [text for text in texts_of(draft.read_bytes()) if text.startswith("希望")]
    assert said == ["希望甲局再接再厉。", "希望丙局再接再厉。", "希望丁局再接再厉。"]


@pytest.mark.parametrize("hung", ["words", "a comment"])
@pytest.mark.parametrize("revisions", [False, True])
def test_an_entry_the_writer_worked_on_stays_and_the_one_in_its_place_is_said_once(draft, hung, revisions):
    word = edit(draft)
    if hung == "words":
        word.type_into(word.at("希望乙局"), 6, "、再创佳绩")
    else:
        word.comment(word.at("希望乙局"), "请局长定")
    draft.write_bytes(word.save())
    done = update(UpdateRequest(str(draft), Against(sets=("单位=丙局、丁局、甲局",)), revisions=revisions))
    said = [text for text in texts_of(draft.read_bytes()) if text.startswith("希望")]
    kept = "希望乙局再接再厉、再创佳绩。" if hung == "words" else "希望乙局再接再厉。"
    assert said == ["希望丙局再接再厉。", "希望丁局再接再厉。", "希望甲局再接再厉。", kept]
    why = "这一段您改过" if hung == "words" else "这一段带着批注、脚注、修订、图片之类"
    assert [step.note for step in done.steps if step.kind == "comment"] == [
        f"提纲里已经没有这一段了。{why}，所以留着；不要的话请删掉。"
    ]


def test_what_stays_for_a_tracked_change_in_it_is_not_said_to_have_given_way(draft):
    from drafter.word.oxml import parse

    word = edit(draft)
    leaf = next(leaf for leaf in word.at("希望乙局").iter("{*}t") if leaf.text == "乙局")
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    run = f'<w:ins xmlns:w="{namespace}" w:id="901" w:author="王" w:date="2026-11-22T10:00:00Z"><w:r><w:t>分局</w:t></w:r></w:ins>'
    leaf.text = "乙"
    leaf.getparent().addnext(parse(run))
    draft.write_bytes(word.save())
    done = update(UpdateRequest(str(draft), Against(sets=("单位=甲局、丁局、丙局",))))
    assert [(step.after, step.note) for step in done.steps] == [
        (
            "希望乙分局再接再厉。",
            "【单位】的第二个现在是“丁局”（原来是“乙分局”）。这里有拼音、域、链接、修订之类，照着改会弄丢，所以没有动。",
        )
    ]


def test_a_part_whose_condition_no_longer_holds_goes_unless_the_writer_touched_it(draft):
    draft.write_bytes(edit(draft, "再接再厉→再创佳绩").save())
    assert kinds(draft, sets=("表彰=否",)) == [("comment", 7), ("remove", 7), ("remove", 7)]
    assert [t for t in texts_of(draft.read_bytes()) if t.startswith("希望")] == ["希望甲局再创佳绩。"]


def test_another_template_sets_the_same_words_otherwise(draft):
    before = texts_of(draft.read_bytes())
    update(UpdateRequest(str(draft), Against(template="reading")))
    assert texts_of(draft.read_bytes()) == before
    assert b'w:val="44"' in members(draft.read_bytes())["word/styles.xml"] or b"w:sz" in members(draft.read_bytes())["word/styles.xml"]
    assert status(StatusRequest(str(draft))).template == "reading"


# ── the file ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_what_changes_is_rewritten_and_the_old_file_is_kept(draft):
    before = members(draft.read_bytes())
    old = draft.read_bytes()
    done = update(UpdateRequest(str(draft), Against(sets=("日期=2026-12-03",))))
    after = members(draft.read_bytes())
    assert {name for name in after if after[name] != before.get(name)} == {
        "word/document.xml",
        "customXml/item1.xml",
        "customXml/item2.xml",
    }
    assert list(after) == list(before)
    assert Path(done.backup).read_bytes() == old
    assert Path(done.backup).name == "稿.备份.docx"


def test_nothing_to_do_leaves_the_file_alone(draft):
    before = draft.read_bytes()
    done = update(UpdateRequest(str(draft), Against()))
    assert (done.written, done.steps, draft.read_bytes() == before) == (False, (), True)
    assert sorted(path.name for path in draft.parent.iterdir()) == ["会.yaml", "稿.docx"]


def test_a_dry_run_writes_nothing(draft):
    before = draft.read_bytes()
    done = update(UpdateRequest(str(draft), Against(sets=("日期=2026-12-03",)), dry_run=True))
    assert (done.written, len(done.steps), draft.read_bytes() == before) == (False, 2, True)


def test_changes_may_be_tracked_changes_to_accept_or_refuse(draft):
    update(UpdateRequest(str(draft), Against(sets=("日期=2026-12-03", "单位=甲局、丁局")), revisions=True))
    document = members(draft.read_bytes())["word/document.xml"].decode()
    assert 'w:author="drafter"' in document
    assert "<w:delText" in document
    assert "希望丁局再接再厉。" in texts_of(draft.read_bytes())
    assert kinds(draft) == []


def test_a_comment_and_bold_type_stay_where_they_are(draft):
    word = edit(draft)
    word.comment(word.at("提高站位"), "这一条放在前面好不好？")
    word.bold(word.at("提高站位"))
    draft.write_bytes(word.save())
    update(UpdateRequest(str(draft), Against(sets=("层级=县",))))
    word = edit(draft)
    paragraph = word.at("提高站位")
    assert read(paragraph).text == "一要提高站位。全县上下要统一思想，认清形势。"
    assert {"comment", "looks"} == read(paragraph).marks
    assert all(run.find(f"{run.tag[:-1]}rPr/{run.tag[:-1]}b") is not None for run in paragraph.iter() if run.tag.endswith("}r") and len(run) > 1 and "t" in {c.tag[-1] for c in run})


def test_a_plain_draft_is_brought_up_to_date_too_and_can_be_given_controls_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    controls = members(made(tmp_path))["word/document.xml"].decode().count("<w:sdt>")
    made(tmp_path, plain=True)
    path = tmp_path / "稿.docx"
    assert "w:sdt" not in members(path.read_bytes())["word/document.xml"].decode()
    update(UpdateRequest(str(path), Against(sets=("日期=2026-12-03",))))
    assert texts_of(path.read_bytes())[1] == "（2026年12月3日）"
    assert "w:sdt" not in members(path.read_bytes())["word/document.xml"].decode()
    plain = texts_of(path.read_bytes())
    update(UpdateRequest(str(path), Against(), plain=False))
    assert members(path.read_bytes())["word/document.xml"].decode().count("<w:sdt>") == controls == 12
    assert texts_of(path.read_bytes()) == plain
    update(UpdateRequest(str(path), Against(), plain=True))
    assert "w:sdt" not in members(path.read_bytes())["word/document.xml"].decode()
    assert texts_of(path.read_bytes()) == plain


# ── drafts one after another ───────────────────────────────────────────────────────────────────────────────────────


def test_the_next_draft_stands_beside_the_old_and_knows_it(draft):
    draft.write_bytes(edit(draft, "认清形势→认清大局").save())
    second = Path(update(UpdateRequest(str(draft), Against(), following="+")).file)
    assert second.name == "稿（二稿）.docx"
    second.write_bytes(edit(second, "一起努力→同心协力").save())
    third = Path(update(UpdateRequest(str(second), Against(), following="送审稿")).file)
    assert third.name == "稿（送审稿）.docx"
    told = history(HistoryRequest(str(third)))
    assert [(s.number, s.name, s.file, s.changed, s.added, s.removed) for s in told.stages] == [
        (1, "初稿", "稿.docx", 1, 2, 2),
        (2, "二稿", "稿（二稿）.docx", 1, 3, 3),
        (3, "送审稿", "稿（送审稿）.docx", 0, 0, 0),
    ]
    assert told.here == (True, True, True)


@pytest.mark.parametrize("name", ["二.txt", "二.pdf", "二"])
def test_a_draft_is_written_under_the_name_of_a_word_file_only(draft, name):
    with pytest.raises(Rejected, match=f"-o {name}：更新的稿子写成 .docx。"):
        update(UpdateRequest(str(draft), Against(sets=("日期=2026-12-03",)), output=name))
    assert sorted(path.name for path in draft.parent.iterdir()) == ["会.yaml", "稿.docx"]


def test_a_paragraph_that_was_copied_is_told_once_and_the_first_is_as_it_was(draft):
    from copy import deepcopy

    word = edit(draft)
    paragraph = word.at("狠抓落实")
    paragraph.addnext(deepcopy(paragraph))
    draft.write_bytes(word.save())
    changes = status(StatusRequest(str(draft))).changes
    assert [(change.kind, change.after[:6]) for change in changes] == [("added", "二要狠抓落实")]


def test_a_next_draft_never_overwrites(draft):
    update(UpdateRequest(str(draft), Against(), following="+"))
    with pytest.raises(Rejected, match="已经有了"):
        update(UpdateRequest(str(draft), Against(), following="+"))


# ── what is wrong ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_without_a_record_can_be_connected_again(draft, tmp_path):
    import docx

    document = docx.Document(str(draft))
    for relation, part in list(document.part.rels.items()):
        if "customXml" in part.reltype:
            del document.part.rels[relation]
    document.save(str(tmp_path / "断.docx"))
    with pytest.raises(Rejected, match="记的来历丢了"):
        status(StatusRequest(str(tmp_path / "断.docx")))
    given = json.dumps({"会议": "办公室工作会议", "日期": "2026-11-26", "人数": "120", "单位": ["甲局", "乙局", "丙局"]})
    (tmp_path / "答.json").write_text(given, encoding="utf-8")
    path = tmp_path / "断.docx"
    done = update(UpdateRequest(str(path), Against(sets=("日期=2026-12-03",), answers=str(tmp_path / "答.json"), outline="会.yaml")))
    assert [(s.kind, s.place) for s in done.steps] == [("follow", 2), ("follow", 5)]
    assert status(StatusRequest(str(path))).outline == "会.yaml"


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        ("customXml/item1.xml", b'format="1"', b'format="7"', "这份文件是更新版本的 drafter 写的（来历格式 7，这里只认到 1）。"),
        ("customXml/item1.xml", b'format="1">', b'format="1">AAAA', "文件里记的来历坏了，不知道它是用哪份提纲、哪些回答写的。"),
    ],
)
def test_a_record_that_cannot_be_read_is_told_and_the_file_left_alone(draft, part, old, new, message):
    word = edit(draft)
    word.file.put(part, word.file.parts[part].replace(old, new))
    data = word.file.data(__import__("datetime").datetime(2026, 1, 1))
    draft.write_bytes(data)
    for command in (lambda: status(StatusRequest(str(draft))), lambda: update(UpdateRequest(str(draft), Against(sets=("日期=2026-12-03",))))):
        with pytest.raises(Rejected) as stopped:
            command()
        assert stopped.value.diagnostics[0].message == message
    assert draft.read_bytes() == data


def test_an_outline_that_is_gone_is_taken_from_the_file(draft):
    (draft.parent / "会.yaml").unlink()
    done = update(UpdateRequest(str(draft), Against(sets=("日期=2026-12-03",))))
    assert [r.message for r in done.remarks if r.code != "answer-day-doubtful"] == ["原来的提纲 会.yaml 现在用不了，用文件里记着的那一份。"]
    assert texts_of(draft.read_bytes())[1] == "（2026年12月3日）"


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CHANGED = (
    OUTLINE,
    OUTLINE.replace("认清形势", "把握大势").replace("部署任务。", "部署任务。\n\n      会期一天。"),
    OUTLINE.replace("      - heading: 狠抓落实\n        text: 各单位要拿出具体办法，一件一件办好。\n", ""),
    OUTLINE.replace("numbering: 一要", "numbering: 一、"),
    OUTLINE.replace("  - closing: 同志们，让我们一起努力！\n", "").replace("多干实事", "多办好事"),
)
SETS: tuple[tuple[str, ...], ...] = ((), ("日期=2026-12-03",), ("层级=县", "日期=2026-11-30"), ("表彰=否",), ("单位=乙局、戊局",))
LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@LAWS
@given(seed=st.integers(0, 10**9), times=st.integers(0, 8))
def test_law_an_update_with_nothing_new_changes_nothing(tmp_path_factory, seed, times):
    folder = tmp_path_factory.mktemp("law")
    word = Word(made(folder))
    scribble(word, Random(seed), times)
    path = folder / "稿.docx"
    path.write_bytes(word.save())
    before = path.read_bytes()
    done = update(UpdateRequest(str(path), Against(outline=str(folder / "会.yaml"))))
    after = path.read_bytes()
    assert (done.steps, words_of(after)) == ((), words_of(before))
    if not done.written:  # else an answer was changed in Word, and the record is brought up to date
        assert after == before
    kept = ("word/comments.xml", "word/styles.xml", "word/settings.xml")
    assert [members(after).get(name) for name in kept] == [members(before).get(name) for name in kept]


@LAWS
@given(
    seed=st.integers(0, 10**9),
    times=st.integers(0, 8),
    outline=st.sampled_from(CHANGED),
    sets=st.sampled_from(SETS),
    revisions=st.booleans(),
    filled=st.booleans(),
)
def test_law_nothing_typed_is_lost_and_twice_is_once(tmp_path_factory, seed, times, outline, sets, revisions, filled):
    folder = tmp_path_factory.mktemp("law")
    word = Word(made(folder))
    scribble(word, Random(seed), times)
    if filled:
        fill_in(word, Random(seed))
    path = folder / "稿.docx"
    path.write_bytes(word.save())
    written = words_of(path.read_bytes())
    (folder / "会.yaml").write_text(outline, encoding="utf-8")
    against = Against(sets=sets, outline=str(folder / "会.yaml"))
    update(UpdateRequest(str(path), against, revisions=revisions))
    once = path.read_bytes()
    said = words_of(once)
    assert [typed for typed in word.typed if typed in written and typed not in said] == []
    again = update(UpdateRequest(str(path), against))
    assert (again.steps, words_of(path.read_bytes())) == ((), said)


@LAWS
@given(outline=st.sampled_from(CHANGED), sets=st.sampled_from(SETS), plain=st.booleans())
def test_law_what_nobody_touched_becomes_what_would_be_made_now(tmp_path_factory, outline, sets, plain):
    folder = tmp_path_factory.mktemp("law")
    made(folder, plain=plain)
    path = folder / "稿.docx"
    (folder / "会.yaml").write_text(outline, encoding="utf-8")
    update(UpdateRequest(str(path), Against(sets=sets, outline=str(folder / "会.yaml"))))
    updated = texts_of(path.read_bytes())
    values = {name: "、".join(said) if isinstance(said, list) else said for name, said in pull(PullRequest(str(path))).saved().items()}
    fresh = made(folder, outline, tuple(f"{name}={value}" for name, value in values.items()))
    assert updated == texts_of(fresh)


# ── what office programs do to a file ──────────────────────────────────────────────────────────────────────────────


def test_the_store_is_not_believed_where_the_text_says_otherwise(draft):
    word = edit(draft)
    for control in word.at("严守纪律").iter():
        if control.tag.endswith("}sdt"):
            word.fill_one(control, "区")
    draft.write_bytes(word.save())
    told = [remark.message for remark in status(StatusRequest(str(draft))).remarks]
    assert "【层级】文中写的是“区”，控件背后存的是“市”，以文中的为准。" in told


def test_parts_an_office_program_has_renamed_are_found_and_their_links_mended(draft):
    word = edit(draft)
    for old, new_name in (("item1", "item7"), ("item2", "item9")):
        data = word.file.parts[f"customXml/{old}.xml"]
        word.file.remove(f"customXml/{old}.xml")  # and with it its relationship to itemProps, as LibreOffice drops it
        word.file.put(f"customXml/{new_name}.xml", data)
        word.file.relate(word.file.main, "customXml", f"customXml/{new_name}.xml")
    draft.write_bytes(word.save())
    update(UpdateRequest(str(draft), Against(sets=("日期=2026-12-03",))))
    after = members(draft.read_bytes())
    assert "2026-12-03" in after["customXml/item9.xml"].decode()
    assert "itemProps" in after["customXml/_rels/item9.xml.rels"].decode()
    assert texts_of(draft.read_bytes())[1] == "（2026年12月3日）"


def test_blanks_of_paragraphs_deleted_by_hand_are_not_told_of(draft):
    word = Word(draft.read_bytes())
    word.delete(word.at("名同志参加"))
    draft.write_bytes(word.save())
    done = update(UpdateRequest(str(draft), Against(sets=("人数=", "会议="))))
    assert [blank.name for blank in done.blanks] == ["会议"]
