"""The talk about last year's paper: fact by fact what it said, and what it says this year."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from drafter.analysis.proposals import propose
from drafter.analysis.renewal import OldPaper, Question, standing_fact
from drafter.commands.keeping import KEEP
from drafter.commands.opening import DEFAULT_TEMPLATE, blocks_of, open_template
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.answers import to_yaml
from drafter.outline.field import Field, Unfit, Value, read
from drafter.outline.fill import fill
from drafter.revise.last_year import left_in
from drafter.speech.draft import plain
from drafter.speech.last import CALLED


class Stopped(Rejected):
    """The writer gave up. `answers` are those given so far, `half` what else was half typed; `gone`: nobody is at the terminal."""

    def __init__(self, answers: Mapping[str, Value], half: Mapping[str, str], gone: bool) -> None:
        said = to_yaml(answers).rstrip()
        super().__init__(Diagnostic(f"停下了，没有写文件。{KEEP}", None, said, code="interrupted"), exit_code=130)
        self.answers, self.half, self.gone = answers, half, gone


def asked(paper: OldPaper, values: Mapping[str, Value], blank: frozenset[str], today: date) -> dict[str, Value]:
    """The answers with those the writer gives now. Raises Rejected with the answers so far where he gives up."""
    questions = {q.name: q for q in paper.asked.questions if q.name not in blank}

    def proposed(name: str, answers: Mapping[str, Value | None]) -> str:
        return propose(questions[name].fact, paper.asked.calendar_by({**values, **answers})).value or ""

    fields = [_put(question, list(questions.values())) for question in questions.values()]
    was = {name: question.fact.value for name, question in questions.items()}
    def bare(name: str, typed: str) -> str:
        return questions[name].bare(typed)

    return talked(fields, values, today, f"续写：{plain(paper.draft.title) or paper.name}", was, proposed, bare)


def asked_on(paper: OldPaper, values: dict[str, Value], today: date) -> tuple[OldPaper, dict[str, Value]]:
    """What is no blank and stands as it was, asked too where the writer wants to see it now: words he gives anew are a
    blank from now on, those he says stay are confirmed, the others are left for later."""
    from drafter.commands.picking import choose

    left = left_in(blocks_of(fill(paper.outline, values), open_template(DEFAULT_TEMPLATE)), paper.last)
    later, now = "以后再看：写好时列出来，drafter check 会一处处指出来", f"现在一样一样看，{len(left)} 样"
    if not left or choose(f"上年的话还有 {len(left)} 样照原样留着。", [("now", now), ("later", later)]) != "now":
        return paper, values
    facts = {one.words: standing_fact(one.words, one.kind, one.sentence) for one in left}
    calendar = paper.asked.calendar_by(values)

    def proposed(name: str, answers: Mapping[str, Value | None]) -> str:
        found = propose(facts[name], calendar)
        return "" if found.same else found.value or ""

    fields = [
        Field(words, f"〔{CALLED.get(fact.kind, '其他')}〕留着上年的“{words}”", f"{fact.sentence}\n不变打 =，改就打新的，回车以后再看。")
        for words, fact in facts.items()
    ]
    was = {words: words for words in facts}
    said = talked(fields, {}, today, "上年留下的话", was, proposed, left="样照原样留着，以后再看。", before=values)
    same = [words for words, answer in said.items() if answer == words]
    paper = paper.kept(same).with_blanks([words for words in said if words not in same])
    return paper, values | {paper.blank_of(w): answer for w, answer in said.items() if w not in same}


def talked(
    fields: Sequence[Field],
    values: Mapping[str, Value],
    today: date,
    title: str,
    was: Mapping[str, Value],
    proposed: Callable[[str, Mapping[str, Value | None]], str],
    bare: Callable[[str, str], str] = lambda name, typed: typed,
    left: str = "个空先不填，文件里会标出来。",
    before: Mapping[str, Value] = {},
) -> dict[str, Value]:
    """The answers of a talk. Raises Rejected with those given so far where the writer gives up, and with those of the talk
    `before`; what is no blank and stays is said by “=”."""
    from drafter.commands.asking import GivenUp, Offers, ask_all

    try:
        return ask_all(fields, values, today=today, title=title, offers=Offers(was, proposed, bare, left)).values
    except GivenUp as stopped:
        now = {name: "=" if name not in values and said == name else said for name, said in stopped.answers.items()}
        given = {**before, **values, **now}
        if not given and not stopped.half:
            raise
        raise Stopped(given, stopped.half, stopped.gone) from None


def _put(question: Question, questions: Sequence[Question]) -> Field:
    """The field of a question as it is put on the terminal: of which group it is, what was, in which sentence."""
    group = [q for q in questions if q.fact.kind == question.fact.kind]
    head = f"〔{CALLED.get(question.fact.kind, '其他')} {group.index(question) + 1}/{len(group)}〕【{question.name}】"
    told = "；".join(filter(None, (question.proposed.why, question.fact.field.help)))
    sentence = question.fact.sentence
    return question.fact.field._replace(
        ask=f"{head}上年是“{question.was}”", help="\n".join(filter(None, (sentence, told))), example=""
    )


def accepted(
    paper: OldPaper, values: Mapping[str, Value], blank: frozenset[str], today: date
) -> tuple[dict[str, Value], frozenset[str]]:
    """The proposals as answers where there are none, and the names of those that say the same as last year."""
    out: dict[str, Value] = {}
    taken: set[str] = set()
    for question in paper.asked.proposed(values):
        name, proposed = question.name, question.proposed
        if proposed.value is None or name in values or name in blank:
            continue
        try:
            out[name] = question.fact.value if proposed.same else read(question.fact.field, proposed.value, today)
        except Unfit:
            continue
        if proposed.same:
            taken.add(name)
    return out, frozenset(taken)
