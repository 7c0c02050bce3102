"""The characters of Word's symbol fonts, which have places of their own (U+F020 to U+F0FF), in Unicode.

Sources: Adobe's Symbol encoding (unicode.org, MAPPINGS/VENDORS/ADOBE/symbol.txt); for Wingdings, Wingdings 2 and Webdings
the signs offices put into papers, by Unicode L2/11-052. What is not here nobody can tell without the font.
"""

_SYMBOL = (
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    (0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
    (0xF1, "〉∫"),
)
_WINGDINGS = (
    (0x20, " ✏✂✁"), (0x28, "☎✆✉"), (0x36, "⌛"), (0x3F, "✍"), (0x41, "✌"), (0x45, "☜☞☝☟"), (0x4A, "☺"), (0x4C, "☹"),
    (0x51, "✈☼"), (0x54, "❄"), (0x5B, "☯"), (0x6C, "●❍■□"), (0x71, "❑❒⬧⧫◆❖⬥⌧"), (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x9E, "·•▪○"), (0xA4, "◉◎"), (0xA7, "▪□"), (0xAA, "✦★"), (0xAC, "✶✴"), (0xD8, "➢"), (0xDC, "➲"), (0xDF, "←→↑↓↖↗↙↘"),
    (0xE8, "➔"), (0xEF, "⇦⇨⇧⇩"), (0xFB, "✗✓☒☑"),
)  # fmt: skip
_WINGDINGS_2 = ((0x4F, "✗✓"), (0x52, "☑☒"), (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), (0xA3, "□"))
_WEBDINGS = ((0x61, "✔"), (0x6E, "●"), (0x72, "✖"))

#: Characters by font, in small letters, and place.
_FONTS = {
    font: {start + at: char for start, chars in table for at, char in enumerate(chars)}
    for font, table in (
        ("symbol", _SYMBOL),
        ("wingdings", _WINGDINGS),
        ("wingdings 2", _WINGDINGS_2),
        ("webdings", _WEBDINGS),
    )
}

#: What cannot be told.
UNKNOWN = "\ufffd"


def symbol(font: str, code: int) -> str:
    """The character a font has at a place; U+FFFD where nobody can tell. Fonts that are none of symbols have Unicode's own
    there."""
    table = _FONTS.get(font.strip().lower())
    private = 0xF020 <= code <= 0xF0FF
    if table is not None and (private or 0x20 <= code <= 0xFF):
        return table.get(code & 0xFF, UNKNOWN)
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE else UNKNOWN
