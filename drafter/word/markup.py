"""WordprocessingML, written as text: the only module that names its elements.

Pure functions from a template's values to parts. The order of elements is the schema's (ISO/IEC 29500-1 transitional);
Word insists on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from drafter.chinese.numerals import unholdable
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.field import Field
from drafter.speech.block import Block
from drafter.speech.draft import WORDS, Span
from drafter.template.styles import BLANK, HIGHLIGHTS, SIGNATURE, PageSetup, Style, Template, twips, twips_of_mm
from drafter.word.controls import MAX_TAG, STORE, Slot, field_of, key_of, prompt_of, tag_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: Who signs drafter's comments and tracked changes.
AUTHOR, INITIALS = "drafter", "dr"


def stamp_of(now: datetime) -> str:
    """When a comment or a change was made, as Word writes it: the time of the place, with a Z that means nothing."""
    return now.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


#: Pieces of a paragraph. A run is opened by `RUN` or `styled_run` and closed by `RUN_END`.
RUN = '<w:r><w:t xml:space="preserve">'
RUN_END = "</w:t></w:r>"
PARAGRAPH_END = "</w:p>"
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'

#: The header's distance from the top edge, 15 mm: Word's own default (there is no header).
_HEADER_DISTANCE = 851

#: The typing tab, 210 twips a character of 五号: the default of Chinese Word.
_TAB_STOP = 420

#: Marks may hang over the right edge. That is Word's default, but LibreOffice 7.4 loses marks where nothing is written:
#: some full stops at the end of justified lines are missing from its PDF.
_HANGING = '<w:overflowPunct w:val="1"/>'

_LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'


def escape(text: str) -> str:
    """The text as character data; line ends and tabs as the elements Word has for them."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in text:
        text = text.replace("\n", BREAK)
    if "\t" in text:
        text = text.replace("\t", TAB)
    return text


def _quote(text: str) -> str:
    """The text inside an attribute or an element that holds one line."""
    for mark, said in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        if mark in text:
            text = text.replace(mark, said)
    return text.replace("\r", "").replace("\n", " ").replace("\t", " ")


def paragraph(style_id: str, right: str = "") -> str:
    """A paragraph opened, in a style; `right` is the room it keeps on the right where that is not its style's."""
    return f'<w:p><w:pPr><w:pStyle w:val="{_quote(style_id)}"/>{right}</w:pPr>'


def room_on_the_right(chars: float, style: Style) -> str:
    """The room kept free on the right of a paragraph, in 汉字 of its style."""
    return f'<w:ind w:rightChars="{round(chars * 100)}" w:right="{twips(chars * style.size_pt)}"/>'


def styled_run(style_id: str) -> str:
    """A run opened, in a character style."""
    return f'<w:r><w:rPr><w:rStyle w:val="{_quote(style_id)}"/></w:rPr><w:t xml:space="preserve">'


#: The ground of words to be confirmed: with a comment, and where comments are left out. No palette has these colours, so
#: that a ground that has one is drafter's, in whatever program the file was saved.
MARKED, MARKED_ALONE = "FFE48C", "FFE48D"

#: What the comments on words to be confirmed, and those that remind the writer, begin with.
CONFIRM, REMIND = "请核实：", "提醒："

#: The type of a comment: 10 pt, on lines of their own height. Without it comments are as large as the body of a speech (16 pt
#: on lines of 28 pt), and the margin holds two of them on a page. Source of the number: Word's style CommentText.
COMMENT_HALF_POINTS = "20"


def marked_run(style_id: str, fill: str) -> str:
    """A run opened on a coloured ground, in a character style, "" for none."""
    style = f'<w:rStyle w:val="{_quote(style_id)}"/>' if style_id else ""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    return f'<w:r><w:rPr>{style}{ground}</w:rPr><w:t xml:space="preserve">'


