"""A title to a file name that Windows, macOS and Linux all take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline import shelf

#: UTF-8 bytes a name may take, suffix included. ext4, APFS and most others stop at 255; the rest is for what a copy, a
#: lock or a sync client adds (`~$`, ` (1)`, `.~lock.…#`).
MAX_BYTES = 200

#: What a speech without a usable title is called.
NAMELESS = "讲话稿"

#: Names that are devices on Windows, whatever follows the first dot. Source: Microsoft, "Naming Files, Paths, and
#: Namespaces" (superscript digits count as digits there), and the console's own conin$, conout$, clock$.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])[ .]*(?:\..*)?", re.IGNORECASE)

_BREAKS = re.compile("[\r\n\x0b\x0c\x85\u2028\u2029]+")

#: Illegal on Windows, invisible to a terminal or able to turn a name around (`\u202excod.exe`), or not text at all.
_ILLEGAL = re.compile(
    '[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-'
    '\udfff]'
)

#: An option (-), a hidden file (.) or Word's own lock file (~$) begins like this.
_LEADING = re.compile(r"\A(?:[\s.\-]|~\$)+")


def legal_name(title: str, suffix: str) -> str:
    """The file name for a title: 在【会议】\\n上的讲话 → 在【会议】上的讲话.docx. Never a path, never empty.

    `suffix` is drafter's own (".docx") and taken as it is.
    """
    lines = [line.strip() for line in _BREAKS.split(title)]
    stem = "".join(_gap(before, after) + after for before, after in zip(["", *lines], lines, strict=False))
    stem = _ILLEGAL.sub("_", unicodedata.normalize("NFC", stem))
    room = MAX_BYTES - len(suffix.encode())
    stem = _cut(_LEADING.sub("", stem), room)
    if _RESERVED.fullmatch(stem):
        stem = _cut("_" + stem, room)
    return (stem or NAMELESS) + suffix


def reserved(name: str) -> bool:
    """Whether a name is a device's on Windows."""
    return _RESERVED.fullmatch(name.strip()) is not None


def _gap(before: str, after: str) -> str:
    """Nothing where a line broke between 汉字, one space between two words of letters."""
    edges = before[-1:] + after[:1]
    return " " if len(edges) == 2 and edges.isascii() and edges.isalnum() else ""


def _cut(stem: str, room: int) -> str:
    """At most `room` bytes, whole characters with their marks, and no dot or space at the end (Windows drops those)."""
    end = len(stem.encode()[:room].decode(errors="ignore"))
    at = end
    while 0 < at < len(stem) and (_extends(stem[at]) or stem[at - 1] == "\u200d"):
        at -= 1
    return re.sub(r"[\s.]+\Z", "", stem[: at or end])


def _extends(character: str) -> bool:
    """Whether a reader sees it as part of the character before: an accent, a variation selector, a skin tone."""
    joins = character in "\u200c\u200d" or 0x1F3FB <= ord(character) <= 0x1F3FF
    return joins or unicodedata.category(character)[0] == "M"


# ── of outlines and answers made from speeches ─────────────────────────────────────────────────────────────────────


#: What to do where the folder of such a file cannot be made.
ELSEWHERE = "换个地方：-o 别的文件夹/提纲.yaml"


def outline_stem(path: Path) -> str:
    """A name an outline may have, made of a file's."""
    stem = re.sub(r"[^\w-]+", "-", path.stem).strip("-_")[:60]
    return stem or "讲话"


def outline_target(output: str, path: Path) -> Path:
    """Where an outline goes: what the user says, else by the name of the file it is made of."""
    if output:
        target = Path(output)
        if target.suffix.lower() not in (".yaml", ".yml"):
            raise Rejected(
                Diagnostic(
                    f"-o {output}：提纲的文件名以 .yaml 结尾，例如 -o outlines/{outline_stem(path)}.yaml", code="output-ending"
                )
            )
        return target
    return Path(shelf.OUTLINES) / f"{outline_stem(path)}.yaml"


def answers_beside(target: Path | None, paths: Sequence[Path], folder: Path | None = None) -> list[Path]:
    """Where the answers of several speeches go, in the folder given or else that of the outline; files of the same name
    are told apart by a number."""
    stem = f"{target.stem}." if target else ""
    out: list[Path] = []
    for path in paths:
        beside = (folder or (target.parent if target else Path())) / f"{stem}{outline_stem(path)}.answers.yaml"
        number = 2
        while beside in out:
            beside = beside.with_name(f"{stem}{outline_stem(path)}-{number}.answers.yaml")
            number += 1
        out.append(beside)
    return out


def on_the_shelf(name: str) -> str:
    """Where an outline of a new name goes in the folder that is worked in. Raises Rejected where it cannot be called so, or
    one is called so already, be it one that came with the program: it would hide that."""
    name = name.strip()
    if not shelf.usable_name(name):
        raise Rejected(Diagnostic(f"“{name}”不能作提纲的名称。", None, "用汉字、字母和数字，不用 / : * ? 这样的符号。", code="outline-name"))
    target = Path(shelf.OUTLINES) / f"{name}.yaml"
    if target.exists() or any(found.name == name for found in shelf.listed(shelf.OUTLINES)):
        free = next(other for n in range(2, 1000) if not (other := target.with_name(f"{name}{n}.yaml")).exists())
        raise Rejected(Diagnostic(f"已经有一份提纲叫“{name}”，没有动它。", None, f"换个名称，例如 {free.stem}。", code="outline-name"))
    return str(target)
