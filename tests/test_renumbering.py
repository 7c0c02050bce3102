"""Which numbers an update changes: those drafter wrote, where it wrote them, and no letter of what a writer typed."""

import re
from itertools import takewhile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word import Word, texts_of

from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, UpdateResult, update
from drafter.speech.numbering import Numbering
from drafter.word.text import read

OUTLINE = """\
title: 防汛工作会议讲话
dateline: （【日期】）
numbering:
  - {first}
  - {second}
fields:
  日期:
    ask: 哪一天讲？
    type: date
    min: 2026-01-01
  河段:
    ask: 哪一段？
speech:
  - greeting: 同志们：
  - text: 汛期快到了。
  - requirements:
{items}
  - closing: 就讲到这里。
"""
TEXTS = {
    "疏浚河道": "淤泥一处一处清走。",
    "加固堤坝": "坝上的缺口今冬补齐。",
    "备足物资": "沙袋雨衣样样清点。",
    "守好闸口": "【河段】的闸口日夜有人。",
    "抢修电路": "线断了两小时接上。",
    "修好电站": "机组赶在汛前检修。",
}
HEADS = tuple(TEXTS)[:4]
FASHIONS = ("一、", "（一）", "1.", "（1）", "①", "一要", "一是", "第一，", "其一，", "首先，", "一方面，")

#: What writers type that begins like a number, and is none.
FIGURES = (
    "2.5万名群众已经转移。", "10.3公里的河道要清。", "1.2.3号闸先修。", "2026年入汛早。", "3.15日的会定了这件事。",
    "二、三产业都受了灾。", "一、二季度雨水多。", "二、十月还有秋汛。", "三、五百人的队伍不够。",
    "一是一，二是二，不能含糊。", "二是二，账要算清。", "一要二要三要，要来要去没有下文。", "三要三不要人人会背。", "一要一个准话。",
    "（三）班子要带头，这是老话。", "（2）号泵站停了。", "②号闸开了半扇。", "①②两处都险。",
    "第一书记要在坝上。", "第二，第三梯队跟上。", "其一，其二都说过。", "三个月没有下雨。", "第一二三组轮班。",
    "首先，我代表防汛指挥部讲两句。", "最后，向大家道声辛苦。", "一方面军的老兵也来了。", "两个闸口一起开。", "十要点就在这里。",
)  # fmt: skip


def outline(first: str = "一要", second: str = "一是", heads: tuple[str, ...] = HEADS, points: bool = False) -> str:
    rows = []
    for head in heads:
        rows += [f"      - heading: {head}", f"        text: {TEXTS[head]}"]
        rows += ["        points:", *(f"          - 到{head[:2]}的{which}。" for which in ("上游", "中游", "下游"))] if points else []
    return OUTLINE.format(first=first, second=second, items="\n".join(rows))


def made(folder: Path, text: str) -> Path:
    (folder / "汛.yaml").write_text(text, encoding="utf-8")
    path = folder / "稿.docx"
    new(NewRequest((str(folder / "汛.yaml"),), ("日期=2026-05-01",), output=str(path), date="2026-04-30", force=True))
    return path


def updated(path: Path, *sets: str, renumber: bool = False, text: str = "", revisions: bool = False) -> UpdateResult:
    if text:
        (path.parent / "汛.yaml").write_text(text, encoding="utf-8")
    against = Against(sets=sets, outline=str(path.parent / "汛.yaml"), renumber=renumber)
    return update(UpdateRequest(str(path), against, revisions=revisions))


def numbers(path: Path, *words: str) -> list[str]:
    """What stands in front of some words, where each is first said."""
    rows = texts_of(path.read_bytes())
    return [next(row for row in rows if word in row).partition(word)[0] for word in words]


