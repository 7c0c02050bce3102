"""revise.stages"""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from drafter.chinese.numerals import count_read
from drafter.revise.edited import Edited, OpenedDraft
from drafter.revise.recipe import stage_name
from drafter.speech.match import align, opcodes
from drafter.word.changes import AUTHOR
from drafter.word.oxml import local_name, w
from drafter.word.record import Provenance, Stage

#: What stands behind the name of a file that is one of several drafts.
_STAGE = re.compile(r"（[^（）]{1,12}稿[^（）]{0,4}）$")


def _stage(provenance: Provenance) -> Stage:
    return provenance.stages[-1] if provenance.stages else Stage(1, stage_name(1))


def _stages(
    opened: OpenedDraft, provenance: Provenance, draft: Edited, following: str, now: datetime, source: Path
) -> list[Stage]:
    """The line of drafts, with the next one where it is wanted."""
    stages = list(provenance.stages) or [Stage(1, stage_name(1))]
    if not following:
        return stages
    stages[-1] = _closed(opened, provenance, draft, source)
    number = stages[-1].number + 1
    name = stage_name(number) if following == "+" else following
    stages.append(Stage(number, name, when=now.isoformat(timespec="seconds")))
    return stages


def _closed(opened: OpenedDraft, provenance: Provenance, draft: Edited, source: Path) -> Stage:
    """The draft as it is handed on: who changed it last, when, and how much since it was begun."""
    who, when = _hands(opened, provenance.author), _last_saved(opened)
    begun = [kept.text for kept in provenance.texts_of("start")]
    before = begun[0].split("\n") if begun else [_one_line(block.text) for block in draft.base.blocks if block.text]
    after = [one for one in _words(draft).split("\n") if one]
    changed, added, removed = _how_much(before, after)
    return _stage(provenance)._replace(
        file=source.name,
        who=who,
        when=max(when, _stage(provenance).when),  # drafter leaves the file's properties as Word wrote them
        digest=draft.digest,
        changed=changed,
        added=added,
        removed=removed,
    )


def _words(draft: Edited) -> str:
    """The paragraphs of a draft, a line each, for comparing with later."""
    from drafter.word.tokens import text_of

    return "\n".join(_one_line(text_of(one.tokens)) for one in draft.found if one.tokens)


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎")


def _how_much(before: Sequence[str], after: Sequence[str]) -> tuple[int, int, int]:
    """Paragraphs changed, and 字 added and removed."""
    pairs = align(before, after)
    stayed = set(pairs.values())
    both = [(before[i], after[j]) for i, j in pairs.items() if before[i] != after[j]]
    gone = [text for i, text in enumerate(before) if i not in pairs]
    come = [text for j, text in enumerate(after) if j not in stayed]
    added, removed = sum(map(count_read, come)), sum(map(count_read, gone))
    for old, new in both:
        for kind, i0, i1, j0, j1 in opcodes(old, new):
            if kind != "equal":
                removed += count_read(old[i0:i1])
                added += count_read(new[j0:j1])
    return len(both) + max(len(gone), len(come)), added, removed


def _hands(opened: OpenedDraft, speaker: str) -> str:
    """Who worked on the file: who saved it last, then those who signed its tracked changes and comments, in the order
    they stand; "" where nobody says. drafter signs what it writes with the speaker's name and its comments with its own:
    neither of them edited it."""
    named = [_property(opened, "lastModifiedBy")]
    comments = opened.file.target(opened.file.main, "comments")
    for part in filter(None, (opened.file.main, comments)):
        named += [node.get(w("author"), "") for node in opened.file.tree(part).iter() if isinstance(node.tag, str)]
    programs = {AUTHOR, speaker, _property(opened, "creator") if speaker else ""}
    return "、".join(dict.fromkeys(one for name in named if (one := name.strip()) and one not in programs))


def _last_saved(opened: OpenedDraft) -> str:
    """When the file was saved last, by its own properties, in the time of here; "" where they do not say."""
    try:
        saved = datetime.fromisoformat(_property(opened, "modified"))
        return saved.astimezone().replace(tzinfo=None).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""


def _property(opened: OpenedDraft, name: str) -> str:
    part = opened.file.target("", "core-properties")
    entries = opened.file.tree(part) if part else ()
    return next((e.text or "" for e in entries if local_name(e) == name), "")
