"""What `check --fix` does with what each rule finds: put right unasked, offered, or shown for somebody to write.

Safe is what has no other reading. In 1,114 sentence pairs of official papers and 48 finished texts the safe replacements were right
wherever one could tell (28 of 28); the rules below `OFFERED` were wrong there, may be, or say what is a matter of taste: a
set phrase of old days in a quotation, a name that is really meant, 一、二 of two groups and not of about.
"""

import pytest
from test_rules import samples

from drafter.check.rules import names, rule

#: All that is found is put right.
SAFE = """
    blank-by-figure blank-by-mark clipped-title currency-twice half-width-brackets half-width-mark heading-stop
    hyphen-range label-twice mixed-brackets mixed-percent-signs stop-before-etc wide-figures zero-in-date
"""

#: Some of it is: words and marks that have one reading; the rest is offered.
SOME = """
    confused-character confused-word dash-form dash-range doubled-mark ellipsis-form half-width-stop misspelt-idiom
    misspelt-name number-mark odd-marks redundant-words straight-quotes title-stop wide-figure-mark wrong-character
    wrong-formulation zero-in-year
"""

#: A replacement is offered.
OFFERED = """
    approximated-twice bare-congress blank-in-sentence bodies-out-of-order congress-in-figures corner-quotes
    day-as-hao digit-with-ji document-number doubled-word ellipsis-and-etc enumeration-order er-for-liang event-dot
    few-and-odd figures-with-qian finished-task footnote-left forbidden-word formulation-near-miss greeting-mark
    homophone-slip level-twice look-alike-slip mark-after-chapter mark-after-ellipsis mark-after-first-is
    meeting-two-ways missing-quotation-marks misspelt-document-title misused-de mixed-date mixed-list-marks
    mixed-numbering mixed-ordinals mixed-percent mixed-wan-yi mixed-zuo name-dot name-two-ways number-in-two-forms
    odd-pair outdated-formulation percent-or-point percent-range piled-exclamations place-level-twice
    points-miscounted question-without-mark quotes-in-quotes recap-miscounted renamed-body repealed-document
    replaced-item reversed-quote set-miscounted set-words-in-figures short-range-year short-year single-quotes-alone
    slash-for-stop split-approximation statement-with-question-mark stop-after-note-missing stop-before-and
    stop-before-as-well stop-before-clause stop-between-quotes stop-between-titles stop-inside-fragment
    stop-on-both-sides title-marks-on-event titles-in-titles unit-symbol variant-form wrong-collocation
    wrong-measure-word wrong-meeting-deed
"""

#: One is offered where there is one.
BOTH = """
    careful-word colon-twice copied-from-web dangling-word number-skipped points-told-wrong wrong-meeting-ordinal
    wrong-weekday
"""

#: There is none: somebody writes what is to stand there, or looks at the page.
SHOWN = """
    address-changes blank-marks blended-phrase brackets-in-brackets broken-title empty-brackets empty-paragraphs
    empty-section empty-words ended-campaign future-formulation greeting-misfits-genre growth-off guiding-thought
    hard-to-read heading-twice impossible-date incomplete-enumeration indent-of-spaces lead-twice leadership-order
    left-over-fact lone-number long-paragraph long-sentence lopsided-sections meeting-already-held missing-glyph
    missing-greeting missing-indent missing-number mixed-body-type mixed-eras mixed-own-place nameless-name no-closing
    no-lead-in no-page-number note-to-self number-repeated odd-margins odd-pitch odd-type off-target-length
    papers-disagree paragraph-twice phrase-echo placed-by-spaces plan-year post-two-ways reversed-levels
    reversed-range same-opening second-missing sentence-twice shares-exceed-whole skipped-level split-paragraph
    stale-plenum stray-cross stray-tilde sum-off template-leftover thanks-twice times-less times-miscounted
    unanswered-blank unfilled-date unfilled-field unfinished-paragraph unpaired-mark unparallel-heading wrong-paper
    wrong-spirit
"""

TABLE = {
    name: kind
    for kind, listed in (("safe", SAFE), ("some", SOME), ("offered", OFFERED), ("both", BOTH), ("shown", SHOWN))
    for name in listed.split()
}


def kind_of(name: str) -> str:
    """What its samples show of a rule."""
    found = [f for sample in samples(name) for f in rule(name).check(sample.speech)]
    safe = {f.safe and f.instead is not None for f in found}
    with_one = {f.instead is not None or bool(f.others) for f in found}
    if True in safe:
        return "safe" if safe == {True} else "some"
    return "both" if len(with_one) == 2 else "offered" if with_one == {True} else "shown"


def test_the_table_names_every_rule_once() -> None:
    listed = " ".join((SAFE, SOME, OFFERED, BOTH, SHOWN)).split()
    assert sorted(listed) == list(names())


@pytest.mark.parametrize("name", names())
def test_what_becomes_of_what_a_rule_finds(name: str) -> None:
    assert kind_of(name) == TABLE[name]