def renumbered(done: UpdateResult) -> list[str]:
    return [f"{s.number_before} → {s.number_after}" for s in done.steps if s.kind == "renumber"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ── the writer's words ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fashion", FASHIONS)
@pytest.mark.parametrize("behind", ["汛期快到了", *HEADS[:3]])
def test_what_only_looks_like_a_number_keeps_every_letter(folder, fashion, behind):
    path = made(folder, outline(fashion))
    word = Word(path.read_bytes())
    for figure in FIGURES:
        word.add_behind(word.at(behind), figure)
    word.delete(word.at("备足物资" if behind != "备足物资" else "加固堤坝"))
    path.write_bytes(word.save())
    updated(path, "日期=2026-06-01", renumber=behind == "疏浚河道")
    rows = texts_of(path.read_bytes())
    assert [figure for figure in FIGURES if figure not in rows] == []
    assert not updated(path, "日期=2026-06-01", renumber=True).steps


@pytest.mark.parametrize(
    ("fashion", "typed"),
    [
        ("1.", "2.5万名群众转移了。"), ("一、", "二、三产业受灾。"), ("一要", "二要二不要，人人会背。"), ("一是", "二是二，账要算清。"),
        ("①", "②号闸开了半扇。"), ("（1）", "（2）号泵站停了。"), ("第一，", "第二，三梯队跟上。"),
    ],
)  # fmt: skip
def test_a_paragraph_typed_over_is_the_writers_though_its_bookmark_is_there(folder, fashion, typed):
    path = made(folder, outline(fashion, points=False))
    word = Word(path.read_bytes())
    paragraph = word.at("加固堤坝")
    leaves = [leaf for run in paragraph.iter() if run.tag.endswith("}r") for leaf in run if leaf.tag.endswith("}t")]
    leaves[0].text = typed
    for leaf in leaves[1:]:
        leaf.text = ""
    word.delete(word.at("疏浚河道"))
    path.write_bytes(word.save())
    updated(path, "日期=2026-06-01", renumber=True)
    assert typed in texts_of(path.read_bytes())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**9),
    fashion=st.sampled_from(FASHIONS),
    second=st.sampled_from(FASHIONS),
    points=st.booleans(),
    renumber=st.booleans(),
    revisions=st.booleans(),
    heads=st.sampled_from((HEADS, HEADS[:3], ("备足物资", *HEADS[:2], "守好闸口"), (*HEADS, "抢修电路"))),
)
def test_law_no_paragraph_typed_by_the_writer_changes_a_letter(
    tmp_path_factory, seed, fashion, second, points, renumber, revisions, heads
):
    path = made(tmp_path_factory.mktemp("law"), outline(fashion, second, points=points))
    random = Random(seed)
    word = Word(path.read_bytes())
    typed = []
    for _ in range(random.randrange(1, 7)):
        there = [p for p in word.paragraphs() if read(p).text]
        edit = random.choice(["type", "type", "delete", "move", "number"])
        if edit == "delete":
            word.delete(random.choice([p for p in there if read(p).text not in typed]))
        elif edit == "move":
            word.move_up(random.choice(there))
        else:
            figure = random.choice(FIGURES)
            if edit == "number":
                numbering = random.choice(FASHIONS)
                figure = random.choice(read(random.choice(there)).text[:3].split("。")) + numbering + figure
            typed.append(figure)
            word.add_behind(random.choice(there), figure)
    path.write_bytes(word.save())
    updated(path, "日期=2026-06-01", renumber=renumber, text=outline(fashion, second, heads, points), revisions=revisions)
    once = texts_of(path.read_bytes())
    assert [figure for figure in typed if once.count(figure) < typed.count(figure)] == []
    again = updated(path, "日期=2026-06-01", renumber=renumber)
    assert (again.steps, texts_of(path.read_bytes())) == ((), once)


# ── numbers drafter wrote ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fashion", "before", "after"),
    [
        ("一、", "一、|二、|三、|四、", "一、|二、|三、"), ("（一）", "（一）|（二）|（三）|（四）", "（一）|（二）|（三）"),
        ("1.", "1.|2.|3.|4.", "1.|2.|3."), ("（1）", "（1）|（2）|（3）|（4）", "（1）|（2）|（3）"), ("①", "①|②|③|④", "①|②|③"),
        ("一要", "一要|二要|三要|四要", "一要|二要|三要"), ("一是", "一是|二是|三是|四是", "一是|二是|三是"),
        ("第一，", "第一，|第二，|第三，|第四，", "第一，|第二，|第三，"), ("其一，", "其一，|其二，|其三，|其四，", "其一，|其二，|其三，"),
        ("首先，", "首先，|其次，|再次，|最后，", "首先，|其次，|最后，"), ("一方面，", "一方面，|另一方面，|第三，|第四，", "一方面，|另一方面，|第三，"),
    ],
)  # fmt: skip
def test_numbers_close_up_in_every_fashion_and_each_is_told(folder, fashion, before, after):
    path = made(folder, outline(fashion))
    assert "|".join(numbers(path, *HEADS)) == before
    word = Word(path.read_bytes())
    word.delete(word.at("加固堤坝"))
    path.write_bytes(word.save())
    done = updated(path, "日期=2026-06-01")
    left = [before.split("|")[n] for n in (0, 2, 3)]
    assert "|".join(numbers(path, HEADS[0], *HEADS[2:])) == after
    assert renumbered(done) == [f"{a} → {b}" for a, b in zip(left, after.split("|"), strict=True) if a != b]