class Remarks:
    """The comments of a document on its way: `reminders` are those that stand at paragraphs, by the number of the block;
    `said` what all of them say, in the order in which the text is written, the first numbered `first`."""

    def __init__(self, reminders: Mapping[int, Sequence[str]] = {}, first: int = 0) -> None:
        self.reminders = reminders
        self.first = first
        self.said: list[str] = []

    def around(self, *said: str) -> tuple[str, str]:
        """New comments: what stands before and behind the words they are on."""
        numbers = range(self.first + len(self.said), self.first + len(self.said) + len(said))
        self.said += said
        return (
            "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in numbers),
            "".join(f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>' for n in numbers),
        )


def to_confirm(words: str, note: str) -> str:
    """What the comment on words to be confirmed says."""
    end = "" if words.endswith(("。", "！", "？")) else "。"
    return f"{CONFIRM}{words}{end}{note}" if note else f"{CONFIRM}{words}"


def comments(said: Sequence[str], stamp: str, author: str, initials: str) -> str:
    """word/comments.xml: comments numbered from 0, made at a time."""
    rows = (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="{stamp}" w:initials="{initials}">'
        + "".join(f"<w:p>{_COMMENT_LOOKS}{_escaped(row)}{RUN_END}</w:p>" for row in text.split("\n"))
        + "</w:comment>"
        for number, text in enumerate(said)
    )
    return f'{HEAD}<w:comments xmlns:w="{W}">{"".join(rows)}</w:comments>'


_COMMENT_LOOKS = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
    f'<w:r><w:rPr><w:sz w:val="{COMMENT_HALF_POINTS}"/><w:szCs w:val="{COMMENT_HALF_POINTS}"/></w:rPr>'
    '<w:t xml:space="preserve">'
)

#: A covering bookmark: its start needs a number and a name, its end the number. Numbers begin here, so that those of a
#: letterhead keep theirs.
FIRST_ID = 100_001

#: By what numbers the store and the provenance are bound: any will do that no other program uses.
STORE_ID = "{6B1C9D52-3F0E-4D5A-9C77-D7A4F7E60001}"
PROVENANCE_ID = "{6B1C9D52-3F0E-4D5A-9C77-D7A4F7E60002}"
BOOKMARK_END = '<w:bookmarkEnd w:id="%d"/>'
CONTROL_END = "</w:sdtContent></w:sdt>"


def bookmark(number: int, name: str) -> str:
    """A bookmark opened."""
    said = name if name.isidentifier() else _quote(name)
    return f'<w:bookmarkStart w:id="{number}" w:name="{said}"/>'


#: The order of a control's properties (ISO/IEC 29500-1, CT_SdtPr), the one order python-docx does not know; what kind
#: of control it is comes last.
CONTROL_ORDER = (
    "w:rPr", "w:alias", "w:tag", "w:id", "w:lock", "w:placeholder", "w:temporary", "w:showingPlcHdr", "w:dataBinding",
    "w:label", "w:tabIndex", "w:equation", "w:comboBox", "w:date", "w:docPartObj", "w:docPartList", "w:dropDownList",
    "w:picture", "w:richText", "w:text", "w:citation", "w:group", "w:bibliography",
)  # fmt: skip

#: What stands behind w:pgNumType in w:sectPr (CT_SectPr).
AFTER_PAGE_NUMBERS = (
    "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter",
    "w:docGrid", "w:printerSettings", "w:sectPrChange",
)  # fmt: skip

#: What stands behind w:compat in w:settings, and behind w:doNotExpandShiftReturn in w:compat (CT_Settings, CT_Compat).
AFTER_COMPATIBILITY = (
    "w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping",
    "w:doNotIncludeSubdocsInStats", "w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions",
    "w:readModeInkLockDown", "w:smartTagType", "w:shapeDefaults", "w:doNotEmbedSmartTags", "w:decimalSymbol",
    "w:listSeparator",
)  # fmt: skip
COMPATIBILITY_ORDER = (
    "w:spacingInWholePoints", "w:lineWrapLikeWord6", "w:printBodyTextBeforeHeader", "w:printColBlack",
    "w:wpSpaceWidth", "w:showBreaksInFrames", "w:subFontBySize", "w:suppressBottomSpacing", "w:suppressTopSpacing",
    "w:suppressSpacingAtTopOfPage", "w:suppressTopSpacingWP", "w:suppressSpBfAfterPgBrk", "w:swapBordersFacingPages",
    "w:convMailMergeEsc", "w:truncateFontHeightsLikeWP6", "w:mwSmallCaps", "w:usePrinterMetrics",
    "w:doNotSuppressParagraphBorders", "w:wrapTrailSpaces", "w:footnoteLayoutLikeWW8", "w:shapeLayoutLikeWW8",
    "w:alignTablesRowByRow", "w:forgetLastTabAlignment", "w:adjustLineHeightInTable", "w:autoSpaceLikeWord95",
    "w:noSpaceRaiseLower", "w:doNotUseHTMLParagraphAutoSpacing", "w:layoutRawTableWidth", "w:layoutTableRowsApart",
    "w:useWord97LineBreakRules", "w:doNotBreakWrappedTables", "w:doNotSnapToGridInCell",
    "w:selectFldWithFirstOrLastChar", "w:applyBreakingRules", "w:doNotWrapTextWithPunct",
    "w:doNotUseEastAsianBreakRules", "w:useWord2002TableStyleRules", "w:growAutofit", "w:useFELayout",
    "w:useNormalStyleForList", "w:doNotUseIndentAsNumberingTabStop", "w:useAltKinsokuLineBreakRules",
    "w:allowSpaceOfSameStyleInTable", "w:doNotSuppressIndentation", "w:doNotAutofitConstrainedTables",
    "w:autofitToFirstFixedWidthCell", "w:underlineTabInNumList", "w:displayHangulFixedWidth", "w:splitPgBreakAndParaMark",
    "w:doNotVertAlignCellWithSp", "w:doNotBreakConstrainedForcedTable", "w:doNotVertAlignInTxbx", "w:useAnsiKerningPairs",
    "w:cachedColBalance", "w:compatSetting",
)  # fmt: skip


