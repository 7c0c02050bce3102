"""What the controls of a draft need so that Word shows what they say: their tag, their element of the store, and their
placeholder. Those of paragraphs the writer keeps need it as well, when the outline has them no more."""

import zlib
from collections.abc import Iterator, Mapping
from datetime import date

from drafter.chinese.numerals import read_date
from drafter.word.controls import MAX_TAG, PLACEHOLDER, STORE, Slot, date_format_says, field_of, unstorable
from drafter.word.document import DocxFile
from drafter.word.edit import Editor
from drafter.word.letters import letters_of, said_by
from drafter.word.oxml import CONTENT, SDT, ControlProperties, Element, T, full_name, local_name, take_out, value_of, w
from drafter.word.text import Control, read_control

#: What begins the names of placeholders that are drafter's.
_OURS = "drafter_"

Slots = Mapping[tuple[str, str], Slot]


class Bindings:
    """The controls of one file, mended. `live` are the slots there will be; of those that are gone `old` says what they
    were. `slots` are, when all is mended, those the store and the placeholders are made of."""

    def __init__(self, file: DocxFile, editor: Editor, live: Slots, old: Slots) -> None:
        self.file = file
        self.editor = editor
        self.slots = dict(live)
        self.stored = {slot.node: slot for slot in live.values() if slot.node}
        self.by_tag = {slot.tag: slot for slot in reversed(list(live.values()))}
        self.asked = {slot.tag: slot.prompt for slot in old.values()}
        self.names = {field_of(slot.tag) for slot in (*live.values(), *old.values())}
        self.old = {slot.node: slot for slot in old.values() if slot.node}
        self.store = _store_of(file)
        self.prompts = _prompts_of(file)
        self.named = {slot.prompt: slot.placeholder for slot in reversed(list(live.values()))}

    def mend(self) -> None:
        """Give controls back the tags an office program has dropped, unbind those that say something else than the store,
        so that Word does not overwrite what the writer typed, and keep what those still need that the outline has no
        more."""
        for element in self.file.body.iter(SDT):
            properties = element.find(w("sdtPr"))
            if isinstance(properties, ControlProperties):
                if properties.find(w("dataBinding")) is not None:
                    self._bind(element, properties)
                self.editor.changed = self._placeholder(properties) or self.editor.changed
        for part in _headers(self.file):
            for properties in self.file.tree(part).iter(w("sdtPr")):
                if self._placeholder(properties):
                    self.file.touch(part)

    def _bind(self, element: Element, properties: ControlProperties) -> None:
        control = read_control(element)
        content = element.find(CONTENT)
        if content is None or not control.node:
            return
        letters = letters_of(content)
        said = "".join(said_by(leaf) for _, leaf in letters)
        slot = self.stored.get(control.node)
        if slot is None and not unstorable(said):
            slot = self._kept(control.node, control.tag, control.title, "" if control.prompt else said)
        elif slot is not None and not control.tag:
            for name, value in (("tag", slot.tag), ("alias", slot.title)):
                properties.get_or_add(name).set(w("val"), value[:MAX_TAG])
            self.editor.changed = True
        if control.prompt and said and control.tag in self.by_tag:
            control, said = self._prompted(element, properties, letters, said)
        if slot is not None and not slot.value and not control.prompt and said.startswith("【"):
            self.editor.prompting(control)  # an office program has made plain words of the placeholder
            return
        if slot is not None and self._agrees(slot, said, control.prompt, content):
            return
        take_out_all(properties, "dataBinding")
        self.editor.changed = True

    def _prompted(
        self, element: Element, properties: ControlProperties, letters: "list[tuple[Element, Element]]", said: str
    ) -> tuple[Control, str]:
        """A control that says it shows its placeholder, and what it shows: where words were typed into it, it says so no
        more; where its question is another now, it asks that."""
        control = read_control(element)
        slot = self.by_tag[control.tag]
        was = self.asked.get(control.tag)
        bare = said[1:-1] if said.startswith("【") and said.endswith("】") else ""
        if said == was and was != slot.prompt and len(letters) == 1:
            letters[0][1].text = said = slot.prompt
        elif said == slot.prompt or bare in self.names or PLACEHOLDER.fullmatch(said):
            return control, said
        else:
            take_out_all(properties, "showingPlcHdr")
        self.editor.changed = True
        return read_control(element), said

    @staticmethod
    def _agrees(slot: Slot, said: str, prompt: bool, content: Element) -> bool:
        """Whether a control says what the store does, and nothing stands in it that Word would take for words of it."""
        if not slot.value:
            return prompt or (said.startswith("【") and slot.kind != "text")
        if said != shown(slot):
            return _same_day(said, slot)
        if slot.kind == "date":
            return True
        raw = "".join(_raw(leaf) for leaf in content.iter(T, w("br"), w("tab")))
        return raw == said

    def _kept(self, node: str, tag: str, title: str, said: str) -> Slot | None:
        """The slot of an element of the store that only the writer's paragraphs still need; None for one that the file
        never had."""
        old = self.old.get(node)
        if old is None and node not in self.store:
            return None
        if old is None:
            old = Slot(tag, title or tag, node, "text", "", said, "", "")
        value = old.value if old.kind == "date" else said
        slot = old._replace(value=value, placeholder="", prompt="")
        self.slots[tag, f"\n{node}"] = self.stored[node] = slot
        return slot

    def _placeholder(self, properties: Element) -> bool:
        """Let a control name its placeholder as it is called from now on; whether it was called otherwise."""
        named = properties.find(f"{w('placeholder')}/{w('docPart')}")
        name = named.get(w("val"), "") if named is not None else ""
        if named is None or not name.startswith(_OURS) or self.prompts is _FOREIGN:
            return False
        live = self.by_tag.get(value_of(properties, "tag") or "")
        if live is not None:
            wanted = live.placeholder
        else:
            prompt = self.prompts.get(name) or f"【{value_of(properties, 'alias') or '待填'}】"
            wanted = self.named.setdefault(prompt, f"{_OURS}fk{zlib.crc32(prompt.encode()):08x}")
            self.slots.setdefault(("", wanted), Slot("", "", "", "text", "", "", prompt, wanted))
        if name == wanted:
            return False
        named.set(w("val"), wanted)
        return True


