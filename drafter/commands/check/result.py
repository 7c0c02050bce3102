"""What `check` has found over all files; for people and for programs."""

from collections.abc import Mapping
from textwrap import indent
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.check.checked import CheckedFile, CheckedFileData, basis_told
from drafter.commands.check.request import CheckRequest
from drafter.commands.check.tally import CheckTally
from drafter.commands.machine import dumped
from drafter.diagnostic import Diagnostic

if TYPE_CHECKING:
    from drafter.check.report import Remark
    from drafter.check.sarif import LoggedFinding
    from drafter.check.tables.known import Known
    from drafter.commands.next_step import Ending


class CheckResult(NamedTuple):
    """What `check` found, file by file; `known` is what the tables of formulations know, `annotated` the file with
    comments, "" for none; `since` says that a base draft was looked at too, `dry_run` that nothing was written. `left`
    are files nobody wanted to go through any more. `heard` counts the files where they were only heard of, one by one, and
    `files` is (); `named` is how many there were before those of other machines were left out; `above` is what settings in a
    folder above the files change, and that links to folders were not followed."""

    files: tuple[CheckedFile, ...]
    known: "Known"
    annotated: str = ""
    since: bool = False
    dry_run: bool = False
    left: tuple[str, ...] = ()
    request: CheckRequest = CheckRequest(())
    heard: CheckTally | None = None
    named: int = 0
    unsaved: Mapping[str, bytes] = {}
    above: tuple[Diagnostic, ...] = ()

    @property
    def findings(self) -> "tuple[Remark, ...]":
        """The findings of all files, each where it stands."""
        return tuple(remark for file in self.files for remark in file.remarks)

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    @property
    def tally(self) -> CheckTally:
        """All there is to say of all files."""
        return self.heard or CheckTally.of(self.files, self.known, self.dry_run)

    def ending(self) -> "Ending":
        """The files changed or written, and what most people do next: what is safe put right, the looks, the rest."""
        from drafter.commands.check.ending import ending_of, scope_of

        if self.unsaved:
            from drafter.commands.next_step import Ending, in_memory

            return Ending((), in_memory())
        tally, request = self.tally, self.request
        looked = [one._replace(written=tuple(tally.written) if at == 0 else ()) for at, one in enumerate(tally.telling)]
        annotated, deciding = self.annotated if looked else "", bool(request.keep or request.unkeep)
        names = request.files if tally.read > len(looked) else ()
        asked = bool(tally.gone_through)
        return ending_of(looked, annotated, request.fix, deciding, request.dry_run, scope_of(request), asked, names)

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What keeps files from being read, and remarks on how they are saved; options that have no effect. Of very many
        the first."""
        return (*self.above, *self.idle(), *self.tally.remarks)

    def idle(self) -> tuple[Diagnostic, ...]:
        """The options that have no effect."""
        from drafter.commands.no_effect import without_effect

        request = self.request
        jobs = (request.jobs and self.tally.files == 1, "--jobs")
        force = (request.force and not request.annotate, "--force")
        annotate = (request.dry_run and request.annotate, "--annotate")
        return (
            *without_effect("--dry-run 只看会改什么，不写文件", [annotate]),
            *without_effect("--annotate 要写的文件已经有了才用得上；--fix 直接改在原文件里", [force]),
            *without_effect("只有一个文件", [jobs]),
        )

    @property
    def basis(self) -> tuple[Diagnostic, ...]:
        """What there is to say of what the speeches stand on, each thing once."""
        return basis_told(tuple(self.tally.basis))

    @property
    def exit_code(self) -> int:
        """2 where a file could not be read, 1 where there is an error or a warning, else 0."""
        tally = self.tally
        return tally.exit_code or int(tally.findings > 0)

    @property
    def fixed(self) -> int:
        """How many replacements were made."""
        return self.tally.fixed

    @property
    def levels(self) -> dict[str, int]:
        """How many findings there are of each level, the gravest first."""
        from drafter.check.rules import LEVELS

        return {level: n for level in LEVELS if (n := self.tally.levels[level])}

    @property
    def kinds(self) -> dict[str, int]:
        """How many findings there are of each kind, the gravest first."""
        from drafter.check.kinds import KINDS, OTHER

        return {kind: n for kind in (*KINDS, OTHER) if (n := self.tally.kinds[kind])}

    def json(self) -> list[CheckedFileData]:
        """For programs."""
        return [file.json(self.known) for file in self.files]

    def up_to_when(self) -> str:
        """Up to which day formulations are known, in words, with a remark on speeches dated later."""
        return self.known.said(self.tally.later)

    def sarif(self) -> dict[str, object]:
        """For platforms that show findings beside code: SARIF 2.1.0."""
        from drafter import __version__
        from drafter.check.sarif import sarif

        return sarif([one for file in self.files for one in logged(file)], __version__, self.about(), self.since)

    def about(self) -> dict[str, object]:
        """What a log says of all of it."""
        return {"formulationsChecked": str(self.known.day), "ownTables": self.known.tables()}


def logged(file: CheckedFile) -> "list[LoggedFinding]":
    """What a log has of a file: what was left out too."""
    from drafter.check.sarif import LoggedFinding

    return [
        *(LoggedFinding(remark) for remark in file.remarks),
        *(LoggedFinding(remark, kept=True) for remark in file.kept),
        *(LoggedFinding(remark, known=True) for remark in file.known),
    ]


class SarifInParts:
    """The same text as that of `sarif`, piece by piece, so that nobody has to hold all of it."""

    def __init__(self, since: bool) -> None:
        from drafter.check.sarif import HEAD, SarifRun

        self._run = SarifRun(since)
        self._before = dumped(HEAD)[: -len("\n}")] + ',\n  "runs": [\n    {\n      "results": ['
        self._any = False

    def file(self, file: CheckedFile) -> str:
        """The text that ends with the findings of this file, "" where it has none."""
        items = [indent(dumped(self._run.result(one)), "        ") for one in logged(file)]
        if not items:
            return ""
        text = (self._before or ",") + "\n" + ",\n".join(items)
        self._before, self._any = "", True
        return text

    def end(self, found: CheckResult) -> str:
        """The rest."""
        from drafter import __version__

        rest = indent(dumped(self._run.rest(__version__, found.about()))[len("{\n") : -len("\n}")], "    ")
        return self._before + ("\n      ]" if self._any else "]") + f",\n{rest}\n    }}\n  ]\n}}"
