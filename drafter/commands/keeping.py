"""The answers of a conversation, kept for next time: in the file the writer has named, in one he is offered, or at least
on the screen."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.next_step import as_typed
from drafter.commands.saving import Output, check, free, save_all
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.answers import Settled, saved, to_yaml
from drafter.outline.answers_file import answers_in, as_file, grown
from drafter.outline.asked import may_be_asked
from drafter.outline.field import Field, Unfit, Value, read
from drafter.outline.yaml import Source, decode

if TYPE_CHECKING:
    from drafter.commands.asking import GivenUp

#: What stands above answers that would else be lost.
KEEP = "您刚才的回答如下，可以存成文件，下次用 --answers 文件名 接着用："

#: Files of answers, by their endings.
_ENDINGS = (".yaml", ".yml", ".json")


class SaidSoFar(NamedTuple):
    """What was said of these fields so far: the answers, the names that are to have none, and what was half typed; what
    there was of a long text is among the answers too. `listed`: the file says what is still to be asked."""

    fields: Mapping[str, Field]
    values: Mapping[str, Value]
    blank: frozenset[str]
    half: Mapping[str, str] = {}
    listed: bool = True

    def unanswered(self) -> list[Field]:
        """The fields that are to be asked next time."""
        return [
            field
            for name, field in self.fields.items()
            if name not in self.values and name not in self.blank and may_be_asked(field, self.values)
        ]


class AnswersFile(NamedTuple):
    """Where answers go. `source` and `raw` are what was read of it, where it is the file the answers came from: then what
    stands in it stays; None and b"" for one that is written anew."""

    path: str
    force: bool = False
    source: Source | None = None
    raw: bytes = b""

    def output(self, said: SaidSoFar, today: date) -> Output:
        """The file with what was said."""
        unanswered = said.unanswered() if said.listed else []
        if self.source is None:
            return Output(Path(self.path), as_file(self.path, said.values, said.blank, unanswered).encode(), self.force, option="--save-answers")
        return Output(Path(self.path), self._grown(self.source, said, unanswered, today).encode(), force=True, was=self.raw)

    def _grown(self, source: Source, said: SaidSoFar, unanswered: list[Field], today: date) -> str:
        before = answers_in(source)
        now = saved(said.values, said.blank)
        news = {name: form for name, form in now.items() if name not in before or not _says(before[name].said, name, said, today)}
        return grown(source, news, unanswered)


def answers_file(path: str, answers: str, sets: Mapping[str, Value], force: bool, today: date, fields: Mapping[str, Field]) -> AnswersFile:
    """Where `--save-answers` sends what is said; `answers` is the file they came from, and may be the same; `sets` are those
    given by hand. Raises Rejected for what can be seen beforehand: it would cost the writer the answers."""
    if not (answers and is_same(path, answers)):
        if os.path.lexists(path) and not force:
            other_name = as_typed(free(Path(path)))
            hint = f"接着它答：--answers {as_typed(path)}；另存一份：--save-answers {other_name}；要覆盖：--force"
            raise Rejected(Diagnostic(f"{path} 已经有了。", None, hint, code="file-exists"))
        check(Path(path), force=force, option="--save-answers")
        return AnswersFile(path, force)
    raw = shelf.read_bytes(Path(path))
    source = decode(raw, path)[0]
    said = SaidSoFar(fields, sets, frozenset())
    other = [name for name, typed in answers_in(source).items() if name in sets and not _says(typed.said, name, said, today)]
    if other and not force:
        told = f"{path} 里的{'、'.join(f'【{name}】' for name in other)}和 --set 给的不一样，存进去就换掉了。"
        hint = "换掉：加 --force；另存一份：--save-answers 换个文件名。"
        raise Rejected(Diagnostic(told, Place(path), hint, code="answers-would-change"))
    return AnswersFile(path, force, source, raw)


def is_same(path: str, other: str) -> bool:
    """Whether two names are of one file, or of one that is not there yet."""
    if os.path.exists(path) and os.path.exists(other):
        return os.path.samefile(path, other)
    return os.path.abspath(path) == os.path.abspath(other)


def _says(typed: str | tuple[str, ...], name: str, said: SaidSoFar, today: date) -> bool:
    """Whether an answer of a file is still what is said."""
    if not any(map(str.strip, (typed,) if isinstance(typed, str) else typed)):
        return name in said.blank
    try:
        return name in said.values and name in said.fields and read(said.fields[name], typed, today) == said.values[name]
    except Unfit:
        return False


# ── what becomes of them ───────────────────────────────────────────────────────────────────────────────────────────


class Conversation(NamedTuple):
    """The questions of a command, and what becomes of their answers: nothing that was said is lost. `settled` is what is
    known of the `fields` before; `file` is None where nobody has named one, and the writer is offered one of the name
    `proposed`; `line` is the command that goes on with a file of answers, "" for none; `begun`: something was picked
    before, which that line says."""

    fields: Mapping[str, Field]
    settled: Settled
    today: date
    file: AnswersFile | None
    proposed: str
    line: Callable[[str], str]
    begun: bool = False

    @property
    def waits(self) -> bool:
        """Whether anything is to be asked."""
        return bool(SaidSoFar(self.fields, self.settled.values, self.settled.blank).unanswered())

    def held(self, title: str) -> tuple[dict[str, Value], Settled]:
        """The answers with those the writer gives now, and what is to have none. Raises Rejected where he gives up."""
        from drafter.commands.asking import GivenUp, ask_all

        settled = self.settled
        blank = settled.blank & self.fields.keys()
        try:
            answered, empty = ask_all(
                [*self.fields.values()], dict(settled.values), today=self.today, title=title, empty=blank
            )
        except GivenUp as left:
            raise Rejected(*self._stopped(left), exit_code=130) from None
        values = {name: answered[name] for name in self.fields if name in answered}
        changed = {name for name, value in settled.values.items() if name in self.fields and values.get(name) != value}
        remarks = tuple(remark for remark in settled.remarks if not any(f"【{name}】" in remark.message for name in changed))
        return values, settled._replace(blank=settled.blank - blank | empty, remarks=remarks)

    def _stopped(self, left: "GivenUp") -> tuple[Diagnostic, ...]:
        if not (left.answers or left.empty or left.half):
            again = f"重新来：{self.line('')}" if self.begun else ""
            return (Diagnostic("停下了，没有写文件。", None, again, code="interrupted"),)
        known = {name: value for name, value in self.settled.values.items() if name not in left.empty}
        blank = self.settled.blank - left.answers.keys() | left.empty
        said = SaidSoFar(self.fields, known | left.answers, blank, left.half)
        count = len(left.answers) + len(left.empty)
        return given_up(said, self.file or wanted(self.proposed, count, left.gone), self.line, self.today)

    def saved(self, values: Mapping[str, Value], blank: frozenset[str]) -> list[Output]:
        """The file of answers, where one was named."""
        return [self.file.output(SaidSoFar(self.fields, values, blank), self.today)] if self.file else []

    def kept(self, values: Mapping[str, Value], blank: frozenset[str]) -> tuple[Diagnostic, ...]:
        """What is to be said of the answers where the speech could not be written."""
        return _kept(SaidSoFar(self.fields, values, blank), self.file, self.line, self.today, stopped=False)


def wanted(proposed: str, count: int, gone: bool) -> AnswersFile | None:
    """The file the writer wants so many answers in, of those that were not to be kept; where he is `gone` the one
    proposed. None for none."""
    name = _untaken(proposed)
    name = name if gone else offered(count, name) if count else ""
    return AnswersFile(name) if name else None


def given_up(said: SaidSoFar, file: AnswersFile | None, line: Callable[[str], str], today: date) -> tuple[Diagnostic, ...]:
    """What is to be said to a writer who gave up."""
    return _kept(said, file, line, today, stopped=True)


def _kept(
    said: SaidSoFar, file: AnswersFile | None, line: Callable[[str], str], today: date, *, stopped: bool
) -> tuple[Diagnostic, ...]:
    """Where the answers are now, and the line that goes on with them; or the answers themselves, where they could not be
    kept. `stopped`: the writer gave up."""
    code = "interrupted" if stopped else "answers-kept"
    typed = {name: words for name, words in said.half.items() if name not in said.values}
    loose = [Diagnostic(f"【{name}】正写着，没有算：", None, words, code=code) for name, words in typed.items()]
    path, trouble = _written(said, file, today) if file else ("", ())
    if not path:
        whole = to_yaml(said.values, said.blank).rstrip()
        kept = Diagnostic(KEEP, None, whole, code="answers-kept")
        if stopped:
            kept = Diagnostic(f"停下了，没有写文件。{KEEP}", None, whole, code="interrupted")
        return (*trouble, kept, *loose)
    begun = [f"【{name}】写到一半，也存了；要改，在文件里改。" for name in said.half if name in said.values]
    told = "\n".join([*begun, f"{'接着答' if stopped else '接着写'}：{line(path)}"])
    saved_in = Diagnostic(f"答过的存在：{path}", None, told, code="answers-kept")
    if stopped:
        saved_in = Diagnostic(f"停下了，没有写文件。答过的存在：{path}", None, told, code="interrupted")
    return (saved_in, *loose)


def _written(said: SaidSoFar, file: AnswersFile, today: date) -> tuple[str, tuple[Diagnostic, ...]]:
    """The file written, beside it where somebody else has one of that name now; "" and why, where none could be."""
    trouble: tuple[Diagnostic, ...] = ()
    for way in (file, AnswersFile(_untaken(file.path))):
        try:
            save_all([way.output(said, today)])
            return way.path, ()
        except Rejected as error:
            trouble = trouble or error.diagnostics
    return "", trouble


def _untaken(path: str) -> str:
    """The name, or the first with a number that nobody has taken."""
    return str(free(Path(path))) if os.path.lexists(path) else path


def offered(count: int, proposed: str) -> str:
    """The name of a file the writer wants his answers in, "" for none. Raises nothing: where he has gone meanwhile it is
    the name proposed."""
    from drafter.commands.prompt import name_of, printed
    from drafter.startup import HungUp, hangup_heard

    printed([("", f"停下了。答过的 {count} 个，存下来吗？"), ("class:dim", "回车就存；Ctrl-C 不存。")])
    try:
        with hangup_heard():
            name = name_of(proposed, _good, "文件名：")
    except HungUp:
        return proposed
    if name is None:
        return ""
    return name if name.lower().endswith(_ENDINGS) else f"{name}.yaml"


def _good(name: str) -> bool | str:
    """Whether answers can go into a file of that name; why not, where they cannot."""
    name = name.strip()
    if not name:
        return "写一个文件名；不存，按 Ctrl-C。"
    path = name if name.lower().endswith(_ENDINGS) else f"{name}.yaml"
    try:
        check(Path(path))
    except Rejected as error:
        return error.diagnostics[0].message
    return True
