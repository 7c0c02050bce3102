"""`drafter preview`: an outline's pages as a web page, in a file or in the browser, following the outline as it is
saved."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands import opening
from drafter.commands.nearby import name_meant
from drafter.commands.next_step import Ending, NextStep, given, in_memory, not_written, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.opening import (
    DEFAULT_TEMPLATE,
    Choice,
    Dress,
    Given,
    blocks_of,
    choice_meant,
    open_outline,
    open_template,
    picked,
)
from drafter.commands.saving import save
from drafter.diagnostic import Diagnostic
from drafter.outline import shelf
from drafter.outline.answers import defaults, examples
from drafter.outline.fill import fill, notes
from drafter.outline.model import Outline
from drafter.speech.block import Block
from drafter.speech.draft import Draft, plain

if TYPE_CHECKING:
    from drafter.writers.html import HtmlSheet


class PreviewRequest(NamedTuple):
    """What a user wants of `preview`. `examples` fills blanks nobody has answered with their examples; without an
    `output` the page goes to a temporary folder; `interactive`: of a near name somebody can be asked.
    Of a program: `filled` are answers by the names of blanks, `unsaved` gives the page back and writes nothing."""

    name: str
    answers: str = ""
    sets: tuple[str, ...] = ()
    template: str = ""
    choice: Choice = Choice()
    examples: bool = False
    output: str = ""
    force: bool = False
    interactive: bool = False
    filled: tuple[tuple[str, Given], ...] = ()
    unsaved: bool = False


class PreviewData(TypedDict):
    """The page, for programs; null where it is on no disk."""

    file: str | None
    address: str | None


class PreviewResult(NamedTuple):
    """The page: its file, and the address a browser opens it by, both "" where nothing was to be saved; `data` is then
    the page, UTF-8."""

    file: str
    address: str
    request: PreviewRequest
    data: bytes = b""

    def json(self) -> PreviewData:
        """For programs."""
        return {"file": self.file or None, "address": self.address or None}

    def ending(self) -> Ending:
        """The page written, and what most people do next: write the speech."""
        request = self.request
        options = given(
            set=request.sets,
            answers=request.answers,
            template=request.template,
            pick=",".join(request.choice.names),
            headings=request.choice.form,
            brief=request.choice.brief,
        )
        step = NextStep(typed("new", "--outline", request.name, *options), "就这样写一篇")
        if not self.file:
            return Ending((), in_memory(), step)
        return Ending((self.file,), None if request.output else not_written("页面在临时文件夹里", "-o 页面.html"), step)


def preview(request: PreviewRequest) -> PreviewResult:
    """Write an outline's pages to a file. Raises Rejected."""
    request = request._replace(name=name_meant(request.name, request.interactive))
    if request.unsaved:
        return PreviewResult("", "", request, page(request).encode())
    if request.output:
        target = Path(request.output)
        inputs = [Path(s.file) for s in open_outline(request.name).outline.sources]
        save(target, page(request).encode(), force=request.force, inputs=inputs)
    else:
        import tempfile

        target = Path(tempfile.mkdtemp(prefix="drafter-")) / "预览.html"
        save(target, page(request).encode())
    return PreviewResult(str(target), target.absolute().as_uri(), request)


def idle(request: PreviewRequest, watched: bool, no_open: bool) -> tuple[Diagnostic, ...]:
    """The options that have no effect. `watched`: the page follows the outline; `no_open`: no browser is to be opened."""
    if watched:
        return without_effect("--watch 不写文件", [(request.output, "-o"), (request.force, "--force")])
    written = (request.output and no_open, "--no-open")
    return (
        *without_effect("要写文件才用得上；和 -o 一起用", [(request.force and not request.output, "--force")]),
        *without_effect("写成文件的，本来就不打开", [written]),
    )


def watch(request: PreviewRequest, *, open_browser: bool, on_ready: Callable[[str], object]) -> None:
    """Show an outline's pages in the browser, anew whenever something they are made of is saved, until Ctrl-C.
    `on_ready` is told the address. Raises Rejected."""
    import gc

    from drafter.commands.browser import serve

    request = request._replace(name=name_meant(request.name, request.interactive))
    outline = open_outline(request.name).outline
    gc.enable()  # the program goes without for its tenth of a second; this one stays
    serve(lambda live: page(request, live), _watched(request, outline), open_browser=open_browser, on_ready=on_ready)


def page(request: PreviewRequest, live: str = "") -> str:
    """The pages as HTML; `live` is the address where they hear that something was saved. Raises Rejected."""
    from drafter.writers.html import write as write_html

    outline, blocks, dress, draft = _pages(request)
    return write_html(blocks, dress.template, title=plain(draft.title), live=live, notes=notes(outline, draft))


def _pages(request: PreviewRequest) -> "tuple[Outline, tuple[Block, ...], Dress, Draft]":
    """The outline of a page, its paragraphs, the template they are set by, and the draft they are of."""
    outline = open_outline(request.name).outline
    outline = picked(outline, choice_meant(outline, request.choice))
    today = date.today()
    settled = opening.given(outline.fields, request.answers, request.sets, today, request.filled)
    values = dict(settled.values)
    for more in (examples(outline.fields, today, values) if request.examples else {}, defaults(outline.fields, settled, today)):
        values = {**more, **values}
    dress = open_template(request.template or outline.template or DEFAULT_TEMPLATE)
    draft = fill(outline, values)
    return outline, blocks_of(draft, dress), dress, draft


def preview_sheet(request: PreviewRequest, within: str) -> "HtmlSheet":
    """The pages to be shown in an element of this class. Raises Rejected."""
    from drafter.writers.html import sheet

    _, blocks, dress, _ = _pages(request)
    return sheet(blocks, dress.template, within, {})


def _watched(request: PreviewRequest, outline: Outline) -> list[Path]:
    """The files a page is made of."""
    files = [Path(s.file) for s in outline.sources]
    if request.answers and request.answers != "-":
        files.append(Path(request.answers))
    folder = shelf.find_template(request.template or outline.template or DEFAULT_TEMPLATE)
    return [*files, folder / "styles.yaml", folder / "layout.j2"]
