"""What `new` says and asks on a terminal before it writes: the tour, which outline, which requirements, the questions; and
the line that goes on from where it was left."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from drafter.commands.keeping import Conversation, answers_file, is_same
from drafter.commands.new.result import NewRequest, kind_of
from drafter.commands.next_step import as_typed
from drafter.commands.opening import moment
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.answers import Settled, from_options
from drafter.outline.field import Field, Value


def without_new_file(request: NewRequest) -> NewRequest:
    """The request without an answers file that is not there yet, where that is the one the answers are to be kept in."""
    missing = request.save_answers and request.answers and not os.path.lexists(request.answers)
    return request._replace(answers="") if missing and is_same(request.save_answers, request.answers) else request


def tour(request: NewRequest) -> None:
    """Tell who is here for the first time what will happen."""
    if not (request.tour and request.interactive):
        return
    from drafter.commands.prompt import printed, wrapped
    from drafter.commands.prompt.tour import first_lines

    if lines := first_lines(request.output, kind_of(request), len(request.outlines), request.force):
        printed([("class:dim", "\n".join(wrapped(line, "") for line in lines) + "\n")])


def conversation(request: NewRequest, to_ask: Mapping[str, Field], settled: Settled, today: date) -> Conversation:
    """What asks these fields, and keeps what is said. Raises Rejected where that could not be kept as it is wished."""
    file = None
    if request.save_answers:
        by_hand = {name: settled.values[name] for name in from_options(request.sets) if name in settled.values}
        file = answers_file(request.save_answers, request.answers, by_hand, request.force, today, to_ask)
    return Conversation(
        fields=to_ask,
        settled=settled,
        today=today,
        file=file,
        proposed=f"{Path(request.outlines[0]).stem}-回答.yaml",
        line=lambda answers: _line(request, settled.values, answers),
        begun=request.chosen,
    )


def _line(request: NewRequest, values: Mapping[str, Value], answers: str) -> str:
    """A command that asks for the same with a file of answers, as it can be typed. A day told from today is told by its
    date."""
    out = ["drafter", "new", *(word for name in request.outlines for word in ("-O", name))]
    for name, typed in from_options(request.sets).items():
        value = values.get(name)
        out += ["--set", f"{name}={value.isoformat() if isinstance(value, date) else typed.said}"]
    keep = answers or request.save_answers
    for option, value_said in (
        ("--answers", answers or request.answers),
        ("--save-answers", keep),
        ("-o", request.output),
        ("--to", request.to),
        ("--template", request.template),
        ("--pick", ",".join(request.choice.names)),
        ("--headings", request.choice.form),
        ("--date", request.date and moment(request.date).date().isoformat()),
    ):
        out += [option, value_said] if value_said else []
    flags = {
        "--brief": request.choice.brief,
        "--plain": request.plain,
        "--no-comments": request.without_comments,
        "--strict": request.strict,
        "--force": request.force,
    }
    return " ".join(map(as_typed, [*out, *(flag for flag, meant in flags.items() if meant), *request.more]))


def with_choices(request: NewRequest) -> NewRequest:
    """The request with its outlines and requirements, picked on the terminal where it leaves them open. Raises Rejected
    where nobody is there to ask; KeyboardInterrupt where the writer gives up."""
    if request.choose and not request.interactive:
        raise Rejected(Diagnostic("--choose 要在终端里挑选，这里没有人可以问。用 --pick 名称,名称 直接写。", code="nobody-to-ask"))
    if not request.outlines:
        from drafter.commands.nearby import pick_outline

        tour(request)
        request = request._replace(outlines=(pick_outline(request.interactive),), chosen=True)
    elif request.interactive:
        from drafter.commands.nearby import name_meant

        request = request._replace(outlines=tuple(name_meant(name, interactive=True) for name in request.outlines))
    if request.choose:
        from drafter.commands.nearby import pick_requirements
        from drafter.commands.picking import PicksLeft

        try:
            names, broken_off = pick_requirements(request.outlines), False
        except PicksLeft as left:
            names, broken_off = left.names, True
        request = request._replace(choice=request.choice._replace(names=names), chosen=True)
        if broken_off:
            again = f"接着写：{_line(request, {}, '')}"
            raise Rejected(Diagnostic("停下了，没有写文件。", None, again, code="interrupted"), exit_code=130)
    return request
