"""Set formulations: the shipped tables hold together, a user's own file is read, and its faults are told with their place."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from conftest import Run

from drafter.check.rules import Finding, Line, Speech, rule, run
from drafter.check.tables import formulations
from drafter.check.tables.entries import UNMARKED, Formulation
from drafter.check.tables.formulations import KINDS, book, read
from drafter.check.tables.known import known
from drafter.diagnostic import Rejected, columns
from drafter.outline.yaml import Source

RULES = [
    "bare-congress", "careful-word", "clipped-title", "ended-campaign", "enumeration-order", "finished-task",
    "forbidden-word", "formulation-near-miss", "future-formulation", "guiding-thought", "incomplete-enumeration",
    "leadership-order", "misspelt-document-title", "missing-quotation-marks", "mixed-eras", "outdated-formulation",
    "place-level-twice", "plan-year", "renamed-body", "repealed-document", "replaced-item", "stale-plenum",
    "wrong-collocation", "wrong-formulation", "wrong-meeting-deed", "wrong-meeting-ordinal",
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


def test_every_misquotation_is_found() -> None:
    missed = []
    for entry in book().entries:
        day = max(date(2026, 3, 10), date.fromordinal(entry.since or 1))
        for name, pairs in (("wrong-formulation", entry.wrong), ("wrong-collocation", entry.clash)):
            missed += [wrong for wrong, _ in pairs if not found(f"我们要牢牢记住{wrong}，抓好落实。", day, [name])]
    assert missed == []


def test_every_table_says_up_to_when_its_facts_were_compared() -> None:
    assert date.fromordinal(book().checked) >= date(2026, 2, 28)


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


#: What is right as of its day.
RIGHT = [
    ("2012-12-20", "认真学习贯彻党的十八大精神，为全面建成小康社会而奋斗，加强和创新社会管理，全面落实科学发展观，更加紧密地团结在以习近平同志为总书记的党中央周围。"),
    ("2012-03-10", "高举中国特色社会主义伟大旗帜，以邓小平理论和“三个代表”重要思想为指导，深入贯彻落实科学发展观，为夺取全面建设小康社会新胜利而努力奋斗。"),
    ("2013-06-20", "深入开展党的群众路线教育实践活动，坚决反对形式主义、官僚主义、享乐主义和奢靡之风，坚定中国特色社会主义道路自信、理论自信、制度自信。"),
    ("2013-12-01", "认真学习贯彻党的十八届三中全会精神，推进国家治理体系和治理能力现代化，加强法制建设，县国土资源局、县环保局、县安监局要各司其职。"),
    ("2014-12-30", "协调推进全面建成小康社会、全面深化改革、全面推进依法治国、全面从严治党，主动适应经济发展新常态，积极融入“一带一路”战略。"),
    ("2015-05-20", "扎实开展“三严三实”专题教育，做到严以修身、严以用权、严以律己，谋事要实、创业要实、做人要实。"),
    ("2016-02-20", "增强政治意识、大局意识、核心意识、看齐意识，深入贯彻习近平总书记系列重要讲话精神，协调推进“四个全面”战略布局，牢固树立五大发展理念。"),
    ("2016-07-20", "坚持中国特色社会主义道路自信、理论自信、制度自信、文化自信，坚持不忘初心、继续前进，“两学一做”学习教育要抓在日常。"),
    ("2017-01-15", "更加紧密地团结在以习近平同志为核心的党中央周围，增强“四个意识”，打赢脱贫攻坚战，以优异成绩迎接党的十九大胜利召开。"),
    ("2017-12-15", "决胜全面建成小康社会，开启全面建设社会主义现代化国家新征程，我国社会主要矛盾已经转化为人民日益增长的美好生活需要和不平衡不充分的发展之间的矛盾。"),
    ("2018-02-01", "环境保护部、国土资源部、农业部等部门联合督查，国家工商总局、国家质检总局参加。"),
    ("2018-06-01", "县机构改革正在推进，县国土资源局、县环保局要做到思想不乱、工作不断。"),
    ("2019-06-20", "扎实开展“不忘初心、牢记使命”主题教育，守初心、担使命，找差距、抓落实，深入推进扫黑除恶专项斗争，坚决打赢脱贫攻坚战。"),
    ("2019-11-20", "党的十九届四中全会是在新中国成立70周年之际召开的，增强“四个意识”、坚定“四个自信”、做到“两个维护”。"),
    ("2020-04-20", "扎实做好“六稳”工作，全面落实“六保”任务，做到早发现、早报告、早隔离、早治疗，坚决打赢新冠肺炎疫情防控的人民战争、总体战、阻击战。"),
    ("2020-11-20", "决胜全面建成小康社会取得决定性成就，协调推进全面建设社会主义现代化国家、全面深化改革、全面依法治国、全面从严治党的战略布局。"),
    ("2021-03-20", "扎实开展党史学习教育，学史明理、学史增信、学史崇德、学史力行，巩固拓展脱贫攻坚成果同乡村振兴有效衔接，常态化开展扫黑除恶斗争。"),
    ("2021-08-01", "我们实现了第一个百年奋斗目标，在中华大地上全面建成了小康社会，历史性地解决了绝对贫困问题，正在意气风发向着全面建成社会主义现代化强国的第二个百年奋斗目标迈进。"),
    ("2021-12-01", "党的十八大以来，以习近平同志为核心的党中央团结带领全党全国各族人民，打赢了脱贫攻坚战，如期全面建成小康社会。"),
    ("2022-04-01", "过去五年，我们坚决打赢脱贫攻坚战，深入开展扫黑除恶专项斗争，扎实开展“不忘初心、牢记使命”主题教育和党史学习教育。"),
    ("2022-11-01", "弘扬伟大建党精神，自信自强、守正创新，踔厉奋发、勇毅前行，务必不忘初心、牢记使命，务必谦虚谨慎、艰苦奋斗，务必敢于斗争、善于斗争。"),
    ("2023-05-10", "扎实开展学习贯彻习近平新时代中国特色社会主义思想主题教育，牢牢把握学思想、强党性、重实践、建新功的总要求。"),
    ("2024-01-10", "去年，我们扎实开展学习贯彻习近平新时代中国特色社会主义思想主题教育，平稳有序实施新冠病毒感染“乙类乙管”。"),
    ("2024-05-20", "扎实开展党纪学习教育，原原本本学习新修订的《中国共产党纪律处分条例》，做到学纪、知纪、明纪、守纪。"),
    ("2025-01-15", "2024年，我们扎实开展党纪学习教育，深入学习贯彻党的二十届三中全会精神，加快发展新质生产力。"),
    ("2025-04-01", "扎实开展深入贯彻中央八项规定精神学习教育，锲而不舍落实中央八项规定精神，着力稳就业、稳企业、稳市场、稳预期。"),
    ("2025-12-01", "深入学习贯彻党的二十届四中全会精神，“十四五”即将收官，“十五五”将是基本实现社会主义现代化夯实基础、全面发力的关键时期。"),
    ("2026-02-02", "“十四五”时期是我省发展历程中极不寻常的五年，我们克服新冠肺炎疫情影响，“十四五”规划主要目标任务基本完成。"),
    ("2026-02-02", "以奋力收官“十四五”、科学谋划“十五五”为牵引，超额完成国家“十四五”找矿目标任务，加快非煤矿产绿色开发。"),
    ("2026-02-02", "五年来，政府自身建设取得新成效。扎实开展党史学习教育、党纪学习教育、深入贯彻中央八项规定精神学习教育。"),
    ("2026-03-20", "扎实开展树立和践行正确政绩观学习教育，深入贯彻党的二十大和二十届历次全会精神。"),
    ("2026-02-02", "必须坚持树立和践行正确政绩观。坚持马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观，全面贯彻习近平新时代中国特色社会主义思想。"),
    ("2026-03-06", "刚刚闭幕的十四届全国人大四次会议审查批准了“十五五”规划纲要，全国政协十四届四次会议同期召开。"),
    ("2026-10-01", "依据《中华人民共和国民法典》《中华人民共和国安全生产法》《信访工作条例》，管行业必须管安全、管业务必须管安全、管生产经营必须管安全。"),
    ("2026-10-01", "深刻把握中国式现代化是人口规模巨大的现代化、全体人民共同富裕的现代化、物质文明和精神文明相协调的现代化、人与自然和谐共生的现代化、走和平发展道路的现代化。"),
    ("2026-10-01", "老张1998年从部队转业，在县国土局工作了二十年；他爱人是市卫计委的退休干部。"),
    ("2026-10-01", "我叫李四，曾在县环保局、县安监局工作，现任县应急管理局局长。"),
    ("2026-10-01", "1949年10月1日，中华人民共和国成立。上海解放后，这条街道开始改造；改革开放以来，群众的思想观念大为解放。"),
    ("2026-10-01", "我们决不能忘记，全面建成小康社会来之不易，脱贫攻坚精神永远激励我们前行。"),
    ("2026-10-01", "防止返贫动态监测，守住不发生规模性返贫底线，原建档立卡贫困户收入稳定增长。"),
    ("2026-10-01", "要把“四下基层”作为制度坚持下去，走好新时代党的群众路线，善用“枫桥经验”，用好“浦江经验”。"),
    ("2026-10-01", "加强政治建设、思想建设、组织建设、作风建设、纪律建设，把制度建设贯穿其中，深入推进反腐败斗争。"),
    ("2026-10-01", "全会审议通过了《中共中央关于进一步全面深化改革、推进中国式现代化的决定》《中共中央关于制定国民经济和社会发展第十五个五年规划的建议》。"),
    ("2026-10-01", "市人大常委会法制工作委员会、《法制日报》、市政府法制机构、高校法制史专业都派人参加。"),
    ("2026-10-01", "富强、民主、文明、和谐是国家层面的价值目标，自由、平等、公正、法治是社会层面的价值取向，爱国、敬业、诚信、友善是公民个人层面的价值准则。"),
    ("2026-10-01", "推动产业、人才、文化、生态、组织“五个振兴”，实现产业振兴、人才振兴、文化振兴、生态振兴、组织振兴。"),
    ("2026-10-01", "提高政治判断力、政治领悟力、政治执行力，一体推进不敢腐、不能腐、不想腐，用好监督执纪“四种形态”。"),
    ("2026-10-01", "国家发展改革委、国家市场监督管理总局、国家金融监督管理总局、中国证监会、国家海洋局北海局、农业部门参加会议。"),
    ("2026-10-01", "村党支部书记、村委会主任要扛起责任，大学生村官要扎下根，建立农村长效管护机制。"),
    ("2026-10-01", "美国环保局、越南农业部、泰国旅游局的客人参加了研讨，中国（清河）国家旅游局域网同步上线。"),
    ("2026-10-01", "市委书记张三、青山县县长李四、清河市市长王五、市市场监管局局长赵六出席，各市市委书记参加。"),
    ("2026-10-01", "新中国成立前夕，党中央提出“两个务必”；党的二十大提出“三个务必”。"),
    ("2026-10-01", "习近平总书记2013年提出共建“一带一路”倡议以来，我市打造“一带一路”战略支点，开行班列。"),
    ("2026-10-01", "贫困不是社会主义。帮助家庭经济困难学生，关心低收入人口。"),
    ("2026-10-01", "这次会议是在“十五五”开局之年召开的；“十四五”期间，我市地区生产总值年均增长6%，将累计投入一百亿元的目标提前实现。"),
]


@pytest.mark.parametrize(("day", "text"), RIGHT)
def test_what_was_said_in_its_day_is_no_fault(day: str, text: str) -> None:
    assert [(f.rule, text[f.start : f.end]) for f in found(text, date.fromisoformat(day)) if f.level != "advice"] == []


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


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        ("县环保局", "renamed-body"),
        ("三个自信", "outdated-formulation"),
        ("《合同法》", "repealed-document"),
        ("残废人", "forbidden-word"),
        ("四个意识", "missing-quotation-marks"),
        ("习总书记", "clipped-title"),
        ("人民当家坐主", "formulation-near-miss"),
        ("政治判断力、政治领悟力、政治理解力。", "replaced-item"),
        ("十八届四中全会作出关于全面深化改革若干重大问题的决定。", "wrong-meeting-deed"),
        ("今年是“十四五”开局之年。", "plan-year"),
        ("以毛泽东思想、“三个代表”重要思想、科学发展观为指导。", "guiding-thought"),
    ],
)
def test_a_line_of_one_word_over_and_over_is_read_in_its_length(piece: str, name: str) -> None:
    """Nothing is gone through again for every hit: a line of 50,000 characters would not come to an end."""
    many = 50_000 // len(piece)
    assert len(found(piece * many, rules=[name])) == many


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


def test_a_users_entry_may_silence_a_shipped_one(home: Path) -> None:
    assert [f.rule for f in found("三家单位亲自部署。")] == ["careful-word"]
    (home / "own.yml").write_text("groups:\n- kind: careful\n  forms:\n  - form: 亲自\n    level: off\n", encoding="utf-8")
    assert found("三家单位亲自部署。") == []


AMENDED = """\
checked: 2026-11-01
name: 清河市委办提法表
groups:
  - source: 清河市委办〔2026〕9号
    forms:
      - form: “两个维护”
        wrong:
          - 双维护 → “两个维护”
      - form: 新质生产力
        to: 2026-06-30
        now: 新型清河生产力
