"""Documents that are set alike, one behind the other in one file: each in sections of its own, on a sheet of its own, its pages
numbered anew.

They come from one template, so that their parts and relationships are the same, and only their bodies are put together.
"""

import io
import re
from datetime import datetime
from functools import lru_cache
from typing import cast
from zipfile import ZipFile

from drafter.word.document import DocxFile
from drafter.word.markup import RELATIONSHIP, W, core_properties, held
from drafter.word.oxml import SectionProperties, parse, serialized, w

#: What may be in a document only once: the numbers by which Word tells paragraphs and pictures apart, and bookmarks.
_ONCE = re.compile(r' (?:w14:paraId|w14:textId)="[^"]*"|<w:bookmark(?:Start|End)\b[^>]*/>')
_PICTURE = re.compile(r'(<wp:docPr\b[^>]*?\bid=")\d+(")')


class MergedFile:
    """Documents put together. Each is added as bytes; what is kept of it is its body."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        self._file: DocxFile | None = None
        self._root = self._end = ""
        self._bodies: list[str] = []
        self._last = ""
        self._pictures = 0

    def add(self, data: bytes) -> None:
        """One more document behind the others. Raises Rejected for one that cannot be read, ValueError for one that is set by
        another template."""
        if self._file is None:
            self._file = DocxFile(data, self.name)
        with ZipFile(io.BytesIO(data)) as package:
            text = package.read(self._file.main).decode()
        begin, end = text.index("<w:body>") + len("<w:body>"), text.rindex("</w:body>")
        if not self.count:
            self._root, self._end = text[:begin], text[end:]
        elif text[:begin] != self._root:
            raise ValueError("a document set by another template")
        if self._last:
            self._bodies.append(_closed(self._last))
        body = _PICTURE.sub(self._numbered, _ONCE.sub("", text[begin:end]))
        self._last = _begun_anew(body)
        self.count += 1

    def _numbered(self, found: re.Match[str]) -> str:
        self._pictures += 1
        return f"{found[1]}{self._pictures}{found[2]}"

    def data(self, now: datetime, title: str) -> bytes:
        """The file."""
        assert self._file is not None, "nothing was added"
        self._file.put(self._file.main, "".join((self._root, *self._bodies, self._last, self._end)))
        if "docProps/core.xml" in self._file:
            self._file.put("docProps/core.xml", core_properties(held(title), "", now))
        return self._file.data(now)


def _begun_anew(body: str) -> str:
    """A body whose first section begins on the front of a sheet and counts its pages from 1."""
    begin = body.index("<w:sectPr")
    end = body.index("</w:sectPr>", begin) + len("</w:sectPr>")
    return body[:begin] + _anew(body[begin:end]) + body[end:]


@lru_cache(maxsize=64)
def _anew(section: str) -> str:
    """A section's properties, with the first page on the front of a sheet, counted as 1."""
    root = parse(f'<w:body xmlns:w="{W}" xmlns:r="{RELATIONSHIP}">{section}</w:body>'.encode())
    properties = cast(SectionProperties, root[0])
    properties.get_or_add("type").set(w("val"), "oddPage")
    properties.get_or_add("pgNumType").set(w("start"), "1")
    text = serialized(root).decode()
    return text[text.index("<w:sectPr") : text.rindex("</w:body>")]


def _closed(body: str) -> str:
    """A body that others stand behind: the properties of its last section in its last paragraph."""
    at = body.rindex("<w:sectPr")
    body, section = body[:at], body[at:]
    begin = max(body.rfind("<w:p>"), body.rfind("<w:p "))
    if not body.endswith("</w:p>") or begin < body.rfind("</w:tbl>") or "<w:sectPr" in body[begin:]:
        return f'{body}<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{section}</w:pPr></w:p>'
    end = body.find("</w:pPr>", begin)
    nested = body.find("<w:r>", begin)
    if end < 0 or -1 < nested < end:
        opened = body.index(">", begin) + 1
        return f"{body[:opened]}<w:pPr>{section}</w:pPr>{body[opened:]}"
    change = body.find("<w:pPrChange", begin, end)
    end = change if change >= 0 else end
    return body[:end] + section + body[end:]
