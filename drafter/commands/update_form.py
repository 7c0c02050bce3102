"""The form of `update`: the fields of a draft with the answers they have now, as they are typed."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from drafter.commands.drafts import Against, connected_to, now_of, open_draft, still_open, typed_form
from drafter.diagnostic import Diagnostic
from drafter.outline.field import Field
from drafter.revise.edited import Edited
from drafter.revise.recipe import stage_name
from drafter.revise.stages import _stage
from drafter.word.record import Stage


class FieldToFill(NamedTuple):
    """A field as a form shows it: `said` is its answer of now as it is typed, "" for none. `asked`: something in the draft asks
    for it now; other answers may make others be asked."""

    field: Field
    said: str
    asked: bool


class UpdateForm(NamedTuple):
    """What can be told `update` of a draft. `ours`: the file has a record of its own; `following` is what the next draft
    would be called."""

    file: str
    ours: bool
    outline: str
    template: str
    stage: Stage
    following: str
    plain: bool
    fields: tuple[FieldToFill, ...]
    remarks: tuple[Diagnostic, ...]

    def changed(self, typed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """What of a form that was sent back is another answer than there is now."""
        was = {one.field.name: one.said for one in self.fields}
        return tuple((name, said) for name, said in typed.items() if name in was and _bare(said) != _bare(was[name]))


def update_form(file: str, against: Against = Against()) -> UpdateForm:
    """The fields of a draft by its outline of now, or by another one. Raises Rejected, for a file without a record that
    is to be connected with no outline too."""
    opened = open_draft(file)
    found = connected_to(opened, against, datetime.now().replace(microsecond=0))
    now = now_of(found.provenance, against, opened)
    values, asked = found.draft.values(), _asked(found.draft)
    stage = _stage(found.provenance)
    return UpdateForm(
        file=file,
        ours=opened.lineage.own is not None,
        outline=found.provenance.outline,
        template=found.provenance.template,
        stage=stage,
        following=stage_name(stage.number + 1),
        plain=found.provenance.plain,
        fields=tuple(
            FieldToFill(field, typed_form(values.get(name)), name in values or name in asked)
            for name, field in now.recipe.outline.fields.items()
        ),
        remarks=(*opened.remarks, *now.remarks, *still_open(opened, found)),
    )


def _asked(draft: Edited) -> frozenset[str]:
    """The fields somebody has still to answer: their blanks stand in the draft."""
    tags = (token.tag for one in draft.found for token in one.tokens if token.tag and token.empty)
    return frozenset(tag.split("#")[0].split("|")[0] for tag in tags)


def _bare(said: str) -> str:
    """An answer without what a form does to it: the ends of lines, and blanks around."""
    return "\n".join(row.rstrip() for row in said.replace("\r\n", "\n").strip().split("\n"))
