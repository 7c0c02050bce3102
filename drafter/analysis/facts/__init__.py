"""What of a speech is true of one day and one place only: years, plans, sessions, names, posts, days, figures, and the ××
an office has put in their stead.

`spans` are the shapes of facts; `text` reads a draft as one text; each of `times`, `ordinals`, `people`, `bodies`,
`figures` (weighed by `worth`) and `placeholders` finds its facts in that and calls them by the words around them (`names`,
`words`); `finding` makes one blank of each fact. Law: a blank holds whole words, and its words stand for nothing else in the
speech.
"""

from drafter.analysis.facts.finding import MAX_FIGURES, Findings, find_facts, findings
from drafter.analysis.facts.model import KINDS, Fact, Mention, Wording, marks_in, said_pattern
from drafter.analysis.facts.standing import mentions, proper_words

__all__ = [
    "KINDS",
    "MAX_FIGURES",
    "Fact",
    "Findings",
    "Mention",
    "Wording",
    "find_facts",
    "findings",
    "marks_in",
    "mentions",
    "proper_words",
    "said_pattern",
]
