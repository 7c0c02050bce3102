"""Set formulations: the shipped tables hold together, a user's own file is read, and its faults are told with their place."""

import re
from datetime import date
from pathlib import Path

import pytest

from drafter import formulations
from drafter.diagnostic import Rejected
from drafter.formulations import KINDS, UNMARKED, Formulation, book, read
from drafter.rules import Finding, Line, Speech, rule
from drafter.yamltree import Source

RULES = [
    "bare-congress", "careful-word", "clipped-title", "ended-campaign", "enumeration-order", "finished-task",
    "forbidden-word", "future-formulation", "incomplete-enumeration", "leadership-order", "misspelt-document-title",
    "missing-quotation-marks", "mixed-eras", "outdated-formulation", "place-level-twice", "renamed-body",
    "repealed-document", "stale-plenum", "wrong-collocation", "wrong-formulation", "wrong-meeting-ordinal",
]


def found(text: str, as_of: date = date(2026, 11, 22), rules: list[str] = RULES) -> list[Finding]:
    """What the rules of formulations find in a text."""
    speech = Speech(tuple(map(Line, text.split("\n"))), as_of)
    return [finding for name in rules for finding in rule(name).check(speech)]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder, and a current folder of its own."""
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "formulations").mkdir(parents=True)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "home" / "formulations"


# ── the shipped tables ─────────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_formulations_enough_each_with_its_source() -> None:
    entries = book().entries
    assert len([e for e in entries if e.kind == "formulation"]) >= 150
    assert [e.form for e in entries if not e.source] == []
    assert {e.kind for e in entries} == set(KINDS)


def test_what_is_called_wrong_stands_in_nothing_that_is_right() -> None:
    right = {
        words.translate(UNMARKED): e.form
        for e in book().entries
        for words in (e.form, e.now, *e.items, *(said for _, said in (*e.wrong, *e.clash)))
    }
    assert [
        (wrong, form) for e in book().entries for wrong, _ in (*e.wrong, *e.clash) for words, form in right.items() if wrong.translate(UNMARKED) in words
    ] == []


def test_what_is_said_instead_is_itself_in_use() -> None:
    """No replacement sends a writer to a form that is out of use too."""
    over = {(e.name, e.kind) for e in book().entries if e.until}
    assert [(e.form, e.now) for e in book().entries if (e.now.translate(UNMARKED), e.kind) in over and e.kind != "document"] == []


@pytest.mark.parametrize("entry", [e for e in book().entries if e.items and e.kind == "formulation"], ids=lambda e: e.form)
def test_the_items_of_a_set_in_their_order_are_no_fault(entry: Formulation) -> None:
    day = date.fromordinal(entry.last or date(2026, 2, 1).toordinal())
    for text in ("、".join(entry.items), "，".join(entry.items), f"{entry.form}（{'、'.join(entry.items)}）"):
        assert found(f"我们要牢牢记住{text}。", day, ["incomplete-enumeration", "enumeration-order", "wrong-formulation"]) == []


@pytest.mark.parametrize("entry", [e for e in book().entries if e.kind in ("formulation", "campaign")], ids=lambda e: f"{e.form}{e.first}")
def test_in_its_own_time_a_form_is_no_fault(entry: Formulation) -> None:
    day = date.fromordinal(entry.last or max(entry.first, date(2026, 1, 1).toordinal()))
    rules = ["outdated-formulation", "future-formulation", "wrong-formulation", "wrong-collocation", "ended-campaign", "mixed-eras"]
    assert [f for f in found(f"我们要牢牢记住{entry.form}。", day, rules) if f.level != "advice"] == []


#: What no text of 2026-11 says, and the rule that says so.
OUTDATED = {
    "团结在以习近平同志为总书记的党中央周围": "outdated-formulation",
    "坚定“三个自信”": "outdated-formulation",
    "为全面建成小康社会而奋斗": "finished-task",
    "为夺取全面建设小康社会新胜利而努力": "finished-task",
    "朝着“两个一百年”目标前进": "outdated-formulation",
    "激发市场主体活力": "careful-word",
    "加强法制建设": "careful-word",
    "筑牢中华民族共同体意识": "wrong-formulation",
    "坚持以人民为核心": "wrong-formulation",
    "“五位一体”战略布局": "wrong-formulation",
    "“四个全面”总体布局": "wrong-formulation",
    "融入“一带一路”战略": "outdated-formulation",
    "树立五大发展理念": "outdated-formulation",
    "大力推进精准脱贫": "finished-task",
    "走访贫困户": "finished-task",
    "深入推进扫黑除恶专项斗争": "finished-task",
    "加强和创新社会管理": "careful-word",
    "习总书记强调": "clipped-title",
    "以习近平思想为指导": "clipped-title",
    "“十四五”时期，我们将奋力前进": "finished-task",
    "编制十五五规划": "missing-quotation-marks",
    "贯彻党的二十届三中全会精神": "stale-plenum",
    "开展学习贯彻习近平新时代中国特色社会主义思想主题教育": "ended-campaign",
    "扎实开展党纪学习教育": "ended-campaign",
    "深入开展树立和践行正确政绩观学习教育": "ended-campaign",
    "做到“四个自信”": "wrong-collocation",
    "坚定“四个意识”": "wrong-collocation",
    "做到“两个确立”": "wrong-collocation",
    "违反中央八项规定的行为": "careful-word",
    "隆重开幕": "careful-word",
    "亲自部署": "careful-word",
    "请环保局负责": "renamed-body",
    "请安监局负责": "renamed-body",
    "是经济的晴雨表": "careful-word",
    "是稳定的压舱石": "careful-word",
}


@pytest.mark.parametrize(("text", "name"), OUTDATED.items())
def test_what_is_out_of_use_is_found(text: str, name: str) -> None:
    assert name in {finding.rule for finding in found(f"同志们，{text}。")}


def test_a_line_of_a_hundred_thousand_characters_is_read_in_its_length() -> None:
    """Nothing is looked at again and again for every hit. (Too slow a search would not come to an end here.)"""
    for piece in ("“四个意识”", "四个意识", "三个自信2012年", "县环保局", "《合同法》", "建国以来", "政治意识、大局意识、"):
        assert len(found(piece * (100_000 // len(piece)))) >= 0


# ── a user's own ───────────────────────────────────────────────────────────────────────────────────────────────────

OWN = """\
checked: 2026-03-01
groups:
  - source: 清河市委办〔2026〕3号
    forms:
      - form: “三个清河”
        from: 2026-01
        items: 实力清河、美丽清河、幸福清河
        wrong:
          - 美丽清河、实力清河、幸福清河 → 实力清河、美丽清河、幸福清河
      - form: 工业立市
        to: 2025-12-31
        now: 产业强市
  - kind: body
    to: 2026-02
    source: 机构改革
    forms:
      - 市大数据中心 → 市数据局