def test_a_number_that_drafter_gave_is_drafters_at_the_next_update_too(folder):
    path = made(folder, outline())
    for gone, day, left in (("加固堤坝", 1, "一要 二要 三要"), ("疏浚河道", 2, "一要 二要"), ("备足物资", 3, "一要")):
        word = Word(path.read_bytes())
        word.delete(word.at(gone))
        path.write_bytes(word.save())
        updated(path, f"日期=2026-06-0{day}")
        assert " ".join(row[:2] for row in texts_of(path.read_bytes()) if row[1:2] == "要") == left


def test_the_numbers_inside_a_paragraph_follow_too(folder):
    """Two requirements joined by hand, and sentences of one counted in it."""
    path = made(folder, outline("一、", "一是", points=True))
    word = Word(path.read_bytes())
    word.join(word.at("淤泥一处一处清走"))
    word.delete(word.at("汛期快到了"))
    path.write_bytes(word.save())
    new_first = ("修好电站", *HEADS)
    done = updated(path, text=outline("一、", "一是", new_first, points=True))
    rows = texts_of(path.read_bytes())
    assert "".join(rows).count("一、修好电站") == 1
    joined = next(row for row in rows if "淤泥一处" in row)
    assert re.findall("[一二三四五]、|[一二三]是", joined) == ["一是", "二是", "三是", "三、"]
    assert "二、 → 三、" in renumbered(done)


def test_sentences_counted_in_a_paragraph_close_up(folder):
    path = made(folder, outline("一要", "一是", points=True))
    word = Word(path.read_bytes())
    word.replace("二是到加固的中游。", "")
    path.write_bytes(word.save())
    done = updated(path, "日期=2026-06-01")
    assert "一是到加固的上游。二是到加固的下游。" in "".join(texts_of(path.read_bytes()))
    assert renumbered(done) == ["三是 → 二是"]
    word = Word(path.read_bytes())
    word.replace("一是到加固的上游。", "")
    path.write_bytes(word.save())
    assert renumbered(updated(path, renumber=True)) == ["二是 → 一是"]


def test_a_number_is_a_step_of_its_own_where_the_words_change_too(folder):
    path = made(folder, outline())
    word = Word(path.read_bytes())
    word.delete(word.at("疏浚河道"))
    path.write_bytes(word.save())
    done = updated(path, "河段=大桥段")
    assert done.steps[-2:] == (
        ("follow", 8, "四要守好闸口。【河段】的闸口日夜有人。", "四要守好闸口。大桥段的闸口日夜有人。", "", "", ""),
        ("renumber", 8, "四要守好闸口。大桥段的闸口日夜有人。", "三要守好闸口。大桥段的闸口日夜有人。", "", "四要", "三要"),
    )


def test_the_way_of_numbering_follows_the_outline(folder):
    path = made(folder, outline("一要"))
    updated(path, text=outline("第一，"))
    assert numbers(path, *HEADS) == ["第一，", "第二，", "第三，", "第四，"]


def test_a_single_requirement_gets_a_number_when_it_is_one_of_two_and_loses_it_again(folder):
    path = made(folder, outline(heads=HEADS[:1]))
    assert numbers(path, HEADS[0]) == [""]
    updated(path, text=outline(heads=HEADS[:2]))
    assert numbers(path, *HEADS[:2]) == ["一要", "二要"]
    updated(path, text=outline(heads=HEADS[1:2]))
    assert numbers(path, HEADS[1]) == [""]


# ── numbers the writer gave ────────────────────────────────────────────────────────────────────────────────────────


