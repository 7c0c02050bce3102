"""Where a person finds the words of findings in files that are no text: in a Word file by page and paragraph, in a PDF by
page."""

from typing import TYPE_CHECKING

from drafter.commands.papers import OpenedPaper
from drafter.speech.spot import Spot

if TYPE_CHECKING:
    from drafter.check.report import Placed
    from drafter.check.rules import Finding


def placed_in(opened: OpenedPaper) -> "Placed | None":
    """What says where the findings of an opened file are; None where there are no pages. Nothing is reckoned before the
    first is asked for."""
    if opened.word is not None:
        from drafter.word.where import Finder

        finder, inner = Finder(opened.word[0]), opened.inner

        def on_a_page(finding: "Finding", words: str) -> Spot:
            return finder.within(inner[finding.line] if finding.line < len(inner) else (), finding.start, words)

        return on_a_page
    if opened.pages:

        def in_a_pdf(finding: "Finding", words: str) -> Spot:
            return Spot(words, page=opened.pages[finding.line] if finding.line < len(opened.pages) else 0, about=False)

        return in_a_pdf
    return None