def store_path(node: str) -> str:
    """Where an element of the store is, as a control says it."""
    return f"/v:values[1]/v:{node}[1]"


def control(slot: Slot, store_id: str, style_id: str, showing_prompt: bool) -> tuple[str, str]:
    """An inline content control opened: the text before its number and after it. `style_id` is the character style of
    what is typed into it, "" for none. The order of its properties is the one Word writes."""
    kind = {"text": "<w:text/>", "lines": '<w:text w:multiLine="1"/>'}.get(slot.kind, "")
    if slot.kind == "date":
        day = f' w:fullDate="{slot.value}T00:00:00Z"' if slot.value else ""
        kind = (
            f'<w:date{day}><w:dateFormat w:val="{slot.format}"/><w:lid w:val="zh-CN"/>'
            '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
        )
    elif slot.kind == "list":
        # The value is what is displayed: LibreOffice shows the value.
        items = (f'<w:listItem w:displayText="{_quote(c)}" w:value="{_quote(c)}"/>' for c in slot.choices)
        kind = f"<w:dropDownList>{''.join(items)}</w:dropDownList>"
    binding = (
        f'<w:dataBinding w:prefixMappings="xmlns:v=\'{STORE}\'" w:xpath="{store_path(slot.node)}"'
        f' w:storeItemID="{store_id}"/>'
        if slot.node
        else ""
    )
    looks = f'<w:rPr><w:rStyle w:val="{_quote(style_id)}"/></w:rPr>' if style_id else ""
    return (
        f'<w:sdt><w:sdtPr>{looks}<w:alias w:val="{_quote(slot.title[:MAX_TAG])}"/>'
        f'<w:tag w:val="{_quote(slot.tag)}"/><w:id w:val="',
        f'"/><w:placeholder><w:docPart w:val="{slot.placeholder}"/></w:placeholder>'
        f"{'<w:showingPlcHdr/>' if showing_prompt else ''}{binding}{kind}</w:sdtPr><w:sdtContent>",
    )


def short_roles(template: Template) -> frozenset[str]:
    """The roles whose lines a question in a blank would break."""
    return frozenset(s.role for s in template.styles if s.width_chars or s.align == "center")


def with_questions(blocks: Sequence[Block], template: Template, fields: Mapping[str, Field]) -> tuple[Block, ...]:
    """The blocks as controls show them in Word: the first blank of a field nobody has answered asks its question."""
    short = short_roles(template)
    asked: set[str] = set()
    out = []
    for block in blocks:
        spans = []
        for span in block.spans:
            if span.blank and not span.answered and block.role not in short:
                tag = tag_of(span)
                name = field_of(tag)
                title = name if name in fields else tag
                if title not in asked:
                    asked.add(title)
                    span = span._replace(text=prompt_of(name, fields.get(name)))
            spans.append(span)
        out.append(block._replace(spans=tuple(spans)))
    return tuple(out)


def paragraphs(
    blocks: Sequence[Block],
    template: Template,
    ids: Mapping[str, str],
    live: Mapping[tuple[str, str], Slot] = {},
    names: Sequence[str] = (),
    first_id: int = FIRST_ID,
    remarks: Remarks | None = None,
) -> str:
    """The paragraphs, as `paragraph_rows` has them, in one."""
    return "".join(paragraph_rows(blocks, template, ids, live, names, first_id, remarks))


