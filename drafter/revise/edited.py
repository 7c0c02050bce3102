"""A draft opened again, and what was changed in it by hand since it was made."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from drafter.diagnostic import Diagnostic
from drafter.outline.field import Value
from drafter.revise.filled import Filled, filled, stale
from drafter.revise.merge import FoundParagraph, KeptParagraph, Side, identified, touched
from drafter.revise.numbers import Key, laid_numbers
from drafter.revise.order import moved_by_hand
from drafter.revise.recipe import Made, make
from drafter.template.styles import BLANK
from drafter.word.changes import foreign, undecided
from drafter.word.confirm import ours_alone
from drafter.word.controls import MAX_TAG, PLACEHOLDER, anchors, field_of, prompt_of, slots
from drafter.word.document import DocxFile
from drafter.word.headers import header_paragraphs
from drafter.word.holds import fields_open, holds_of, whole_fields
from drafter.word.markers import OURS, STRUCK, is_empty
from drafter.word.oxml import Element, w
from drafter.word.record import KEPT, NUMBERS, Kept, Lineage, Provenance, lineage_of
from drafter.word.text import WordParagraph, every_paragraph, nested
from drafter.word.text import read as read_paragraph
from drafter.word.tokens import Token, Tokens, text_of, tokens_of

#: What a placeholder begins with, from wherever a 【 stands; a name is at most as long as a tag.
_HEAD = re.compile(f"(?=(【[^】]{{0,{MAX_TAG}}}】))")


#: What tells of tracked changes in a paragraph.
_TRACKED = frozenset(("insertion", "deletion"))


class OpenedDraft:
    """A .docx with its record, if it has one. `remarks`: what there was to say when it was opened. Raises Rejected for
    a file that cannot be used."""

    def __init__(self, data: bytes, name: str, remarks: Sequence[Diagnostic] = ()) -> None:
        self.remarks = tuple(remarks)
        self.file = DocxFile(data, name)
        self.name = name
        self.raw = data

    @cached_property
    def lineage(self) -> Lineage:
        """What the file says it was made from. Raises Rejected where that is damaged or newer."""
        return lineage_of(self.file)

    @property
    def provenance(self) -> Provenance | None:
        """Its own record, None where it has none. Raises Rejected as `lineage`."""
        return self.lineage.own

    @property
    def has_blanks(self) -> bool:
        """Whether it has controls that are bound to a store, as those of a draft are."""
        return any(control.node for paragraph in self.paragraphs for control in paragraph.controls)

    @cached_property
    def undecided(self) -> int:
        """How many changes drafter has written as tracked ones that nobody has accepted or refused."""
        sheets = {part for part, _ in header_paragraphs(self.file)}
        return sum(undecided(self.file.tree(part)) for part in (self.file.main, *sheets))

    @cached_property
    def style_names(self) -> dict[str, str]:
        """The names of the styles by id."""
        return self.file.style_names

    @cached_property
    def everywhere(self) -> tuple[tuple[WordParagraph, Element | None], ...]:
        """All paragraphs but those a deletion has struck out, each with the table it stands in, or the paragraph
        its text box hangs on; None for those of the body."""
        found = ((read_paragraph(element), inside) for element, inside in every_paragraph(self.file.body))
        return tuple((paragraph, inside) for paragraph, inside in found if not paragraph.struck)

    @cached_property
    def paragraphs(self) -> tuple[WordParagraph, ...]:
        """The paragraphs of the body, tables and text boxes apart."""
        return tuple(paragraph for paragraph, inside in self.everywhere if inside is None)

    @property
    def multiplied(self) -> int:
        """How many blanks LibreOffice 7.4 has written several times over; reading the file has undone it."""
        self.file.tree(self.file.main)
        return sum(self.file.undone.values())


class Basis(NamedTuple):
    """What a draft is compared with: the document as it was made, its paragraphs, and the bookmarks over them."""

    made: Made
    side: Side
    names: tuple[str, ...]


def basis_of(made: Made, record: Provenance | None = None) -> Basis:
    """A document as it was made, with nothing done to it but that numbers were given since, as the record says."""
    names = anchors(made.blocks)
    numbers = laid_numbers(made.draft, made.blocks, made.outline)
    return Basis(made, Side(made.blocks, numbers, _given(record, names)), names)


def _given(record: Provenance | None, names: Sequence[str]) -> dict[Key, tuple[str, ...]]:
    """The numbers drafter has given since, where the outline makes others, the last first."""
    kept = record.texts_of(NUMBERS) if record is not None else ()
    rows = (row.split("\t") for row in (kept[0].text.splitlines() if kept else ()))
    places = {name: n for n, name in enumerate(names)}
    given: dict[Key, tuple[str, ...]] = {}
    for row in rows:
        if len(row) >= 3 and row[0] in places and row[1].isdecimal():
            given[places[row[0]], int(row[1])] = tuple(row[2:])
    return given


class Edited:
    """A draft compared with what it was made as. `today` completes dates that name no year."""

    def __init__(self, opened: OpenedDraft, basis: Made | Basis, today: date) -> None:
        self.opened = opened
        self.today = today
        basis = basis if isinstance(basis, Basis) else basis_of(basis, opened.provenance)
        self.base = base = basis.made
        self.side = basis.side
        self.slots = slots(base.blocks, base.outline.fields, base.values)
        self.names = basis.names
        self._on_page = {name for paragraph, _ in opened.everywhere for name in paragraph.bookmarks}
        roles = {style.name: style.role for style in base.template.styles}
        self.roles = {i: roles.get(name, "") for i, name in opened.style_names.items()}
        self.blanks: dict[str, dict[str, None]] = {}  # what each blank nobody has answered says, first where it stands first
        for token in (k for block in base.blocks for k in tokens_of(block) if k.tag and k.empty):
            self.blanks.setdefault(token.tag, {})[token.text] = None
        #: What they said when blanks were printed as the outline has them: by that, what they say now.
        self._once = {
            f"【{span.blank}】": span.text
            for block in base.blocks
            for span in block.spans
            if span.blank and not span.answered and span.text.strip("\n") != f"【{span.blank}】"
        }
        self._known = frozenset(slot.tag for slot in self.slots.values())
        self.paragraphs = tuple(self._resolved(p) for p, _ in opened.everywhere)
        self.outermost = tuple(p.element if inside is None else inside for p, inside in opened.everywhere)
        names = opened.style_names.items()
        self._plain = frozenset(i for i, name in names if name.lower() in ("default paragraph font", "placeholder text"))
        self._own_comments = ours_alone(opened.file)
        in_fields = fields_open([p.element for p in self.paragraphs])
        found = zip(self.paragraphs, self._inside(), in_fields, strict=True)
        self.found = tuple(self._found(*one) for one in found)
        self.mine = identified(self.side, self.names, self.found, tuple(self._kept()))
        if opened.provenance is not None and opened.provenance.former:
            self._count_entries_as_made()

    def _count_entries_as_made(self) -> None:
        """Let the entries of lists be counted as in what the draft is compared with, where the same words stand: an
        update counts them anew in paragraphs it does not change, whatever becomes of its tracked changes."""
        mine, found, paragraphs = list(self.mine), list(self.found), list(self.paragraphs)
        for at, row in enumerate(self.mine):
            made = [t for t in self.side.words()[row.base] if "#" in t.tag] if row.base >= 0 else []
            here = [t for t in row.tokens if "#" in t.tag]
            same = [(field_of(t.tag), t.text) for t in made] == [(field_of(t.tag), t.text) for t in here]
            names = {now.tag: was.tag for now, was in zip(here, made, strict=False) if now.tag != was.tag}
            if not (same and names):
                continue

            def renamed(tokens: Tokens, names: Mapping[str, str] = names) -> Tokens:
                return tuple(token._replace(tag=names.get(token.tag, token.tag)) for token in tokens)

            controls = (c._replace(tag=names.get(c.tag, c.tag)) for c in paragraphs[at].controls)
            mine[at] = row._replace(tokens=renamed(row.tokens))
            found[at] = found[at]._replace(tokens=renamed(found[at].tokens))
            paragraphs[at] = paragraphs[at]._replace(controls=tuple(controls))
        self.mine, self.found, self.paragraphs = mine, tuple(found), tuple(paragraphs)

    def _kept(self) -> Iterator[KeptParagraph]:
        """The paragraphs that were dropped before and kept."""
        there = self.opened.provenance
        for kept in there.texts_of(KEPT) if there is not None else ():
            found = _kept_paragraph(kept)
            if found is not None:
                yield found

    # ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _tags(self) -> dict[str, str]:
        """The tag of each element of the store."""
        return {slot.node: slot.tag for slot in self.slots.values() if slot.node}

    @cached_property
    def _prompts(self) -> dict[str, list[tuple[str, str]]]:
        """What a blank that was emptied in Word shows, and as what it was made: by the 【…】 that this begins with."""
        out: dict[str, list[tuple[str, str]]] = {}
        for tag, blank in ((tag, next(iter(texts))) for tag, texts in self.blanks.items()):
            name = field_of(tag)
            prompt = prompt_of(name, self.base.outline.fields.get(name))
            for head in _HEAD.findall(prompt)[:1] if prompt != blank else ():
                out.setdefault(head, []).append((prompt, blank))
        for said, blank in self._once.items():
            out.setdefault(said, []).append((said, blank))
        return out

    def _resolved(self, paragraph: WordParagraph) -> WordParagraph:
        """The paragraph with its controls' tags as they were made, "" for controls that are not ours."""
        if not paragraph.controls:
            return paragraph
        controls = []
        for control in paragraph.controls:
            tag = control.tag if control.tag in self._known else self._tags.get(control.node, "")
            if not tag and not control.tag and control.title in self._known:
                tag = control.title
            if not tag and field_of(control.tag) in self.base.outline.fields:
                tag = control.tag  # pasted from another draft, or kept from an earlier one
            controls.append(control._replace(tag=tag))
        return nested(paragraph._replace(controls=tuple(controls)))

    def _inside(self) -> Iterator[int | None]:
        """For each paragraph in a table or a text box the first of what it moves with; None for the others."""
        first: dict[Element, int] = {}
        for at, (paragraph, inside) in enumerate(self.opened.everywhere):
            yield None if inside is None else first.setdefault(inside, at)
            if inside is None:
                first[paragraph.element] = at

    def _found(self, paragraph: WordParagraph, inside: int | None, in_field: bool) -> FoundParagraph:
        styled = any(p.style and not self.roles.get(p.style) and p.style not in self._plain for p in paragraph.pieces)
        marks = paragraph.marks
        if "comment" in marks and _commented(paragraph.element) <= self._own_comments:
            marks -= {"comment"}
        if marks & _TRACKED and not foreign(paragraph.element):
            marks -= _TRACKED
        tied = bool(marks) or in_field or styled or any(not c.tag for c in paragraph.controls)
        return FoundParagraph(
            self.tokens(paragraph),
            tuple(self._bookmarks(paragraph)),
            self.roles.get(paragraph.style, ""),
            tied,
            self.base.outline.numbering,
            inside,
            holds_of(paragraph, in_field) if tied else (),
            in_field or ("field" in paragraph.marks and not whole_fields(paragraph.element)),
        )

    def _bookmarks(self, paragraph: WordParagraph) -> Iterator[str]:
        """The bookmarks of a paragraph; that of one that was struck and stands again as it was, unless another has
        taken its name. Where a paragraph has several, those around nothing are left of what is gone."""
        names = paragraph.bookmarks
        if sum(name.startswith(OURS) for name in names) > 1:
            names = tuple(name for name in names if not is_empty(paragraph.element, name))
        for name in names:
            was = OURS + name.removeprefix(STRUCK)
            if not name.startswith(STRUCK) or name in self.names:
                yield name
            elif name in self.again and was not in self._on_page:
                yield was

    @cached_property
    def again(self) -> dict[str, int]:
        """The paragraphs that were struck and stand again, by the bookmark that was given to them then."""
        out: dict[str, int] = {}
        for at, paragraph in enumerate(self.paragraphs):
            if paragraph.text and not any(name.startswith(OURS) for name in paragraph.bookmarks):
                out |= {name: at for name in paragraph.bookmarks if name.startswith(STRUCK)}
        return out

    def tokens(self, paragraph: WordParagraph) -> tuple[Token, ...]:
        """The words of a paragraph, controls of ours as blanks."""
        out: list[Token] = []
        last: int | None = None
        for piece in paragraph.pieces:
            control = paragraph.controls[piece.control] if piece.control is not None else None
            strong = self.roles.get(piece.style, "")
            strong = "" if strong == BLANK else strong
            if control is not None and control.tag:
                if piece.control == last:
                    out[-1] = out[-1]._replace(text=out[-1].text + piece.text)
                else:
                    out.append(Token(piece.text, control.tag, False, strong))
                last = piece.control
                continue
            last = None
            if out and not out[-1].tag and out[-1].strong == strong:
                out[-1] = out[-1]._replace(text=out[-1].text + piece.text)
            else:
                out.append(Token(piece.text, strong=strong))
        shown = {c.tag for c in paragraph.controls if c.prompt}
        return tuple(self._emptied(token, shown) for token in out)

    def _emptied(self, token: Token, prompting: set[str]) -> Token:
        """A token whose control shows its placeholder, as an unanswered blank."""
        if not token.tag:
            text = token.text
            for head in dict.fromkeys(_HEAD.findall(text)):
                for prompt, blank in self._prompts.get(head, ()):
                    text = text.replace(prompt, blank)
            return token._replace(text=text) if text != token.text else token
        name = field_of(token.tag)
        prompts = {
            *self.blanks.get(token.tag, ()),
            f"【{name}】",
            prompt_of(name, self.base.outline.fields.get(name)),
            "【待填】",
            *(said for said, blank in self._once.items() if blank in self.blanks.get(token.tag, ())),
        }
        if token.text in prompts or (token.tag in prompting and self._is_placeholder(token.text)):
            texts = self.blanks.get(token.tag, {})
            text = token.text if token.text in texts else next(iter(texts), f"【{name}】")
            return Token(text, token.tag, True, token.strong)
        return token

    def _is_placeholder(self, text: str) -> bool:
        """Whether a control that says it shows its placeholder does. Where words were typed into it, it does not."""
        bare = text[1:-1] if text.startswith("【") and text.endswith("】") else ""
        return bare in self.base.outline.fields or bool(PLACEHOLDER.fullmatch(text))

    # ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def filled(self) -> dict[str, Filled]:
        """The fields that were answered, changed or emptied in Word."""
        return filled(self.base, self.found, self.today)

    @cached_property
    def stale(self) -> tuple[tuple[str, str, str], ...]:
        """(field, what the store holds, what is shown) where the two differ: the text was changed by a program that
        does not know the store, and what is shown counts."""
        return stale(self.opened.file, self.paragraphs, self.found)

    def values(self) -> dict[str, Value]:
        """The answers as the file has them now: those it was made with, over them what was answered in Word."""
        out = dict(self.base.values)
        for name, answer in self.filled.items():
            if answer.value is not None:
                out[name] = answer.value
            elif answer.cleared:
                out.pop(name, None)
        return out

    @cached_property
    def now(self) -> Made:
        """What the outline it was made with makes of the answers the file has now."""
        values = self.values()
        return make(self.base.outline, self.base.template, values, self.base.by_hand) if values != self.base.values else self.base

    # ── what was changed by hand ───────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def changes(self) -> "tuple[ParagraphChange, ...]":
        """Paragraphs edited, added, deleted and moved by hand, in the order of the document."""
        words = self.side.words()
        out: list[ParagraphChange] = []
        held = {row.base for row in self.mine} | {n for row in self.mine for n in row.joined}
        missing = deque(n for n in range(len(words)) if n not in held and words[n])
        moved = set(self.moved)
        at = -1
        for n, row in enumerate(self.mine):
            if row.base < 0 and row.inside is not None:
                continue  # the writer's own tables are nobody else's business
            at += 1
            if row.base >= 0:
                while missing and missing[0] < row.base and row.base not in moved:
                    out.append(ParagraphChange("deleted", None, text_of(words[missing.popleft()]), "", n - 1))
                if row.base in moved and row.tokens:
                    out.append(ParagraphChange("moved", at, text_of(words[row.base]), text_of(row.words), n))
                # One that was copied counts as split, though its words are as they were.
                if touched(row, words[row.base]) and (row.joined or text_of(row.words) != text_of(words[row.base])):
                    out.append(ParagraphChange("edited", at, text_of(words[row.base]), text_of(row.words), n))
                elif row.number.by_hand or (self.side.number(row.base) and not row.number.label and row.tokens):
                    before = self.side.number(row.base) + text_of(words[row.base])
                    out.append(ParagraphChange("edited", at, before, text_of(row.tokens), n))
            elif row.tokens:
                out.append(ParagraphChange("added", at, "", text_of(row.tokens), n))
        last = len(self.mine) - 1
        out += [ParagraphChange("deleted", None, text_of(words[n]), "", last) for n in missing]
        return tuple(out)

    @cached_property
    def moved(self) -> tuple[int, ...]:
        """The paragraphs of the base the writer has moved, in the order of the document; of a requirement that
        moved as it stood its first."""
        found = moved_by_hand(self.mine)
        out: list[int] = []
        last: int | None = None
        for base in (row.base for row in self.mine if row.base >= 0):
            along = last is not None and base == last + 1 and self._belongs(base, out[-1])
            if base in found and not along:
                out.append(base)
            last = base if base in found else None
        return tuple(out)

    def _belongs(self, base: int, head: int) -> bool:
        """Whether a paragraph belongs to the requirement another is the first of."""
        node = self.base.blocks[head].node
        return bool(node) and self.base.blocks[base].node.startswith(f"{node}.")

    @cached_property
    def digest(self) -> str:
        """A hash of the words of the body."""
        from hashlib import sha256

        return sha256("\n".join(p.text for p in self.opened.paragraphs).encode()).hexdigest()[:16]


def kept_text(kept: KeptParagraph) -> str:
    """A paragraph that is kept as the record has it."""
    return json.dumps([kept.role, kept.label, kept.words], ensure_ascii=False)


def _kept_paragraph(kept: Kept) -> KeptParagraph | None:
    """A paragraph of the record; None where it is none."""
    try:
        role, label, words = json.loads(kept.text)
        tokens = tuple(Token(str(text), str(tag), bool(empty), str(strong)) for text, tag, empty, strong in words)
    except (ValueError, TypeError):
        return None
    return KeptParagraph(kept.file, str(role), tokens, str(label))


def _commented(paragraph: Element) -> set[str]:
    """The numbers of the comments that begin in a paragraph or are referred to there."""
    return {mark.get(w("id"), "") for mark in paragraph.iter(w("commentRangeStart"), w("commentReference"))}


class ParagraphChange(NamedTuple):
    """A paragraph changed by hand: "edited", "added", "deleted" or "moved". `at` is its place in the file, tables of the
    writer's own apart, from 0; None for a deleted one. `row` is its number among all paragraphs that were found, from 0; of a
    deleted one that of the paragraph it stood behind, -1 for none."""

    kind: str
    at: int | None
    before: str
    after: str
    row: int = -1
