"""The outline a writer starts from: one of each thing the language knows, with remarks for people."""

from drafter.outline.blank import text_of
from drafter.outline.dump import dump
from drafter.outline.field import Field
from drafter.outline.model import Outline, Requirement, Section, condition_of
from drafter.outline.yaml import Source
from drafter.speech.numbering import Numbering

_REMARKS: dict[tuple[str | int, ...], tuple[str, ...]] = {
    ("numbering",): ("照第一条的样子写序号，一行一级：一、 （一） 1. 一要 一是 第一，",),
    ("fields",): ("要填的空。冒号左边是名称，文中写【名称】；右边是问题。",),
    ("speech",): ("讲话的各个部分，按先后次序。",),
    ("speech", 2): ("几段文字写在“|”下面，段与段之间空一行。",),
    ("speech", 3): ("有条件的部分写上 when，条件不成立就不写出来。",),
}

_FIELDS = (
    Field("会议名称", "会议全称是什么？", example="全市政务信息工作会议"),
    Field("讲话人", "谁讲话？"),
    Field("讲话人职务", "讲话人是什么职务？"),
    Field("日期", "哪一天讲？", type="date"),
    Field("有上级要求", "要不要传达上级会议精神？", type="yes/no", default="否"),
    Field("上级会议", "上级会议的全称是什么？", when=condition_of("有上级要求")),
)


def starter(name: str) -> str:
    """The file of a new outline of this name."""
    nowhere = Source("", "")
    head = (name, f"汉字都可以改；英文词（冒号左边）请不要动。改坏了，drafter outlines check {name} 会告诉您在第几行。")
    outline = Outline(
        title=text_of("在【会议名称】上的讲话"),
        dateline=text_of("（【日期】）"),
        byline=text_of("【讲话人职务】　【讲话人】"),
        about="用在什么场合，一句话",
        genre="讲话",
        numbering=(Numbering.from_sample("一、"), Numbering.from_sample("（一）")),
        template="",
        fields={field.name: field for field in _FIELDS},
        speech=_speech(),
        source=nowhere,
        sources=(nowhere,),
    )
    return dump(outline, {(): head, **_REMARKS})


def _speech() -> tuple[Section, ...]:
    def part(kind: str, words: str) -> Section:
        return Section(kind, (text_of(words),))

    def requirement(heading: str, *points: Requirement) -> Requirement:
        return Requirement(text_of(heading), (text_of("……"),), points)

    return (
        part("greeting", "同志们："),
        Section("opening", (text_of("今天召开【会议名称】，主要任务是……"), text_of("刚才，……作了发言，讲得都很好。"))),
        part("situation", "日前，【上级会议】作出了部署……")._replace(
            when=condition_of("有上级要求"), note="note 是给写稿人看的提醒，不会印出来。"
        ),
        part("lead", "下面，我讲几点意见。"),
        Section(
            "requirements",
            items=(
                requirement("提高认识，把准方向"),
                requirement("突出重点，抓好落实", requirement("压实责任"), requirement("严格督查")),
            ),
        ),
        part("closing", "同志们，……"),
    )