def paragraph_rows(
    blocks: Sequence[Block],
    template: Template,
    ids: Mapping[str, str],
    live: Mapping[tuple[str, str], Slot] = {},
    names: Sequence[str] = (),
    first_id: int = FIRST_ID,
    remarks: Remarks | None = None,
    rooms: Mapping[int, float] | None = None,
) -> Iterator[str]:
    """The paragraphs, one after the other. `ids` are the style ids by role, `live` the blanks that are controls, `names` the paragraphs'
    bookmarks, () for none; `first_id` is the number the first bookmark and control take. `remarks` takes the comments,
    None where there are to be none; `rooms` is the room on the right of a signature, None where it is as wide as its text here
    asks. A run has one style: a blank nobody has answered shows as that, even in a run-in heading."""
    opened = {s.role: paragraph(ids[s.role]) for s in template.styles if not s.character}
    short = short_roles(template)
    runs = {s.role: styled_run(ids[s.role]) for s in template.styles if s.character}
    shells: dict[tuple[tuple[str, str], str, bool], tuple[str, str]] = {}
    asked: set[str] = set()
    number = first_id + len(blocks)
    rooms = _signed(blocks, template) if rooms is None else rooms
    silent = bool(names) and not (remarks and remarks.reminders)
    for at, block in enumerate(blocks):
        if silent and at not in rooms and len(block.spans) == 1 and block.spans[0][1:] == WORDS:  # as most are
            begun, ended = bookmark(first_id + at, names[at]), BOOKMARK_END % (first_id + at)
            text = _escaped(block.spans[0].text)
            yield f"{opened[block.role]}{begun}{RUN + text + RUN_END if text else ''}{ended}{PARAGRAPH_END}"
            continue
        out: list[str] = []
        add = out.append
        if at in rooms:
            add(paragraph(ids[block.role], room_on_the_right(rooms[at], template.style(block.role))))
        else:
            add(opened[block.role])
        if names:
            add(bookmark(first_id + at, names[at]))
        last = ""
        reminded = remarks.reminders.get(at) if remarks and remarks.reminders else None
        if remarks and reminded:  # at a point: a range is coloured, and LibreOffice 7.4 puts one before a control into it
            add("".join(remarks.around(*(REMIND + note for note in reminded))))
        for span in block.spans:
            text = span.text
            if not text:
                continue
            if span.confirm is not None:
                add(RUN_END if last else "")
                add(_to_confirm(span, ids[span.strong] if span.strong in runs else "", remarks))
                last = ""
                continue
            run = runs[BLANK] if not span.answered else runs.get(span.strong, RUN) if span.strong else RUN
            if span.blank and live:
                key = key_of(span)
                slot = live[key]
                kind = (key, span.strong, span.answered)
                shell = shells.get(kind)
                if shell is None:
                    looks = ids[span.strong] if span.strong in runs else ""
                    shell = shells[kind] = control(slot, STORE_ID, looks, not span.answered)
                plainly = slot.prompt.startswith(span.text)  # 【几】 asks for something else than the answer
                if not span.answered and plainly and slot.title not in asked and block.role not in short:
                    asked.add(slot.title)
                    text = slot.prompt
                if last:
                    add(RUN_END)
                    last = ""
                add(f"{shell[0]}{number}{shell[1]}{run}")
                number += 1
                add(_escaped(text))
                add(RUN_END + CONTROL_END)
                continue
            if run != last:
                add(RUN_END + run if last else run)
                last = run
            add(_escaped(text))
        if last:
            add(RUN_END)
        if names:
            add(BOOKMARK_END % (first_id + at))
        add(PARAGRAPH_END)
        out[:] = ["".join(out)]
        yield out.pop()  # and is not kept here meanwhile: a paragraph may be 50 MB


def _to_confirm(span: Span, style_id: str, remarks: Remarks | None) -> str:
    """Words to be confirmed, with their comment."""
    fill = MARKED if remarks else MARKED_ALONE
    words = f"{marked_run(style_id, fill)}{_escaped(span.text)}{RUN_END}"
    before, behind = remarks.around(to_confirm(span.text, span.confirm or "")) if remarks else ("", "")
    return f"{before}{words}{behind}"


def _signed(blocks: Sequence[Block], template: Template) -> dict[int, float]:
    """See `signature_room`; most speeches are not signed."""
    if not blocks or blocks[-1].role != SIGNATURE:
        return {}
    from drafter.template.signing import signature_room

    return signature_room(blocks, template)


def _escaped(text: str) -> str:
    """The text as XML. What is printable XML can hold, and asking for that takes half as long as the sweep."""
    if not text.isprintable():
        return escape(held(text))
    return escape(text) if "&" in text or "<" in text or ">" in text else text


