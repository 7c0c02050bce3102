"""Words of last year's that stay in a draft which was renewed before: somebody says so, and its record keeps it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from drafter.commands.drafts import open_draft
from drafter.commands.no_effect import without_effect
from drafter.commands.renew.result import RenewRequest, RenewResult
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.revise.last_year import LeftNow, confirmed, last_year_of, left_of
from drafter.speech.last import CALLED


def confirmed_words(request: RenewRequest) -> RenewResult:
    """Say of words of last year's that they stay in a draft. Raises Rejected, with nothing written."""
    from drafter.commands.changing import in_place

    return in_place(Path(request.file), lambda: _confirm(request))


def still_there(file: str) -> RenewResult:
    """What of last year's stands in a draft that was renewed, and nobody has confirmed. Raises Rejected."""
    opened = open_draft(file)
    kept = last_year_of(opened)
    return RenewResult(file=file, last=kept.file if kept else "", left=left_of(opened), remarks=opened.remarks)


def _confirm(request: RenewRequest) -> RenewResult:
    from drafter.commands.changing import written_over

    opened = open_draft(request.file)
    kept = last_year_of(opened)
    if kept is None:
        told = "这份稿子不是 drafter renew 写的，里面没有记上年的话。"
        raise Rejected(Diagnostic(told, Place(request.file), "先续写：drafter renew 去年.docx", code="no-last-year"))
    left = left_of(opened)
    chosen = {one.words for one in left} if request.confirm_all else _chosen(request, left)
    if chosen:
        data = confirmed(opened, chosen, datetime.now().replace(microsecond=0))
        written_over(Path(request.file), opened.raw, data, keep=False)
    return RenewResult(
        file=request.file,
        last=kept.file,
        left=tuple(one for one in left if one.words not in chosen),
        confirmed=tuple(one.words for one in left if one.words in chosen),
        remarks=(*opened.remarks, *idle(request)),
        request=request,
    )


def idle(request: RenewRequest) -> tuple[Diagnostic, ...]:
    """The options that do nothing: beside --confirm all that a speech is written by, beside --dry-run what is only for
    files."""
    files = (
        (request.output, "-o"),
        (request.outline, "--outline"),
        (request.save_answers, "--save-answers"),
        (request.plain, "--plain"),
        (request.force, "--force"),
    )
    if not (request.confirm or request.confirm_all):
        return without_effect("--dry-run 只列出来，不写文件", files) if request.dry_run else ()
    writing = (
        *files,
        (request.sets, "--set"),
        (request.answers, "--answers"),
        (request.accept, "--accept"),
        (request.template, "--template"),
        (request.year, "--year"),
        (request.all_figures, "--all-figures"),
        (request.dry_run, "--dry-run"),
    )
    return without_effect("--confirm 只确认写好的稿子里上年的话，写在原文件里", writing)


def _chosen(request: RenewRequest, left: Sequence[LeftNow]) -> set[str]:
    """The words that are confirmed, of those that stand. Raises Rejected for others."""
    from drafter.diagnostic import nearest

    standing = [one.words for one in left]
    out: set[str] = set()
    for words in request.confirm:
        found = [one.words for one in left if words in (one.words, CALLED.get(one.kind))]
        found = found or [one for one in standing if words and words in one]
        if not found:
            hint = nearest(words, standing) + (f"还没有确认的：{'、'.join(standing[:20])}" if standing else "都确认过了。")
            raise Rejected(Diagnostic(f"--confirm {words}：稿子里没有这样一句上年的话要确认。", None, hint, code="confirm-unknown"))
        out.update(found)
    return out
