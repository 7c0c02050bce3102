"""Nobody says what only another may: every shipped outline, spoken by every rank it allows and by some it does not think
of, in every register and with every opening."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from spoken_by import POST_OF, contradictions

from drafter.chinese.ranks import (
    DEPARTMENT_HEAD,
    DISCIPLINE_HEAD,
    IN_CHARGE,
    PARTY_DEPUTY,
    PARTY_HEAD,
    SCHOOL_HEAD,
    STATE_HEAD,
    rank_of,
)
from drafter.outline.answers import examples
from drafter.outline.field import Value
from drafter.outline.fill import fill
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.shelf import load, read_source
from drafter.template.layout import words_of

DAY = date(2026, 11, 29)
SHIPPED = sorted((Path(__file__).parent.parent / "outlines").glob("*.yaml"))

#: Who speaks where an outline has not thought of him.
ANYBODY = (PARTY_HEAD, STATE_HEAD, DISCIPLINE_HEAD, PARTY_DEPUTY)

#: The fields by whose choices the words differ most.
MANNERS = ("文风", "开头", "过渡", "结尾")

#: Who heads a place below: what a pledge is made to is above him.
BELOW = {PARTY_HEAD: "青山县委书记", STATE_HEAD: "青山县委副书记、县长"}


def speakers(outline: Outline) -> Iterator[tuple[str, str]]:
    """The capacities an outline is to be spoken in, each with a post; where it has no words for different ones, that of
    its example."""
    rank, post = outline.fields.get("讲话人身份"), outline.fields.get("讲话人职务")
    if post is None or "主持" in outline.genre:
        return  # nobody can say who speaks, or it is spoken by who leads the meeting
    known = rank_of(post.example) if post.example else ""
    if rank is None or not rank.choices:
        yield from [(known, post.example)] if known else []
        return
    posts = POST_OF | (BELOW if "表态" in outline.genre else {}) | ({known: post.example} if known else {})
    for choice in dict.fromkeys((*rank.choices, *(r for r in ANYBODY if "表态" not in outline.genre))):
        yield choice, posts[choice]


def said(outline: Outline, rank: str, post: str) -> Iterator[tuple[str, str]]:
    """What is said, in every manner, and by what name."""
    manners = {name: outline.fields[name].choices for name in MANNERS if name in outline.fields and outline.fields[name].choices}
    others = {name: True for name, field in outline.fields.items() if field.type == "yes/no"}
    for chosen in product(*manners.values()):
        given: dict[str, Value] = {"讲话人职务": post, **dict(zip(manners, chosen, strict=True))}
        if "讲话人身份" in outline.fields and rank in outline.fields["讲话人身份"].choices:
            given["讲话人身份"] = rank
        answers = {**examples(outline.fields, DAY, given), **given}
        if "讲话人身份" in answers and "讲话人身份" not in given:
            del answers["讲话人身份"]
            answers |= {n: v for n, v in examples(outline.fields, DAY, answers).items() if n == "讲话人身份"}
        if rank == PARTY_HEAD:  # the secretary of the examples is another person, who is not the secretary then
            answers = {n: v.replace("市委书记", "市委副书记") if n != "讲话人职务" and isinstance(v, str) else v for n, v in answers.items()}
        draft = fill(outline, {**answers, **others})
        yield "\n".join(words_of(part) for part in draft.parts), str(answers.get("讲话人", ""))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_nobody_says_what_only_another_may(path: Path) -> None:
    outline = parse(read_source(path)[0], load)[0]
    wrong = {
        (rank, told)
        for rank, post in speakers(outline)
        for text, name in said(outline, rank, post)
        for told in contradictions(text, rank, post, "" if "主持人" in outline.fields else name)
    }
    assert not wrong


@pytest.mark.parametrize(("rank", "sentence"), [
    (STATE_HEAD, "我是全市安全生产第一责任人。"),
    (PARTY_DEPUTY, "市委书记是第一责任人，这个责任我来扛。"),
    (DISCIPLINE_HEAD, "作为市委书记，我首先作检查。"),
    (STATE_HEAD, "改作风，先从市委改起。"),
    (PARTY_DEPUTY, "要从我做起，从市委常委会做起。"),
    (IN_CHARGE, "我这个书记要带好头。"),
    (STATE_HEAD, "我代表市委常委会向全会报告工作。"),
    (PARTY_HEAD, "作为市长，我向大家保证。"),
    (PARTY_DEPUTY, "我代表市人民政府，向大会报告工作。"),
    (PARTY_HEAD, "现在，我代表市人民政府，向各位代表报告工作。"),
    (STATE_HEAD, "我代表市纪委常委会向全会作工作报告。"),
    (PARTY_HEAD, "受市委委托，我来宣布一个决定。"),
    (STATE_HEAD, "我分管安全生产工作。"),
    (PARTY_HEAD, "请市委、市政府放心，我们一定完成任务。"),
    (PARTY_HEAD, "市委书记李卫国同志强调，要守住底线。"),
    (STATE_HEAD, "刚才，市委书记李卫国同志的讲话讲得很好。"),
    (PARTY_DEPUTY, "书记的讲话高屋建瓴，大家要认真学习。"),
    (IN_CHARGE, "省委领导同志的讲话讲得很精彩。"),
    (PARTY_HEAD, "下面，请李卫国同志讲话。"),
])
def test_what_only_another_may_say_is_told(rank: str, sentence: str) -> None:
    assert list(contradictions(sentence, rank, POST_OF[rank], "李卫国"))


@pytest.mark.parametrize(("rank", "post", "sentence"), [
    (PARTY_HEAD, "市委书记", "作为市委书记，我是全市安全生产第一责任人。"),
    (DEPARTMENT_HEAD, "市水务局党组书记、局长", "我是局里安全生产第一责任人。"),
    (SCHOOL_HEAD, "市第一中学党委书记、校长", "作为党委书记，我向大家作出承诺。"),
    (STATE_HEAD, "市委副书记、市长", "各级党政主要负责同志是安全生产第一责任人。"),
    (STATE_HEAD, "市委副书记、市长", "市委书记李卫国同志的讲话，我完全赞成。"),
    (PARTY_DEPUTY, "市委副书记", "受市委委托，我来宣布一个决定。"),
    (IN_CHARGE, "副市长", "我分管安全生产工作，失察之责在我。"),
    (PARTY_HEAD, "青山县委书记", "请市委、市政府放心，我们一定完成任务。"),  # he is one below
    (PARTY_HEAD, "市委书记", "我代表市委、市政府，向大家表示感谢。"),
    (DISCIPLINE_HEAD, "市委常委、市纪委书记、市监委主任", "我代表市纪委常委会向全会作工作报告。"),
    (PARTY_HEAD, "市委书记", "刚才，市长讲了，我都赞成。"),
    (IN_CHARGE, "市委常委、秘书长", "请各县（市、区）委书记带头抓落实。"),
])
def test_what_one_may_say_is_not(rank: str, post: str, sentence: str) -> None:
    assert list(contradictions(sentence, rank, post, "王秀兰")) == []
