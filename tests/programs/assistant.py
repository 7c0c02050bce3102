"""A language model proposes an outline; nothing it says is trusted, and what is not known stays a blank."""

from collections.abc import Mapping

import drafter


def drafted(outline: str, answers: Mapping[str, str]) -> tuple[bytes, list[str]]:
    """The Word file and the questions to ask the person; b"" with what the model has to mend."""
    looked = drafter.outlines.check(outline + "\n")
    if looked.errors:
        return b"", [problem.text() for problem in looked.problems]
    try:
        speech = drafter.new(outline + "\n", answers)
    except drafter.Rejected as no:
        return b"", [problem.text() for problem in no.diagnostics]
    return speech.data, [blank.ask or blank.name for blank in speech.blanks]