def renamed(path: Path, *changes: str) -> None:
    """Type over words that stand before the first blank of a paragraph."""
    word = Word(path.read_bytes())
    for change in changes:
        old, now = change.split("→")
        pieces = list(takewhile(lambda piece: piece.control is None, read(word.at(old)).pieces))
        pieces[0].leaf.text = "".join(piece.text for piece in pieces).replace(old, now, 1)
        for piece in pieces[1:]:
            piece.leaf.text = ""
    path.write_bytes(word.save())


MORE = (*HEADS[:1], "抢修电路", *HEADS[1:])


def test_numbers_renamed_by_hand_are_respected_and_told_and_put_in_order_when_asked_for(folder):
    path = made(folder, outline())
    renamed(path, "二要加固→第二，加固", "三要备足→第三，备足")
    done = updated(path, text=outline(heads=MORE))
    assert numbers(path, *MORE) == ["一要", "二要", "第二，", "第三，", "五要"]
    assert [(r.message, r.code) for r in done.remarks] == [("同一组序号有两种写法：一要 二要 第二， 第三， 五要", "numbers-out-of-order")]
    assert "drafter update 稿.docx --renumber" in done.remarks[0].hint.replace(str(folder) + "/", "")
    again = updated(path, renumber=True)
    assert numbers(path, *MORE) == ["一要", "二要", "三要", "四要", "五要"]
    assert (renumbered(again), again.remarks) == (["第二， → 三要", "第三， → 四要"], ())


def test_a_list_numbered_anew_by_hand_in_one_way_counts_on_in_that(folder):
    path = made(folder, outline())
    renamed(path, "一要→第一，", "二要→第二，", "三要→第三，", "四要→第四，")
    done = updated(path, text=outline(heads=MORE))
    assert numbers(path, *MORE) == ["第一，", "第二，", "第三，", "第四，", "第五，"]
    assert done.remarks == ()


def test_numbers_put_right_by_hand_count_on(folder):
    path = made(folder, outline())
    word = Word(path.read_bytes())
    word.delete(word.at("疏浚河道"))
    path.write_bytes(word.save())
    renamed(path, "二要加固→一要加固", "三要备足→二要备足", "四要守好→三要守好")
    assert updated(path).remarks == ()
    updated(path, text=outline(heads=("抢修电路", *HEADS)))
    assert numbers(path, "抢修电路", *HEADS[1:]) == ["一要", "二要", "三要", "四要"]


def test_a_number_changed_by_hand_out_of_order_stays_and_is_told(folder):
    path = made(folder, outline())
    renamed(path, "三要备足→六要备足")
    done = updated(path, "日期=2026-06-01")
    assert numbers(path, *HEADS) == ["一要", "二要", "六要", "四要"]
    assert [r.message for r in done.remarks] == ["序号接不上：一要 二要 六要 四要"]


def test_a_number_taken_away_by_hand_does_not_come_back(folder):
    path = made(folder, outline())
    renamed(path, "二要加固→加固")
    updated(path, "日期=2026-06-01", renumber=True)
    assert numbers(path, *HEADS) == ["一要", "", "二要", "三要"]


def test_what_the_writer_typed_as_the_next_of_a_list_is_made_room_for(folder):
    path = made(folder, outline("1."))
    word = Word(path.read_bytes())
    word.add_behind(word.at("加固堤坝"), "3.抢修电路")
    path.write_bytes(word.save())
    updated(path, "日期=2026-06-01")
    assert numbers(path, *HEADS[:2], "抢修电路", *HEADS[2:]) == ["1.", "2.", "3.", "4.", "5."]


def test_what_the_writer_typed_that_may_be_a_number_is_told_where_one_is_there_twice(folder):
    path = made(folder, outline("（一）"))
    word = Word(path.read_bytes())
    word.add_behind(word.at("坝上的缺口"), "（三）班子要带头，这是老话。")
    path.write_bytes(word.save())
    done = updated(path, "日期=2026-06-01", renumber=True)
    assert renumbered(done) == []
    assert done.remarks[0].message == "序号接不上：（一） （二） （三） （三） （四）"


