"""Word as the form: which blanks of a document are which content control, and what the store behind them holds.

A control is bound to one element of a custom XML part, so that Word changes every place at once. What is worked out of
an answer (【人数|大写】) has an element of its own, which Word cannot work out anew; `drafter update` does.
"""

import re
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.outline.field import Field, Value
from drafter.speech.block import Block
from drafter.speech.draft import Span

#: The namespace of the store. Its last number goes up when its meaning changes.
STORE = "urn:drafter:values:1"

#: Bytes of the store: ONLYOFFICE 9.4 fails to open many files with a larger part (DocumentServer issue 3787).
MAX_STORE = 32_000

#: Characters of a control's tag and title ([MS-OI29500] 2.1.495).
MAX_TAG = 64

#: Placeholders of their own; beyond, the same one stands for all (each is half a kilobyte of the glossary).
MAX_PROMPTS = 1_000
COMMON_PROMPT = "drafter_blank"

#: What office programs show in a control that nobody has answered.
PLACEHOLDER = re.compile(
    r"[单点]击(或[^，。]{2,4})?(此处|这里)[^，。]{0,12}。?|选择一项。?|Click (or tap )?(here )?to [^.]*\.?|Choose an item\.?"
)

#: Dates Word can write itself (ISO/IEC 29500-1, 17.16.4.1), by the filter that says them so.
DATE_FORMATS = {"": "yyyy年M月d日", "年月": "yyyy年M月", "月日": "M月d日", "年": "yyyy年"}


class Slot(NamedTuple):
    """What the controls of one blank have in common.

    `tag` is what they are tagged with: the field's name, "先进单位#2" for an entry of a list, the blank's source where it
    is worked out. `node` is the element of the store, "" where there is none; `kind` "text", "lines", "date" or "list"
    (a choice); `format` a date's; `value` what the store holds, "" without an answer; `prompt` the placeholder's text.
    """

    tag: str
    title: str
    node: str
    kind: str
    format: str
    value: str
    prompt: str
    placeholder: str
    choices: tuple[str, ...] = ()


def field_of(tag: str) -> str:
    """The field a tag tells of: 先进单位#2 and 日期|月日 belong to 先进单位 and 日期."""
    return tag.split("#")[0].split("|")[0].strip()


def tag_of(span: Span) -> str:
    """The tag of a blank. At most `MAX_TAG` characters; a longer one ends in its checksum."""
    bare = span.blank.strip()
    tag = span.field if span.field and bare.isidentifier() else bare
    if len(tag) <= MAX_TAG:
        return tag
    return f"{tag[: MAX_TAG - 9]}~{zlib.crc32(tag.encode()):08x}"


def prompt_of(name: str, field: Field | None) -> str:
    """What an empty control shows when it is cleared in Word: its name and its question."""
    ask = field.ask if field else ""
    return f"【{name}】（{ask}）" if ask else f"【{name}】"


def slots(
    blocks: Iterable[Block], fields: Mapping[str, Field], answers: Mapping[str, Value]
) -> dict[tuple[str, str], Slot]:
    """The slots of a document by (tag, "" or the words, where a title breaks them in lines), in the order they first
    stand. The store they make is smaller than `MAX_STORE`; what no longer fits is not in it."""
    out: dict[tuple[str, str], Slot] = {}
    nodes: dict[str, str] = {}
    taken: set[str] = set()
    prompts: dict[str, str] = {}
    left = MAX_STORE - 200
    for block in blocks:
        for span in block.spans:
            if not span.blank:
                continue
            key = key_of(span)
            if key in out:
                continue
            tag, broken = key
            name = field_of(tag)
            field = fields.get(name)
            kind, form, value = _content(span, tag, broken, field, answers.get(name))
            own = "" if field is None or not (tag == name or kind == "date") or broken else name
            place = own or f"{tag}\n{broken}"
            node = nodes.get(place)
            if node is None and unstorable(value):
                node = nodes[place] = ""
            elif node is None:
                # As it is written: two tags, its name as an attribute, and references at worst for every & < >.
                cost = 40 + len(tag.encode()) + len(value.encode()) + 4 * sum(map(value.count, "&<>"))
                left -= cost
                node = nodes[place] = store_node(place, taken) if left >= 0 else ""
                taken.add(node)
                if not node:
                    left += cost
            placeholder = prompts.get(name)
            if placeholder is None:
                placeholder = prompts[name] = (
                    f"drafter_f{len(prompts) + 1}" if len(prompts) < MAX_PROMPTS else COMMON_PROMPT
                )
            asked = "【待填】" if placeholder == COMMON_PROMPT else prompt_of(name, field)
            if field is None and not span.answered:
                asked = span.text.replace("\n", "")
            choices = field.choices if kind == "list" and field else ()
            out[key] = Slot(tag, name if field else tag, node, kind, form, value, asked, placeholder, choices)
    return out


def unstorable(value: str) -> bool:
    """Whether an answer is not bound to the store: where a bound one has & or <, LibreOffice (7.4 and 25.2) empties all
    custom data when it saves, the record of what the draft was made from with it."""
    return "&" in value or "<" in value


def store_node(place: str, taken: Collection[str]) -> str:
    """The element of the store for a place. It is the same in every document, so that a control pasted from one draft
    into another shows there what that one says."""
    name = f"f{zlib.crc32(place.encode()):08x}"
    while name in taken:
        name += "x"
    return name


def key_of(span: Span) -> tuple[str, str]:
    """What tells the slots of a document apart."""
    return tag_of(span), span.text if span.answered and "\n" in span.text else ""


def _content(span: Span, tag: str, broken: str, field: Field | None, value: Value | None) -> tuple[str, str, str]:
    """The kind of a control, its date format, and what the store holds."""
    said = span.text if span.answered else ""
    if field is None or broken:
        return ("lines" if broken else "text"), "", said
    name, _, worked_out = tag.partition("|")
    if field.type == "date" and worked_out.strip() in DATE_FORMATS and "#" not in name:
        day = value.isoformat() if isinstance(value, date) and span.answered else ""
        return "date", DATE_FORMATS[worked_out.strip()], day
    if worked_out or "#" in name:
        return "text", "", said
    if field.type == "choice":
        return "list", "", said
    return ("lines" if field.type == "long text" else "text"), "", said


def date_format_says(form: str, day: date) -> str:
    """A day in one of the formats of `DATE_FORMATS`."""
    return form.replace("yyyy", str(day.year)).replace("M", str(day.month)).replace("d", str(day.day))


_SPELLING = str.maketrans({".": "_", "-": "_", "#": "n"})


def anchors(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The name of the bookmark over each paragraph: its node, spelled as Word lets bookmarks be named ([MS-OI29500]
    2.1.521: a letter first, then letters, digits and _, at most 40), with a number behind from the second of a node
    on."""
    seen: dict[str, int] = {}
    taken: set[str] = set()
    out = []
    for block in blocks:
        node = block.node.removeprefix("speech.") if block.node else f"t_{block.role}"
        base = "dr_" + node.translate(_SPELLING)
        if not base.isidentifier():
            base = "".join(c if c.isalnum() or c == "_" else "x" for c in base)
        if len(base) > 34:
            base = f"{base[:25]}_{zlib.crc32(node.encode()):08x}"
        name = base
        low = base.lower()
        if low in taken:
            number = seen.get(low, 1)
            while low in taken:
                number += 1
                name = f"{base}_v{number}"
                low = name.lower()
            seen[base.lower()] = number
        taken.add(low)
        out.append(name)
    return tuple(out)
