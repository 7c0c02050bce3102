"""What looks like a blank in a text and is none: [参会人数], {人数}, 〔地点〕, ____, XX. It would be printed as it stands.

What official papers do print in such brackets is left alone: 〔2026〕12号, [1], [掌声], 「」 as quotation marks.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drafter.diagnostic import WARNING, Diagnostic, closest
from drafter.outline.blank import OutlineText
from drafter.outline.model import Outline, texts_with_conditions

#: One of these stands in whatever looks like a blank.
SIGNS = "[{［｛〔〖「『<＜_＿×XＸ"

#: What a text has that holds a place left out; of these signs one alone is none.
_OFTEN = {"_": ("___",), "＿": ("＿＿",), "×": ("××",), "X": ("XX", "XＸ"), "Ｘ": ("ＸＸ", "ＸX")}

#: Remarks on so many different ones.
_MOST = 20

_IN_BRACKETS = re.compile(
    r"\$?\{\{?\s*(?P<a>[\w|｜]{1,12})\s*\}\}?|\[\[?\s*(?P<b>[\w|｜]{1,12})\s*\]\]?|［\s*(?P<c>[\w|｜]{1,12})\s*］|｛\s*(?P<d>[\w|｜]{1,12})\s*｝"
    r"|〔\s*(?P<e>[\w|｜]{1,12})\s*〕|〖\s*(?P<f>[\w|｜]{1,12})\s*〗|[<＜]\s*(?P<g>[\w|｜]{1,12})\s*[>＞]|「(?P<h>\w{1,12})」|『(?P<i>\w{1,12})』"
)
_LEFT_OUT = re.compile(r"_{3,}|＿{2,}|(?<![A-Za-z0-9])[XＸ]{2,}(?![A-Za-z0-9])|×{2,}")

#: What is printed in brackets all the same: what happens in the hall, and references.
_ON_STAGE = ("掌声", "鼓掌", "停", "起立", "奏", "唱", "音乐", "宣读", "宣布", "笑", "注", "图", "表", "略", "下同", "敬礼", "鞠躬", "默哀", "颁奖", "签约", "揭牌", "播放", "原文", "完")


class Lookalike(NamedTuple):
    """Something that looks like a blank: its text, where it stands in it, all of it as written, and the name of the field meant, ""
    where it names none."""

    text: OutlineText
    offset: int
    words: str
    name: str


def lookalikes(outline: Outline) -> tuple[Lookalike, ...]:
    """What looks like a blank in the texts of an outline, each once, where it first stands."""
    signs = [sign for sign in SIGNS if any(sign in source.text for source in outline.sources)]
    if not signs:
        return ()
    wanted = [words for sign in signs for words in _OFTEN.get(sign, (sign,))]
    found: dict[str, Lookalike] = {}
    for text in _texts(outline):
        said = text.scalar.text
        for words in wanted:
            if words in said:
                break
        else:
            continue
        for one in _in(text, outline):
            found.setdefault(one.words, one)
        if len(found) >= _MOST:
            break
    return tuple(found.values())


def _texts(outline: Outline) -> Iterable[OutlineText]:
    seen: set[int] = set()
    for text, _ in texts_with_conditions(outline):
        if id(text) not in seen:
            seen.add(id(text))
            yield text


def _in(text: OutlineText, outline: Outline) -> Iterator[Lookalike]:
    source = text.scalar.text
    inside = [(p.offset, p.offset + len(p.source) + 2) for p in text.pieces if not isinstance(p, str)]
    for found in _IN_BRACKETS.finditer(source):
        if any(start <= found.start() < end for start, end in inside):
            continue
        name = next(word for word in found.groups() if word)
        bare = re.split(r"[|｜]", name)[0]
        declared = bare in outline.fields
        if declared or (not found["h"] and not found["i"] and _like_a_name(bare)):
            near = bare if declared else closest(bare, list(outline.fields))
            yield Lookalike(text, found.start(), found[0], near if declared or _alike(bare, near) else "")
    for found in _LEFT_OUT.finditer(source):
        if not any(start <= found.start() < end for start, end in inside):
            yield Lookalike(text, found.start(), found[0], "")


def _like_a_name(word: str) -> bool:
    """Whether somebody may have called a blank so: 汉字, at least two, that are nothing done in the hall."""
    letters = word.replace("_", "")
    return len(letters) >= 2 and any("\u4e00" <= c <= "\u9fff" for c in letters) and not any(sign in word for sign in _ON_STAGE)


def _alike(word: str, near: str) -> bool:
    """Whether one may have been written for the other: 参会人数 for 人数."""
    return bool(near) and (near in word or word in near)


def remarks(outline: Outline) -> tuple[Diagnostic, ...]:
    """What there is to say of what looks like a blank, in the order of the text."""
    out = []
    for one in lookalikes(outline):
        code = "blank-lookalike"
        if one.name:
            told, hint = f"“{one.words}”不是空，会原样印出来。", f"要填的空写成【{one.name}】。"
        elif re.search(r"\w", one.words) and not _LEFT_OUT.fullmatch(one.words):
            name = re.sub(r"[^\w]", "", re.split(r"[|｜]", one.words)[0])
            told, hint = f"“{one.words}”会原样印出来。", f"要填的空写成【{name}】，在 fields 里写上它；确实要印，就不用改。"
        else:
            told, hint = f"“{one.words[:10]}”会原样印出来。", "要填的空写成【名称】，例如【人数】，在 fields 里写上它。"
        out.append(one.text.scalar.diagnostic(told, one.offset, len(one.words), hint, WARNING, code=code))
    return tuple(out)