def take_out_all(properties: Element, name: str) -> None:
    """Take every child of a name out of the properties of a control."""
    for child in properties.findall(w(name)):
        take_out(child)


_FOREIGN: Mapping[str, str] = {}


def _prompts_of(file: DocxFile) -> Mapping[str, str]:
    """The placeholders of a file by name, `_FOREIGN` where they are somebody else's."""
    part = file.target(file.main, "glossaryDocument")
    if part and b"drafter_" not in file.parts[part]:
        return _FOREIGN
    out = {}
    for entry in file.tree(part).iter(w("docPart")) if part else ():
        name = value_of(entry, "docPartPr/name")
        if name:
            out[name] = "".join(text.text or "" for text in entry.iter(T))
    return out


def _store_of(file: DocxFile) -> frozenset[str]:
    """The elements of the store of a file."""
    return frozenset(local_name(row) for part in file.custom(STORE) for row in file.tree(part))


def _headers(file: DocxFile) -> Iterator[str]:
    for relation in list(file.relations(file.main)):
        if relation.kind.endswith(("/header", "/footer")) and not relation.external and relation.target in file:
            yield relation.target


def _raw(leaf: Element) -> str:
    return {w("br"): "\n", w("tab"): "\t"}.get(full_name(leaf), leaf.text or "")


def shown(slot: Slot) -> str:
    """What a control of a slot says."""
    if slot.kind == "date" and slot.value:
        return date_format_says(slot.format, date.fromisoformat(slot.value))
    return slot.value


def _same_day(said: str, slot: Slot) -> bool:
    """Whether a control says its date in another of the formats."""
    if slot.kind != "date" or not slot.value:
        return False
    day = date.fromisoformat(slot.value)
    found = read_date(said, day) if said else None
    return found == day or said in (f"{day.year}年", f"{day.year}年{day.month}月")
