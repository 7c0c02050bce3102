"""Controls that had to wait until somebody decided on a tracked change, made what they are otherwise."""

from collections.abc import Iterable

from drafter.revise.bound import shown
from drafter.word import markup
from drafter.word.changes import drop_ranges, is_undecided
from drafter.word.controls import Slot
from drafter.word.document import DocxFile
from drafter.word.edit import Editor
from drafter.word.headers import header_paragraphs
from drafter.word.letters import letters_of, said_by
from drafter.word.markers import lift
from drafter.word.oxml import CONTENT, SDT, Element, parse, take_out, value_of, w

#: What a control says of its kind; one of rich text, as those are that wait for a decision, may say nothing.
_KINDS = frozenset(map(w, ("text", "date", "dropDownList", "comboBox", "picture", "citation", "group", "equation")))


def connect_again(file: DocxFile, editor: Editor, live: Iterable[Slot]) -> None:
    """Make controls on which somebody has decided of their kind again, and bound where they say what the store says
    (`live` are the slots there will be). Those that only hold what was deleted go."""
    slots = list(live)
    for part in (file.main, *dict.fromkeys(part for part, _ in header_paragraphs(file))):
        for control in list(file.tree(part).iter(SDT)):
            tag = value_of(control, "sdtPr/tag")
            if tag is not None and tag in editor.slots and not is_undecided(control) and _connected(control, tag, editor, slots):
                file.touch(part)


def _connected(control: Element, tag: str, editor: Editor, slots: Iterable[Slot]) -> bool:
    """Do one; whether it was changed."""
    properties, content = control.find(w("sdtPr")), control.find(CONTENT)
    if properties is None or content is None or properties.find(w("dataBinding")) is not None:
        return False
    kinds = [child for child in properties if child.tag in _KINDS]
    ranges = drop_ranges(control)
    said = "".join(said_by(leaf) for _, leaf in letters_of(content))
    if not said and not kinds:
        lift(control)
        take_out(control)
        return True
    slot = next((slot for slot in slots if slot.tag == tag and shown(slot) == said), editor.slots[tag])
    prompting = properties.find(w("showingPlcHdr")) is not None
    agrees = prompting if not slot.value else said == shown(slot)
    if kinds and not (agrees and slot.node):
        return ranges
    style, number = value_of(properties, "rPr/rStyle") or "", value_of(properties, "id") or ""
    head, tail = markup.control(slot if agrees else slot._replace(node=""), markup.STORE_ID, style, prompting)
    shell = f'<w:p xmlns:w="{markup.W}">{head}{number}{tail}{markup.CONTROL_END}</w:p>'
    control.replace(properties, parse(shell)[0][0])
    return True
