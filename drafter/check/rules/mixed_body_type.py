"""正文里混着别的字体、字号。

从网页、旧稿里粘贴来的一段，字体、字号常和前后不同，印出来一眼就看得出。黑体、楷体用来突出，不算。

错：正文仿宋三号，中间一段宋体四号
对：正文都是仿宋三号
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.speech.page import SET_OFF, TypeRun, hanzi, size_said, told, usual

NAME = "mixed-body-type"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，5.2.2（公文格式各要素一般用 3 号仿宋体字）"

#: So many 汉字, and this share of them in one type, make a body; fewer 汉字 in another may be a mark or a name; a line of
#: fewer, alone in its type, is of another kind than text.
_BODY, _SHARE, _LEAST, _LINE = 200, 0.7, 4, 28


def check(speech: Speech) -> Iterator[Finding]:
    """The first place of each type that is neither the body's nor one to set words off with."""
    body = [(n, look) for n, look in told(speech.layout, len(speech.lines)) if speech.lines[n].role == "body"]
    main, share = usual([look for _, look in body])
    if share < _SHARE or not main.kind or sum(hanzi(speech.lines[n].text) for n, _ in body) < _BODY:
        return
    found: dict[tuple[str, float], list[tuple[int, TypeRun]]] = {}
    for n, look in body:
        for piece in look.types:
            if _strange(piece, main) and not _alone(piece, speech.lines[n].text):
                found.setdefault((piece.kind, piece.size_pt), []).append((n, piece))
    for places in found.values():
        n, piece = places[0]
        text, words = speech.lines[n].text, piece.text.strip()
        start = max(0, text.find(words))
        end = start + len(words) if text.startswith(words, start) else len(text)
        many = len({n for n, _ in places})
        more = f"，这样的有 {many} 段" if many > 1 else ""
        said = f"这里是{_said(piece)}，别处是{_said(main)}{more}。"
        yield Finding(NAME, n, start, end, said)


def _strange(piece: TypeRun, main: TypeRun) -> bool:
    """Whether a stretch is of no type that stands in this body on purpose."""
    if not piece.kind or hanzi(piece.text) < _LEAST:
        return False
    return piece.size_pt != main.size_pt if piece.kind == main.kind else piece.kind not in SET_OFF


def _alone(piece: TypeRun, text: str) -> bool:
    """Whether a short line is set in this type from end to end and is no sentence."""
    return hanzi(text) < _LINE and hanzi(piece.text) == hanzi(text) and text[-1:] not in "。！？；"


def _said(one: TypeRun) -> str:
    return f"{one.font or one.kind}{size_said(one.size_pt)}"