def held(text: str) -> str:
    """The text. Raises Rejected where XML cannot hold it."""
    bad = unholdable(text)
    if not bad:
        return text
    near = text[max(0, bad[0] - 12) : bad[0]]
    said = f"“{near}”后面有" if near else "文中有"
    said += f" Word 文件存不下的字符 U+{ord(text[bad[0]]):04X}。"
    raise Rejected(Diagnostic(said, None, "多半是从别处粘贴带来的，看不见；请删掉它。", code="character-not-storable"))


def store(slots: Iterable[Slot]) -> str:
    """The custom XML part behind the controls: an element for each answer."""
    nodes = {slot.node: slot for slot in slots if slot.node}
    rows = (f'<{n} name="{_quote(s.title)}">{escape_lines(s.value)}</{n}>' for n, s in nodes.items())
    return f'{HEAD}<values xmlns="{STORE}">{"".join(rows)}</values>'


def escape_lines(text: str) -> str:
    """The text as character data of a store, line ends and all."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def store_item(item_id: str, namespace: str) -> str:
    """customXml/itemProps*.xml: by what number a custom part is bound to."""
    ds = f"{_OFFICE}/customXml"
    return (
        f'{HEAD}<ds:datastoreItem xmlns:ds="{ds}" ds:itemID="{item_id}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def one_relationship(kind: str, target: str) -> str:
    """A .rels of one line."""
    return (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIP}/{kind}" Target="{target}"/></Relationships>'
    )


def glossary(slots: Iterable[Slot], style_id: str) -> str:
    """word/glossary/document.xml: what each empty control shows."""
    prompts = {slot.placeholder: slot.prompt for slot in slots if slot.placeholder}
    parts = (
        f'<w:docPart><w:docPartPr><w:name w:val="{name}"/>'
        '<w:category><w:name w:val="General"/><w:gallery w:val="placeholder"/>'
        '</w:category><w:types><w:type w:val="bbPlcHdr"/></w:types>'
        '<w:behaviors><w:behavior w:val="content"/></w:behaviors>'
        f'<w:guid w:val="{{6B1C9D52-3F0E-4D5A-9C77-{number:012X}}}"/></w:docPartPr><w:docPartBody><w:p>'
        f"{styled_run(style_id)}{escape(prompt)}{RUN_END}</w:p></w:docPartBody></w:docPart>"
        for number, (name, prompt) in enumerate(prompts.items(), 1)
    )
    return f'{HEAD}<w:glossaryDocument xmlns:w="{W}"><w:docParts>{"".join(parts)}</w:docParts></w:glossaryDocument>'


def glossary_styles(blank: Style) -> str:
    """word/glossary/styles.xml: the look of what nobody has answered yet, under the name it has in the document."""
    return (
        f'{HEAD}<w:styles xmlns:w="{W}">{_BUILT_IN}'
        + "".join(style_elements([blank._replace(like="")], blank, {blank.role: blank.style_id}).values())
        + "</w:styles>"
    )


def custom_properties(values: Mapping[str, str]) -> str:
    """docProps/custom.xml. The format id is the one all custom properties have ([MS-OLEPS] 2.21)."""
    rows = (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{_quote(name)}">'
        f"<vt:lpwstr>{_quote(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(values.items(), 2)
    )
    return (
        f'{HEAD}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        + "".join(rows)
        + "</Properties>"
    )


def document(body: str, page: PageSetup, pitch: int) -> str:
    """word/document.xml of paragraphs; `pitch` as below."""
    head, tail = document_ends(page, pitch)
    return "".join((head, body, tail))


def document_ends(page: PageSetup, pitch: int) -> tuple[str, str]:
    """What word/document.xml has before its paragraphs and behind them. `pitch` is the height of a body line in twentieths of
    a point, 0 for none."""
    root = f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{RELATIONSHIP}"><w:body>'
    return root, f"{_section(page, pitch)}</w:body></w:document>"


def fragment(body: str) -> str:
    """The body alone, as a tree of its own."""
    return f'<w:body xmlns:w="{W}">{body}</w:body>'


def _section(page: PageSetup, pitch: int) -> str:
    footers = "".join(
        f'<w:footerReference w:type="{pages}" r:id="rId{n}"/>' for n, (pages, _) in enumerate(footers_of(page), 10)
    )
    grid = f'<w:docGrid w:type="lines" w:linePitch="{pitch}"/>' if pitch else ""
    mm = twips_of_mm
    return (
        f'<w:sectPr>{footers}<w:pgSz w:w="{mm(page.width_mm)}" w:h="{mm(page.height_mm)}"/>'
        f'<w:pgMar w:top="{mm(page.top_mm)}" w:right="{mm(page.right_mm)}" w:bottom="{mm(page.bottom_mm)}"'
        f' w:left="{mm(page.left_mm)}" w:header="{_HEADER_DISTANCE}" w:footer="{mm(page.footer_mm)}" w:gutter="0"/>'
        f'<w:cols w:space="425"/>{grid}</w:sectPr>'
    )


def footers_of(page: PageSetup) -> tuple[tuple[str, str], ...]:
    """The footers a page has: (which pages, id of the style). Even pages are named only where they differ."""
    if page.number == "outside":
        return ("default", "SpeechFooterOdd"), ("even", "SpeechFooterEven")
    return (("default", "SpeechFooterCentre"),) if page.number == "center" else ()


def footer(style_id: str) -> str:
    """A footer that says the page number between two 一字线 (GB/T 9704—2012, 7.5), for which U+2014 is written."""
    return (
        f'{HEAD}<w:ftr xmlns:w="{W}">{paragraph(style_id)}{RUN}— {RUN_END}'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{RUN} —{RUN_END}</w:p></w:ftr>'
    )


# ── styles ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def styles(page: PageSetup, named: Sequence[Style], body: Style, footer: Style) -> str:
    """word/styles.xml: Word's own four defaults, the template's styles, and those of the footers. What is typed in no
    style of ours looks like the body, without its indent."""
    defaults = _text(body, None)
    elements = style_elements(named, body, {s.role: s.style_id for s in named})
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:widowControl w:val="0"/>{_HANGING}{_spacing(body._replace(before_pt=0, after_pt=0))}'
        f"</w:pPr></w:pPrDefault></w:docDefaults>{_LATENT}{_BUILT_IN}{''.join(elements.values())}"
        f"{''.join(footer_styles(page, footer))}</w:styles>"
    )


#: Word shows a latent style only when it is used, so its gallery holds ours and nothing else.
_LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
    ' w:defQFormat="0" w:count="376"><w:lsdException w:name="Normal" w:semiHidden="0" w:uiPriority="0"'
    ' w:unhideWhenUsed="0" w:qFormat="1"/></w:latentStyles>'
)
_BUILT_IN = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
    "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
)


def style_elements(named: Sequence[Style], body: Style, ids: Mapping[str, str], xmlns: str = "") -> dict[str, str]:
    """The w:style of each role. `ids` are the style ids by role, `xmlns` a declaration where each is to stand alone."""
    by_role = {s.role: s for s in named}
    pitch = twips(body.line_pt)
    out = {}
    for priority, style in enumerate(named, 2):
        parent = by_role.get(style.like)
        # Word ignores an indent of no characters, so an inherited one cannot be taken back: such a style stands alone.
        if parent and not style.character and parent.indent_chars and not style.indent_chars:
            parent = None
        follow = ids[body.role] if style.keep_next and not style.character else ""
        out[style.role] = (
            f'<w:style{xmlns} w:type="{"character" if style.character else "paragraph"}" w:customStyle="1"'
            f' w:styleId="{_quote(ids[style.role])}"><w:name w:val="{_quote(style.name)}"/>'
            + (f'<w:basedOn w:val="{_quote(ids[parent.role])}"/>' if parent else "")
            + (f'<w:next w:val="{_quote(follow)}"/>' if follow else "")
            + f'<w:uiPriority w:val="{priority}"/><w:qFormat/>'
            + _group("pPr", "" if style.character else _shape(style, parent, pitch))
            + _group("rPr", _characters(style, parent) if style.character else _text(style, parent))
            + "</w:style>"
        )
    return out


def footer_styles(page: PageSetup, footer: Style, xmlns: str = "") -> tuple[str, ...]:
    """The styles of the footers a page has: the page number's place, 空一字 from the edge of the 版心 where it is outside
    (GB/T 9704—2012, 7.5). `xmlns` is a declaration where each is to stand alone."""
    char = twips(footer.size_pt)
    shapes = {
        "SpeechFooterOdd": ("单页", f'<w:ind w:rightChars="100" w:right="{char}"/><w:jc w:val="right"/>'),
        "SpeechFooterEven": ("双页", f'<w:ind w:leftChars="100" w:left="{char}"/><w:jc w:val="left"/>'),
        "SpeechFooterCentre": ("居中", '<w:jc w:val="center"/>'),
    }
    return tuple(
        f'<w:style{xmlns} w:type="paragraph" w:customStyle="1" w:styleId="{style_id}">'
        f'<w:name w:val="{_quote(footer.name)}'
        f'{shapes[style_id][0]}"/><w:basedOn w:val="{footer.style_id}"/><w:uiPriority w:val="99"/>'
        f"<w:pPr>{shapes[style_id][1]}</w:pPr></w:style>"
        for _, style_id in footers_of(page)
    )


def _group(name: str, inside: str) -> str:
    return f"<w:{name}>{inside}</w:{name}>" if inside else ""


def _shape(style: Style, parent: Style | None, pitch: int) -> str:
    """What a paragraph style says of paragraphs: everything, or what differs from its parent."""
    p = parent
    out = []
    if style.keep_next != (p.keep_next if p else False):
        out.append("<w:keepNext/>" if style.keep_next else '<w:keepNext w:val="0"/>')
    if p is None or style.widow_control != p.widow_control:
        out.append(f'<w:widowControl w:val="{int(style.widow_control)}"/>')
    if p is None:
        out.append(_HANGING)
    off_grid = twips(style.line_pt) != pitch
    if off_grid != (twips(p.line_pt) != pitch if p else False):
        out.append(f'<w:snapToGrid w:val="{int(not off_grid)}"/>')
    if p is None or (style.before_pt, style.after_pt, style.line_pt) != (p.before_pt, p.after_pt, p.line_pt):
        out.append(_spacing(style))
    if p is None or (style.indent_chars, style.right_chars, style.size_pt) != (
        p.indent_chars,
        p.right_chars,
        p.size_pt,
    ):
        chars = round(style.indent_chars * 100)
        right = f' w:rightChars="{round(style.right_chars * 100)}" w:right="{twips(style.right_chars * style.size_pt)}"'
        out.append(
            f'<w:ind{right if style.right_chars else ""} w:firstLineChars="{chars}"'
            f' w:firstLine="{twips(style.indent_chars * style.size_pt)}"/>'
        )
    if p is None or (style.align or "left") != (p.align or "left"):
        out.append(f'<w:jc w:val="{style.align or "left"}"/>')
    if style.outline_level != (p.outline_level if p else 0):
        out.append(f'<w:outlineLvl w:val="{style.outline_level - 1 if style.outline_level else 9}"/>')
    return "".join(out)


def _spacing(style: Style) -> str:
    line = f'w:line="{twips(style.line_pt)}" w:lineRule="exact"' if style.line_pt else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{twips(style.before_pt)}" w:after="{twips(style.after_pt)}" {line}/>'


def _text(style: Style, parent: Style | None) -> str:
    """What a paragraph style says of characters: everything, or what differs from its parent."""
    p = parent
    out = []
    if p is None or style.font != p.font:
        out.append(_fonts(style.font))
    if bool(style.bold) != bool(p.bold if p else False):
        out.append(_bold(bool(style.bold)))
    if p is None:
        out.append('<w:color w:val="000000"/>')
    if style.spacing_pt != (p.spacing_pt if p else 0):
        out.append(f'<w:spacing w:val="{twips(style.spacing_pt)}"/>')
    if p is None or style.size_pt != p.size_pt:
        out.append(_size(style.size_pt))
    if style.highlight != (p.highlight if p else ""):
        out.append(_ground(style.highlight))
    if p is None:
        out.append(_LANGUAGE)
    return "".join(out)


def _characters(style: Style, parent: Style | None) -> str:
    """What a character style says: only what is given."""
    p = parent
    out = []
    if style.font and style.font != (p.font if p else ""):
        out.append(_fonts(style.font))
    if style.bold is not None and style.bold != (p.bold if p else None):
        out.append(_bold(style.bold))
    if style.spacing_pt != (p.spacing_pt if p else 0):
        out.append(f'<w:spacing w:val="{twips(style.spacing_pt)}"/>')
    if style.size_pt and style.size_pt != (p.size_pt if p else 0):
        out.append(_size(style.size_pt))
    if style.highlight and style.highlight != (p.highlight if p else ""):
        out.append(_ground(style.highlight))
    return "".join(out)


def _ground(colour: str) -> str:
    """The colour behind the text. Word allows no w:highlight in a style, so it is a shading of the same colour."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{HIGHLIGHTS.get(colour, "auto")}"/>'


