"""What the fields of a draft say now that it has been in Word."""

from typing import NamedTuple

from drafter.commands.saying import short
from drafter.outline.field import RANK, say
from drafter.revise.edited import Edited
from drafter.word.controls import field_of


class FieldNow(NamedTuple):
    """A field in the draft: its question, the answer it was made with, the one it has in Word, and what is to be said
    of it. "" for no answer. `state`: "same", "changed", "filled", "cleared", "unfit", "differs", "blank"."""

    name: str
    ask: str
    made: str
    now: str
    state: str
    why: str = ""
    by: str = ""  # the field by whose answer it was chosen, where it still is what follows from that

    @property
    def told(self) -> str:
        """What there is to say of the answer beside it, "" where it is as it was."""
        if self.state == "changed":
            return f"在 Word 里改的，原来是“{short(self.made)}”"
        if self.state == "filled":
            return "在 Word 里填的"
        if self.state == "cleared":
            return f"原来是“{self.made}”，清空了" if self.made else ""
        if self.state == "differs":
            return f"几处不一样：{self.why}"
        if self.state == "unfit":
            return f"不合要求：{self.why}"
        return f"按【{self.by}】定的" if self.by else ""


def fields_now(draft: Edited) -> tuple[FieldNow, ...]:
    """The fields that the draft asks for or that have an answer, in the order of its outline."""
    made, now = draft.base.values, draft.values()
    shown = {
        field_of(token.tag.split("#")[0])
        for one in draft.found
        for token in one.tokens
        if token.tag and token.empty
    }
    out = []
    for name, field in draft.base.outline.fields.items():
        filled = draft.filled.get(name)
        was = say(made[name]) if name in made else ""
        said = say(now[name]) if name in now else ""
        state, why = "same", ""
        if filled is not None and filled.value is None and not filled.cleared:
            state = "differs" if len(filled.said) > 1 else "unfit"
            why = "；".join(f"“{text}”{n} 处" if text else f"空着 {n} 处" for text, n in filled.said)
            why = why if state == "differs" else f"{filled.why}"
            said = next((text for text, _ in filled.said if text and text != was), said)
        elif said != was:
            state = "cleared" if not said else "changed" if was else "filled"
        elif not said:
            if name not in shown:
                continue  # nothing in this draft asks for it
            state = "blank"
        by = _chosen_by(name, draft) if (field.vary or name == RANK) and state == "same" else ""
        out.append(FieldNow(name, field.ask, was, said, state, why, by))
    return tuple(out)


def _chosen_by(name: str, draft: Edited) -> str:
    """The field by whose answer a choice was made, "" where it says something else than what follows from that."""
    from drafter.outline.follow import followed, leader

    fields, made = draft.base.outline.fields, draft.base.values
    by = leader(fields[name], fields)
    return by if by in made and made.get(name) == followed(fields[name], fields, made) else ""
