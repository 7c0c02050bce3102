"""What kind of fault a rule finds, in a word, as a reviewer sorts his marks: gravest kinds first."""

from functools import cache

#: The kinds from the gravest: what may not leave the house, then what is said, then how it is written, then its looks.
KINDS: dict[str, tuple[str, ...]] = {
    "留空": (
        "blank-marks", "copied-from-web", "empty-brackets", "footnote-left", "left-over-fact", "missing-number",
        "nameless-name", "note-to-self", "stray-cross", "stray-tilde", "template-leftover", "unanswered-blank",
        "unfilled-date", "unfilled-field",
    ),
    "提法": (
        "bare-congress", "bodies-out-of-order", "careful-word", "clipped-title", "congress-in-figures",
        "ended-campaign", "enumeration-order", "finished-task", "forbidden-word", "formulation-near-miss",
        "future-formulation", "guiding-thought", "incomplete-enumeration", "leadership-order", "meeting-already-held",
        "missing-quotation-marks", "misspelt-document-title", "mixed-eras", "outdated-formulation", "plan-year",
        "renamed-body", "repealed-document", "replaced-item", "set-words-in-figures", "stale-plenum",
        "wrong-collocation", "wrong-formulation", "wrong-meeting-deed", "wrong-meeting-ordinal", "wrong-spirit",
    ),
    "名称": (
        "level-twice", "meeting-two-ways", "misspelt-name", "mixed-own-place", "name-dot", "name-two-ways", "place-level-twice",
        "papers-disagree", "post-two-ways",
    ),
    "序号": (
        "empty-section", "heading-stop", "heading-twice", "label-twice", "lone-number", "lopsided-sections",
        "mark-after-chapter", "mark-after-first-is", "mixed-numbering", "mixed-ordinals", "number-mark",
        "number-repeated", "number-skipped", "points-miscounted", "points-told-wrong", "recap-miscounted", "reversed-levels",
        "second-missing", "set-miscounted", "skipped-level", "times-miscounted", "unparallel-heading",
    ),
    "用字": (
        "confused-character", "confused-word", "doubled-word", "homophone-slip", "look-alike-slip", "misspelt-idiom",
        "misused-de", "mixed-zuo", "variant-form", "wrong-character", "wrong-measure-word",
    ),
    "语句": (
        "blended-phrase", "dangling-word", "empty-words", "long-paragraph", "long-sentence", "odd-pair",
        "paragraph-twice", "phrase-echo", "redundant-words", "same-opening", "sentence-twice", "split-paragraph",
        "unfinished-paragraph",
    ),
    "体例": (
        "address-changes", "greeting-misfits-genre", "hard-to-read", "lead-twice", "missing-greeting", "no-closing", "no-lead-in",
        "off-target-length", "thanks-twice", "title-stop", "greeting-mark",
    ),
    "数字": (
        "approximated-twice", "currency-twice", "dash-range", "day-as-hao", "digit-with-ji", "document-number",
        "er-for-liang", "few-and-odd", "figures-with-qian", "growth-off", "hyphen-range", "impossible-date",
        "mixed-date", "mixed-percent", "mixed-percent-signs", "mixed-wan-yi", "number-in-two-forms",
        "percent-or-point", "percent-range", "reversed-range", "shares-exceed-whole", "short-range-year", "short-year",
        "split-approximation", "sum-off", "times-less", "unit-symbol", "wide-figure-mark", "wide-figures",
        "wrong-weekday", "zero-in-date", "zero-in-year",
    ),
    "标点": (
        "blank-by-figure", "blank-by-mark", "blank-in-sentence", "brackets-in-brackets", "colon-twice", "corner-quotes", "dash-form",
        "doubled-mark", "ellipsis-and-etc", "ellipsis-form", "event-dot", "half-width-brackets", "half-width-mark",
        "half-width-stop", "mark-after-ellipsis", "mixed-brackets", "mixed-list-marks", "odd-marks", "piled-exclamations",
        "question-without-mark", "quotes-in-quotes", "reversed-quote", "single-quotes-alone", "slash-for-stop",
        "statement-with-question-mark", "stop-after-note-missing", "stop-before-and", "stop-before-as-well",
        "stop-before-clause", "stop-before-etc", "stop-between-quotes", "stop-between-titles", "stop-inside-fragment",
        "stop-on-both-sides", "straight-quotes", "title-marks-on-event", "titles-in-titles", "unpaired-mark",
    ),
    "版式": (
        "broken-title", "empty-paragraphs", "indent-of-spaces", "missing-glyph", "missing-indent", "mixed-body-type",
        "no-page-number", "odd-margins", "odd-pitch", "odd-type", "placed-by-spaces", "wrong-paper",
    ),
}  # fmt: skip

#: What a rule is called that no kind names.
OTHER = "其他"


@cache
def _kinds() -> dict[str, str]:
    return {rule: kind for kind, rules in KINDS.items() for rule in rules}


def kind_of(rule: str) -> str:
    """The kind of the faults a rule finds."""
    return _kinds().get(rule, OTHER)


def gravity(kind: str) -> int:
    """Where a kind stands among the others, the gravest first."""
    order = (*KINDS, OTHER)
    return order.index(kind)