def _fonts(font: str) -> str:
    """One font for every script. The hint sends “ ” … — to the East Asian one ([MS-OI29500] 2.1.88)."""
    f = _quote(font)
    return f'<w:rFonts w:ascii="{f}" w:hAnsi="{f}" w:eastAsia="{f}" w:cs="{f}" w:hint="eastAsia"/>'


def _bold(on: bool) -> str:
    return "<w:b/><w:bCs/>" if on else '<w:b w:val="0"/><w:bCs w:val="0"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


#: Parts that only a document with fields has, and their types.
GLOSSARY, GLOSSARY_STYLES = "word/glossary/document.xml", "word/glossary/styles.xml"
GLOSSARY_TYPE = _WORD_TYPE + "document.glossary+xml"
STYLES_TYPE = _WORD_TYPE + "styles+xml"
ITEM_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
COMMENTS_TYPE = _WORD_TYPE + "comments+xml"


# ── the other parts ────────────────────────────────────────────────────────────────────────────────────────────────


def settings(page: PageSetup) -> str:
    """word/settings.xml. Compatibility mode 15 is Word 2013 and later; punctuation is squeezed as Chinese Word does."""
    even_and_odd = "<w:evenAndOddHeaders/>" if page.number == "outside" else ""
    modes = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in modes.items()
    )
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="{_TAB_STOP}"/>'
        f'{even_and_odd}<w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:doNotExpandShiftReturn/><w:useFELayout/>"
        f'{compat}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table(fonts: Mapping[str, str]) -> str:
    """word/fontTable.xml. `fonts` maps a font to the name it may be found under instead ("" for none); charset 134 (hex
    86) is GB 2312."""
    return (
        f'{HEAD}<w:fonts xmlns:w="{W}">'
        + "".join(
            f'<w:font w:name="{_quote(font)}">'
            + (f'<w:altName w:val="{_quote(other)}"/>' if other else "")
            + '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
            for font, other in fonts.items()
        )
        + "</w:fonts>"
    )


