"""What there is to say of how the pages of a paper end: a promise of so many pages not kept, or a last page with a line
or two on it."""

from drafter.diagnostic import ADVICE, WARNING, Diagnostic
from drafter.template.fitted import Fitted
from drafter.template.pages import LastPage, laid_out, short_last_page
from drafter.template.styles import Template

#: What a card leaves out, step by step (see templates/card/layout.j2).
_LEFT_OUT = (
    "",
    "三级以下的小标题没有带第一句",
    "二级以下的小标题没有带第一句",
    "二级小标题没有带第一句，三级以下的没有写",
    "二级小标题连成一段，三级以下的没有写",
    "小标题以外各段没有写，二级小标题连成一段",
    "只写了一级小标题和连成一段的二级小标题",
    "只写了一级小标题",
)

#: A paragraph is told by its first so many characters.
_SHOWN = 12


def on_pages(made: Fitted, template: Template) -> tuple[Diagnostic, ...]:
    """The remarks on a paper set by a template; () where its pages end well."""
    if template.page.pages:
        return _of_promise(made, template)
    last = short_last_page(made.blocks, template)
    return (_of_last(last),) if last else ()


def _of_promise(made: Fitted, template: Template) -> tuple[Diagnostic, ...]:
    limit = template.page.pages
    pages = laid_out(made.blocks, template).pages
    if pages > limit:
        message = f"这个模板（{template.name}）说好是 {limit} 页，省到最少还有约 {pages} 页。"
        hint = "少讲几条（--pick），或者在 Word 里删。"
        return (Diagnostic(message, None, hint, level=WARNING, code="pages-over"),)
    if not made.tight:
        return ()
    message = f"为了排进 {limit} 页，{_LEFT_OUT[made.tight]}。"
    return (Diagnostic(message, None, "要写全，把模板 styles.yaml 里的 pages 去掉。", level=ADVICE, code="pages-shortened"),)


def _of_last(last: LastPage) -> Diagnostic:
    message = f"约 {last.pages} 页，最后一页只有 {last.lines} 行。"
    if not last.shorten:
        return Diagnostic(message, None, f"删去 {last.lines} 行，就少一页。", level=ADVICE, code="last-page-short")
    places = "；".join(f"“{text[:_SHOWN]}……”一段删 {count} 字" for text, count in last.shorten)
    return Diagnostic(message, None, f"这样就少一页：{places}。", level=ADVICE, code="last-page-short")