"""


def test_a_users_entry_adds_to_a_shipped_one_ends_it_and_keeps_the_rest(home: Path) -> None:
    (home / "own.yaml").write_text(AMENDED, encoding="utf-8")
    entry = next(e for e in book().entries if e.form == "“两个维护”")
    assert len(entry.items) == 2
    assert ("双维护", "“两个维护”") in entry.wrong
    assert len(entry.wrong) > 1
    assert [(f.rule, f.instead) for f in found("要做到双维护。")] == [("wrong-formulation", "“两个维护”")]
    told = found("加快发展新质生产力。")
    assert [(f.rule, f.instead) for f in told] == [("outdated-formulation", "新型清河生产力")]
    assert told[0].message.endswith("出处：本单位的“清河市委办提法表”，清河市委办〔2026〕9号。")
    assert found("加快发展新质生产力。", date(2026, 6, 1)) == []


def test_the_name_of_a_users_table_and_its_day_are_told(home: Path) -> None:
    (home / "own.yaml").write_text(AMENDED, encoding="utf-8")
    assert "；本单位的“清河市委办提法表”核对到 2026-11-01。" in known().said()


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


OLD = (
    "同志们：",
    "这次会议的主要任务是总结工作、部署任务。全县上下要更加紧密地团结在以习近平同志为总书记的党中央周围，为全面建成小康社会而努力奋斗。",
    "要坚决打赢脱贫攻坚战，确保贫困人口一户不落、一人不少。" + "各乡镇、各部门要把责任扛在肩上，把任务抓在手里，把办法用在点子上。" * 8,
)


@pytest.mark.parametrize(
    ("lines", "dated", "hidden"),
    [
        (OLD, False, True),
        (OLD, True, False),
        ((*OLD, "要加快发展新质生产力。"), False, False),
        (OLD[:2], False, False),
        ((*OLD, "这是2024年以来的第三次会议。"), False, False),
    ],
    ids=["an old speech", "a day told", "a form of later", "a short text", "a year of later"],
)
def test_a_text_that_names_no_day_and_is_of_one_earlier_day_is_taken_for_an_old_speech(
    lines: tuple[str, ...], dated: bool, hidden: bool
) -> None:
    speech = Speech(tuple(map(Line, lines)), date(2026, 11, 22), dated=dated)
    found = run(speech, ("outdated-formulation", "finished-task"))
    assert found
    assert all(f.level == "advice" for f in found) is hidden


# ── listed ─────────────────────────────────────────────────────────────────────────────────────────────────────────

LISTED = """\
checked: 2026-11-01
name: 清河市委办提法表
groups:
- source: 清河市委办〔2026〕9号
  theme: 清河
  forms:
  - form: “三个清河”
    from: 2026-01
    items: 实力清河、美丽清河、幸福清河
    wrong:
    - 三座清河
  - form: 工业立市
    to: 2025-12-31
    now: 产业强市
    confidence: unsure