# ── as they stand ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fashion", FASHIONS)
@pytest.mark.parametrize("marks", [True, False])
def test_renumber_counts_paragraphs_as_they_stand_and_twice_is_once(folder, fashion, marks):
    path = made(folder, outline(fashion))
    word = Word(path.read_bytes())
    for head in (HEADS[3], HEADS[3], HEADS[1]):
        for _ in range(2):
            word.move_up(word.at(head))
    if not marks:
        for mark in [m for m in word.file.body.iter() if "bookmark" in str(m.tag)]:
            mark.getparent().remove(mark)
    path.write_bytes(word.save())
    updated(path, "日期=2026-06-01", renumber=True)
    once = texts_of(path.read_bytes())
    heads = [head for row in once for head in HEADS if head in row]
    right = [Numbering.from_sample(fashion).label(n, 4) for n in (1, 2, 3, 4)]
    assert numbers(path, *heads) == right
    assert heads != list(HEADS)
    assert not updated(path, "日期=2026-06-01", renumber=True).steps


def test_points_count_under_the_requirement_they_stand_under(folder):
    nested = OUTLINE.format(first="一、", second="（一）", items="""\
      - heading: 疏浚河道
        points:
          - heading: 清淤泥
            text: 一处一处清走。
          - heading: 除水草
            text: 一段一段割掉。
      - heading: 加固堤坝
        points:
          - heading: 补缺口
            text: 今冬补齐。
          - heading: 种草皮
            text: 明春种上。
          - heading: 查白蚁
            text: 坝坝都查。""")
    path = made(folder, nested)
    word = Word(path.read_bytes())
    heading, text = word.at("种草皮"), word.at("明春种上")
    word.at("清淤泥").addprevious(heading)
    heading.addnext(text)
    path.write_bytes(word.save())
    updated(path, "日期=2026-06-01", renumber=True)
    heads = ("疏浚河道", "种草皮", "清淤泥", "除水草", "加固堤坝", "补缺口", "查白蚁")
    assert numbers(path, *heads) == ["一、", "（一）", "（二）", "（三）", "二、", "（一）", "（二）"]
    word = Word(path.read_bytes())
    word.delete(word.at("加固堤坝"))
    path.write_bytes(word.save())
    updated(path, renumber=True)
    assert numbers(path, *heads[:4], *heads[5:]) == ["一、", "（一）", "（二）", "（三）", "（四）", "（五）"]


def without_marks(word: Word) -> None:
    """Drop all bookmarks, as some programs do on saving."""
    for mark in [mark for mark in word.file.body.iter() if "bookmark" in str(mark.tag)]:
        mark.getparent().remove(mark)


def test_a_requirement_moved_and_reworded_is_known_without_bookmarks(folder):
    path = made(folder, outline("第一，"))
    word = Word(path.read_bytes())
    word.replace("今冬补齐", "年底前补齐")
    word.at("疏浚河道").addprevious(word.at("守好闸口"))
    word.at("守好闸口").addprevious(word.at("加固堤坝"))
    without_marks(word)
    path.write_bytes(word.save())
    updated(path, "河段=大桥段", renumber=True)
    assert numbers(path, "加固堤坝", "守好闸口", "疏浚河道", "备足物资") == ["第一，", "第二，", "第三，", "第四，"]
    assert not updated(path, renumber=True).steps


def test_a_heading_joined_to_its_text_keeps_its_place_in_the_list_without_bookmarks(folder):
    path = made(folder, outline("一、"))
    word = Word(path.read_bytes())
    word.join(word.at("加固堤坝"))
    word.delete(word.at("疏浚河道"))
    without_marks(word)
    path.write_bytes(word.save())
    updated(path, "日期=2026-06-01")
    assert numbers(path, *HEADS[1:]) == ["一、", "二、", "三、"]


@pytest.mark.parametrize("fashion", ["1.", "一、", "一是"])
def test_pull_takes_no_figure_for_a_number(folder, fashion):
    path = made(folder, outline(fashion))
    figure = {"1.": "2.5万名群众已经转移。", "一、": "二、三产业都受了灾。", "一是": "一是一，二是二，不能含糊。"}[fashion]
    word = Word(path.read_bytes())
    word.add_behind(word.at("淤泥一处"), figure)
    path.write_bytes(word.save())
    pull(PullRequest(str(path), outline="汛.yaml", output="汛.yaml", force=True))
    assert figure in (folder / "汛.yaml").read_text(encoding="utf-8")


