"""word/settings.xml of a Word document, as far as setting type needs it."""

from drafter.word import markup
from drafter.word.document import DocxFile
from drafter.word.oxml import Compatibility, DocumentSettings, Element, create, w

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return element is not None and element.get(w("val"), "1") not in ("0", "false", "off")


def has_even_pages(file: DocxFile) -> bool:
    """Whether even pages have headers and footers of their own."""
    part = file.target(file.main, "settings")
    return bool(part) and is_on(file.tree(part).find(w("evenAndOddHeaders")))


def give_even_pages(file: DocxFile) -> bool:
    """Let even pages have headers and footers of their own; whether they had none."""
    settings = _settings(file)
    if settings is None or is_on(settings.find(w("evenAndOddHeaders"))):
        return False
    settings.remove_all("w:evenAndOddHeaders")
    settings.put(create("evenAndOddHeaders"))
    file.touch(file.target(file.main, "settings"))
    return True


def keep_broken_lines(file: DocxFile) -> bool:
    """Say that a line somebody broke (Shift+Enter) is not stretched to the margin, as WPS says in every file and Word
    in none; whether it was not said."""
    settings = _settings(file)
    if settings is None:
        return False
    compatibility = settings.get_or_add("compat")
    if not isinstance(compatibility, Compatibility) or is_on(compatibility.find(w("doNotExpandShiftReturn"))):
        return False
    compatibility.remove_all("w:doNotExpandShiftReturn")
    compatibility.put(create("doNotExpandShiftReturn"))
    file.touch(file.target(file.main, "settings"))
    return True


def _settings(file: DocxFile) -> DocumentSettings | None:
    """The settings, to be changed: made where there are none; None where the part is none of Word's."""
    part = file.target(file.main, "settings")
    if not part:
        part = file.free("word/settings%d.xml") if "word/settings.xml" in file else "word/settings.xml"
        file.put(part, f'<w:settings xmlns:w="{markup.W}"/>', _TYPE)
        file.relate(file.main, "settings", part)
    settings = file.tree(part)
    return settings if isinstance(settings, DocumentSettings) else None
