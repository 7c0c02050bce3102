"""What is wanted of `check`, and what does not go together."""

from collections.abc import Mapping
from typing import NamedTuple

from drafter.commands.papers import as_of_day
from drafter.diagnostic import ADVICE, ERROR, WARNING, Diagnostic, Rejected
from drafter.readers.open import DOCX, OUTLINE, kind_named

#: From which level on findings may be told.
LEVELS = (ERROR, WARNING, ADVICE)


class CheckRequest(NamedTuple):
    """What a user wants of `check`. None and () leave it to the configuration. `files` may be folders and patterns;
    `jobs` is how many files are looked at at once, 0 for as many as there are processors; `files_from` a list of more files,
    `shard` the part of all that is this machine's ("3/8"). With `fix` what is safe is put right;
    with `ask` the rest is gone through on the terminal; `decisions` say of findings, by their fingerprints, what takes the place
    of their words (None: they stay), and `remember` those that are to stay from now on. `dry_run`: nothing is written.

    What pages want: `text`, the paper's own paragraphs with what was found, of files that cannot be written back as the Word
    file that is made of them; `output`, a name for the file put right, which is then another than the one looked at;
    `known_as`, the file of which what is kept beside it counts too. `settings_of` is the folder whose settings hold, "" for that
    of each file."""

    files: tuple[str, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: str = ""
    as_of: str = ""
    minutes: float = 0
    fix: bool = False
    annotate: str = ""
    revisions: bool = False
    force: bool = False
    order: str = ""
    jobs: int = 0
    keep: tuple[str, ...] = ()
    unkeep: tuple[str, ...] = ()
    every: bool = False
    since: str = ""
    dry_run: bool = False
    ask: bool = False
    decisions: Mapping[str, str | None] = {}
    remember: tuple[str, ...] = ()
    text: bool = False
    output: str = ""
    known_as: str = ""
    shard: str = ""
    files_from: str = ""
    settings_of: str = ""


def understood(request: CheckRequest) -> None:
    """Raises Rejected for a request that says too little, or what does not go together."""
    from drafter.check.groups import ORDERS
    from drafter.check.settings import ALLOWED_MINUTES, known, possible

    if not request.files:
        raise Rejected(Diagnostic("要检查哪个文件？例如：drafter check 讲话.txt", code="file-not-named"))
    if request.level not in ("", *LEVELS):
        raise Rejected(Diagnostic(f"--level {request.level}：没有这一级；有 error、warning、advice。", code="option-value"))
    if not possible(request.minutes):
        told = f"--minutes {request.minutes:g}：讲话讲不了这么多分钟。"
        raise Rejected(Diagnostic(told, None, ALLOWED_MINUTES, code="option-value"))
    if request.jobs < 0:
        raise Rejected(Diagnostic(f"--jobs {request.jobs}：同时看的文件不能少于 1 个。", code="option-value"))
    if request.files.count("-") > 1:
        raise Rejected(Diagnostic("“-”（标准输入）只能写一次。", code="standard-input"))
    if request.annotate and (
        len(request.files) != 1 or request.files[0] == "-" or kind_named(request.files[0]) is OUTLINE
    ):
        raise Rejected(Diagnostic("--annotate 一次给一份 .docx 加批注（别的文件先转成 .docx）；提纲和标准输入不行。", code="options-together"))
    if request.annotate and kind_named(request.annotate) is not DOCX:
        told = f"--annotate {request.annotate}：批注写成 Word 文件。"
        raise Rejected(Diagnostic(told, hint="文件名以 .docx 结尾，例如 --annotate 批注.docx", code="output-ending"))
    if (request.keep or request.unkeep) and (len(request.files) != 1 or request.files[0] == "-"):
        raise Rejected(Diagnostic("--keep、--unkeep 一次说一个文件里的；标准输入不行。", code="options-together"))
    if (request.keep or request.unkeep) and (request.fix or request.annotate):
        raise Rejected(Diagnostic("--keep、--unkeep 和 --fix、--annotate 分两次做。", code="options-apart"))
    if (request.dry_run or request.ask or request.remember or (request.decisions and not request.annotate)) and not request.fix:
        raise Rejected(Diagnostic("--dry-run 说的是改动只看不写，要和 --fix 写在一起。", code="options-together"))
    if request.revisions and not (request.annotate or request.fix):
        raise Rejected(Diagnostic("--revisions 说的是改动写成修订，要和 --fix 或者 --annotate 写在一起。", code="options-together"))
    if request.order not in ("", *ORDERS):
        told = f"--order {request.order}：没有这样排的；有{'、'.join(ORDERS)}。"
        raise Rejected(Diagnostic(told, code="option-value"))
    as_of_day(request.as_of)
    known(request.select, "--select")
    known(request.ignore, "--ignore")