def test_the_number_a_reworded_requirement_has_is_nothing_of_its_outline(folder):
    """Whether drafter gave it another since, or the writer did, or took it away."""
    path = made(folder, outline())
    word = Word(path.read_bytes())
    word.delete(word.at("疏浚河道"))
    path.write_bytes(word.save())
    updated(path, "日期=2026-06-01")
    renamed(path, "样样清点→件件清点", "一要加固→第一，加固", "坝上的缺口→坝上的口子", "三要守好闸口→守住闸口")
    pull(PullRequest(str(path), outline="汛.yaml", output="汛.yaml", force=True))
    said = (folder / "汛.yaml").read_text(encoding="utf-8")
    assert ("heading: 加固堤坝\n        text: 坝上的口子今冬补齐。" in said, "沙袋雨衣件件清点。" in said, "heading: 守住闸口" in said) == (True,) * 3


def test_status_shows_numbers_changed_by_hand(folder):
    path = made(folder, outline())
    renamed(path, "二要加固→第二，加固", "三要备足→备足")
    assert [(c.kind, c.before[:4], c.after[:4]) for c in status(StatusRequest(str(path))).changes] == [
        ("edited", "二要加固", "第二，加"),
        ("edited", "三要备足", "备足物资"),
    ]


def test_a_number_that_is_refused_is_still_drafters(folder):
    path = made(folder, outline())
    word = Word(path.read_bytes())
    word.delete(word.at("加固堤坝"))
    path.write_bytes(word.save())
    updated(path, "日期=2026-06-01")
    assert numbers(path, *HEADS[2:]) == ["二要", "三要"]
    renamed(path, "三要守好→四要守好", "二要备足→三要备足")  # as Word leaves them once the changes are refused
    assert status(StatusRequest(str(path))).changes[1:] == ()
    assert renumbered(updated(path, "日期=2026-06-02")) == ["三要 → 二要", "四要 → 三要"]


@pytest.mark.parametrize(
    ("around", "after", "told"),
    [
        ({"tag": "hyperlink"}, ["一要", "二要", "三要"], []),  # the link stays, whatever number is in it
        # The writer's own revision is not decided on; counted past its number two would read the same.
        (
            {"tag": "ins", "id": "9000", "author": "王", "date": "2026-05-01T08:00:00Z"},
            ["二要", "三要", "四要"],
            ["序号接不上：二要 三要 四要"],
        ),
    ],
)
def test_a_number_that_has_to_stay_holds_its_list_and_is_told(folder, around, after, told):
    path = made(folder, outline())
    word = Word(path.read_bytes())
    word.delete(word.at("疏浚河道"))
    runs = [run for run in word.at("备足物资") if run.tag.endswith("}r")]
    name = runs[0].tag[:-1]
    wrap = runs[0].makeelement(name + around["tag"], {name + k: v for k, v in around.items() if k != "tag"})
    runs[0].addprevious(wrap)
    wrap.append(runs[0])
    path.write_bytes(word.save())
    done = updated(path, "日期=2026-06-01")
    assert numbers(path, *HEADS[1:]) == after
    assert [r.message for r in done.remarks] == told
    assert not updated(path, "日期=2026-06-01").steps


def test_a_number_tracked_and_not_yet_accepted_goes_on_counting(folder):
    path = made(folder, outline())
    for gone, day, changed in (("加固堤坝", 1, ["三要 → 二要", "四要 → 三要"]), ("疏浚河道", 2, ["二要 → 一要", "三要 → 二要"])):
        word = Word(path.read_bytes())
        word.delete(word.at(gone))
        path.write_bytes(word.save())
        assert renumbered(updated(path, f"日期=2026-06-0{day}", revisions=True)) == changed
    assert numbers(path, *HEADS[2:]) == ["一要", "二要"]


def test_a_requirement_kept_though_the_outline_dropped_it_goes_on_counting(folder):
    path = made(folder, outline())
    renamed(path, "坝上的缺口→坝上的大小缺口")
    updated(path, text=outline(heads=(HEADS[0], *HEADS[2:])))
    assert numbers(path, *HEADS) == ["一要", "二要", "三要", "四要"]
    word = Word(path.read_bytes())
    word.delete(word.at("疏浚河道"))
    path.write_bytes(word.save())
    updated(path, renumber=True)
    assert numbers(path, *HEADS[1:]) == ["一要", "二要", "三要"]
    assert not updated(path, renumber=True).steps