"""


def test_a_users_own_formulations_are_judged_too(home: Path) -> None:
    (home / "own.yaml").write_text(OWN, encoding="utf-8")
    text = "建设美丽清河、实力清河、幸福清河，坚持工业立市，请市大数据中心牵头。"
    assert [(f.rule, f.instead) for f in found(text)] == [
        ("enumeration-order", "实力清河、美丽清河、幸福清河"),
        ("outdated-formulation", "产业强市"),
        ("renamed-body", "市数据局"),
        ("wrong-formulation", "实力清河、美丽清河、幸福清河"),
    ]
    assert "outdated-formulation" not in {f.rule for f in found(text, date(2025, 6, 1))}


def test_a_file_of_the_current_folder_counts_and_is_read_anew_when_it_changes(home: Path) -> None:
    here = Path("formulations")
    here.mkdir()
    assert found("坚持工业立市。") == []
    (here / "own.yaml").write_text(OWN, encoding="utf-8")
    assert [f.rule for f in found("坚持工业立市。")] == ["outdated-formulation"]
    (here / "own.yaml").unlink()
    assert found("坚持工业立市。") == []


def test_a_users_entry_takes_the_place_of_a_shipped_one(home: Path) -> None:
    assert [f.rule for f in found("三家单位亲自部署。")] == ["careful-word"]
    (home / "own.yml").write_text("groups:\n- kind: careful\n  forms:\n  - form: 亲自\n    level: off\n", encoding="utf-8")
    assert found("三家单位亲自部署。") == []


def test_an_unsure_entry_is_only_advice(home: Path) -> None:
    (home / "own.yaml").write_text(OWN.replace("to: 2025-12-31", "to: 2025-12-31\n        confidence: unsure"), encoding="utf-8")
    assert [(f.rule, f.level) for f in found("坚持工业立市。")] == [("outdated-formulation", "advice")]


FAULTS = [
    ("groups:\n- forms:\n  - form: 工业立市\n    until: 2025\n", "a.yaml:4:5: 不认识的“until”。"),
    ("groups:\n- forms:\n  - form: 工业立市\n    to: 2025-13\n", "a.yaml:4:9: “2025-13”不是日期。"),
    ("groups:\n- forms:\n  - form: 工业立市\n    from: 2026\n    to: 2025\n", "a.yaml:3:11: “工业立市”的 from 比 to 晚。"),
    ("groups:\n- forms:\n  - form: 工业立市\n    kind: body2\n", "a.yaml:4:11: kind 的“body2”不对。"),
    ("groups:\n- forms:\n  - 市\n", "a.yaml:3:5: “市”要有两个字以上；它的 items、wrong、clash 各项也一样。"),
    ("groups:\n- forms: 工业立市\n", "a.yaml:2:10: forms 要写成列表，一项一行，行首写“- ”。"),
    ("groups:\n- kind: body\n", "a.yaml:2:3: 这一组没有 forms。"),
    ("groups:\n- forms:\n  - now: 产业强市\n", "a.yaml:3:5: 这一条没有 form。"),
    ("groups:\n- forms:\n  - form: “工业立市”\n    wrong: 工业立市\n", "a.yaml:3:11: “工业立市”写成了错的，可是“工业立市”里就有这几个字。"),
    ("checked: 昨天\n", "a.yaml:1:10: “昨天”不是日期。"),
    ("- 工业立市\n", "a.yaml:1:1: 这里要一行写一条“名称: 内容”。"),
    ("groups:\n- forms:\n  - form: 工业立市\n    items:\n    - 一项:\n        二: 三\n", "a.yaml:5:7: items 里只写字，一行一条。"),
    (f"groups:\n- forms:\n  - {'立' * 200}\n", "a.yaml:3:5: 一个提法最多 120 个字。"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_a_fault_of_a_file_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(Rejected) as caught:
        read(Source("a.yaml", text))
    assert [f"{d.place}: {d.message}" for d in caught.value.diagnostics] == [said]


def test_a_broken_file_of_a_user_stops_the_check_with_its_place(home: Path) -> None:
    (home / "own.yaml").write_text("groups:\n- forms:\n  - form: 工业立市\n    until: 2025\n", encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        found("同志们：")
    assert re.search(r"own\.yaml:4:5$", str(caught.value.diagnostics[0].place))


def test_more_formulations_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulations, "MAX_FORMS", 2)
    with pytest.raises(Rejected) as caught:
        read(Source("a.yaml", "groups:\n- forms:\n  - 工业立市\n  - 产业强市\n  - 生态优市\n"))
    assert [str(d.place) for d in caught.value.diagnostics] == ["a.yaml:5:5"]