"""


#: A terminal of 80 columns.
NARROW = {"COLUMNS": "80"}


def test_the_entries_of_a_theme_are_listed_with_their_days_and_sources(run: Run, tmp_path: Path) -> None:
    (tmp_path / "formulations").mkdir()
    (tmp_path / "formulations" / "own.yaml").write_text(LISTED, encoding="utf-8")
    assert run("check", "--formulations", "清河", env=NARROW).stdout == f"""\
清河（2 条）
  “三个清河”                                                       2026-01-01 起
    各项：实力清河、美丽清河、幸福清河
    错：三座清河
    出处：本单位的“清河市委办提法表”，清河市委办〔2026〕9号
  工业立市                                                         到 2025-12-31
    现在说：产业强市
    出处：本单位的“清河市委办提法表”，清河市委办〔2026〕9号
    拿不准，只作建议

{known().said()[:-1]}；本单位的“清河市委办提法表”核对到 2026-11-01。
"""


def test_without_a_word_the_themes_are_listed_and_programs_get_every_entry(run: Run) -> None:
    rows = run("check", "--formulations").stdout.splitlines()
    assert len(rows) < 30
    assert any(re.fullmatch(r"党的建设 +\d+ 条", row) for row in rows)
    told = json.loads(run("check", "--formulations", "--json").stdout)["result"]
    assert len(told["entries"]) == len(book().entries) == sum(theme["entries"] for theme in told["themes"])


def test_several_words_are_all_to_be_there_and_quotation_marks_do_not_count(run: Run) -> None:
    told = json.loads(run("check", "--formulations", "“四个意识”", "两个维护", "--json").stdout)["result"]["entries"]
    assert told
    assert all("四个意识" in str(entry).replace("“", "") and "两个维护" in str(entry) for entry in told)


def test_a_word_in_no_formulation_is_told_with_the_themes(run: Run) -> None:
    done = run("check", "--formulations", "没有的词")
    assert done.returncode == 2
    assert done.stderr.startswith("没有“没有的词”的提法。\n  主题有：")


def test_no_line_of_the_list_is_wider_than_the_terminal(run: Run) -> None:
    for row in run("check", "--formulations", "用词", env=NARROW).stdout.splitlines():
        assert columns(row.rstrip("，。；：、！？）”》〕")) <= 80