def core_properties(title: str, author: str, now: datetime) -> str:
    """docProps/core.xml: the title, the author, and that it was made `now` (local time, where it names no zone)."""
    try:
        stamp = now.astimezone(UTC)
    except (OSError, OverflowError, ValueError):
        stamp = now.replace(tzinfo=UTC)  # a year the system's clock cannot turn back to
    made = stamp.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    author = _quote(author)
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_quote(title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified><dc:language>zh-CN</dc:language>'
        "</cp:coreProperties>"
    )


#: docProps/app.xml says only that the document is not locked; what program wrote it is nobody's business.
APP_PROPERTIES = (
    f'{HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><ScaleCrop>false</ScaleCrop>'
    "<DocSecurity>0</DocSecurity></Properties>"
)


def relationships(kept: bool) -> str:
    """_rels/.rels. `kept`: the document says what it was made from."""
    custom = (
        f'<Relationship Id="rId4" Type="{RELATIONSHIP}/custom-properties" Target="docProps/custom.xml"/>'
        if kept
        else ""
    )
    return (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIP}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATIONSHIP}/extended-properties" Target="docProps/app.xml"/>'
        f"{custom}</Relationships>"
    )


def document_relationships(page: PageSetup, items: int = 0, glossary: bool = False, comments: bool = False) -> str:
    """word/_rels/document.xml.rels. `items` are the custom XML parts of the document."""
    targets = [(f"rId{n}", part, f"{part}.xml") for n, part in enumerate(("styles", "settings", "fontTable"), 1)]
    targets += [(f"rId{n}", "footer", f"footer{n - 9}.xml") for n, _ in enumerate(footers_of(page), 10)]
    targets += [(f"rId{n + 20}", "customXml", f"../customXml/item{n}.xml") for n in range(1, items + 1)]
    if glossary:
        targets.append(("rId30", "glossaryDocument", "glossary/document.xml"))
    if comments:
        targets.append(("rId31", "comments", "comments.xml"))
    return (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{i}" Type="{RELATIONSHIP}/{kind}" Target="{target}"/>' for i, kind, target in targets
        )
        + "</Relationships>"
    )


def content_types(page: PageSetup, items: int = 0, glossary: bool = False, comments: bool = False) -> str:
    """[Content_Types].xml, with what `document_relationships` names."""
    parts = [
        ("/word/document.xml", _WORD_TYPE + "document.main+xml"),
        *((f"/word/{n}.xml", f"{_WORD_TYPE}{n}+xml") for n in ("styles", "settings", "fontTable")),
        *((f"/word/footer{n}.xml", _WORD_TYPE + "footer+xml") for n, _ in enumerate(footers_of(page), 1)),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    if items:
        parts.append(("/docProps/custom.xml", CUSTOM_TYPE))
    parts += [(f"/customXml/itemProps{n}.xml", ITEM_TYPE) for n in range(1, items + 1)]
    if glossary:
        parts += [(f"/{GLOSSARY}", GLOSSARY_TYPE), (f"/{GLOSSARY_STYLES}", STYLES_TYPE)]
    if comments:
        parts.append(("/word/comments.xml", COMMENTS_TYPE))
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
        + "</Types>"
    )
