"""What a model asks of outlines: which there are, how one is written, what one asks for, whether one is sound."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from drafter.agent.folders import NamedFolders
from drafter.agent.forms import Asked, ToolAnswer, answer, listed, speech_told, unfenced
from drafter.agent.said import for_models
from drafter.commands.agent import SKILL
from drafter.commands.index import OutlineEntry, PassageEntry
from drafter.commands.outlines import (
    OutlinesCheckRequest,
    OutlinesRequest,
    PassagesRequest,
    ShowRequest,
    list_outlines,
    list_passages,
    show_outline,
)
from drafter.commands.outlines import check_outlines as looked_through
from drafter.commands.outlines.as_data import FieldData
from drafter.commands.proposing import ProposalRequest, ProposalResult, ToAsk, propose
from drafter.commands.workplace import within
from drafter.diagnostic import ERROR, Diagnostic, Rejected

#: So many outlines are told where nothing else is asked for, and at most.
_FOUND, _MOST = 8, 30

#: What an outline that is only a text is called while it is looked at.
UNNAMED = "提纲"

Got = TypeVar("Got")


def find_outline(asked: Asked, folders: NamedFolders) -> ToolAnswer:
    """The outlines for an occasion, or the passages of the stock for a theme."""
    os.chdir(folders.folders[0])
    most = min(asked["limit"], _MOST) if asked["limit"] > 0 else _FOUND
    if asked["what"] == "passages":
        stock = list_passages(PassagesRequest(asked["words"]))
        rows = [_passage(entry) for entry in stock.passages if not entry.broken]
        step = "在 draft 的 pick 里写上名称，就换上这几条要求。" if rows else ""
        shown = listed(rows[:most], lambda row: f"{row['name']}：{row['about']}（{row['characters']} 字）", "{n} 段备选的要求：")
        return answer({"passages": rows[:most], "found": len(rows), "fits": not stock.far}, shown or "没有这样的段落。", next_step=step)
    found = list_outlines(OutlinesRequest(words=tuple(asked["words"].split())))
    entries = [entry for entry in found.outlines if not entry.broken and not _leads_away(entry)]
    outlines = [_outline(entry) for entry in entries[:most]]
    head = "没有这样的提纲。" if not outlines else "没有正合适的，最近的是：" if found.far else f"找到 {len(entries)} 份提纲："
    shown = listed(outlines, _entry_said, "", _MOST)
    step = f"看它要问什么：outline_guide，outline={outlines[0]['name']}。" if outlines else "换个说法再找；或者自己写提纲：先看 outline_guide（不写 outline）。"
    if found.far and outlines:
        step += "都不合适，就自己写提纲：先看 outline_guide（不写 outline）。"
    return answer({"outlines": outlines, "found": len(entries), "fits": not found.far}, head, shown, next_step=step)


def _leads_away(entry: OutlineEntry) -> bool:
    """Whether it is a link to somewhere else, which is not opened by its name either."""
    path = Path(entry.path)
    return path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve())


def _entry_said(row: dict[str, object]) -> str:
    genre = f"{row['genre']}，" if row["genre"] else ""
    return f"{row['name']}（{genre}{row['characters']} 字）：{row['about']}"


def _outline(entry: OutlineEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "genre": entry.genre,
        "about": entry.about,
        "title": entry.title,
        "characters": entry.characters,
        "blanks": [name for name, _, _ in entry.fields],
        "shelf": entry.origin,
    }


def _passage(entry: PassageEntry) -> dict[str, object]:
    return {"name": entry.name, "theme": entry.theme, "about": entry.about, "headings": list(entry.headings), "characters": entry.characters}


def outline_guide(asked: Asked, folders: NamedFolders) -> ToolAnswer:
    """Without a name the outline language on a page; with one what that outline asks for, and how its speech reads."""
    os.chdir(folders.folders[0])
    if not asked["outline"]:
        page = (SKILL / "outline.md").read_text(encoding="utf-8")
        return answer({"guide": page}, page, next_step="写好提纲，先用 check_outline 检查，再用 draft 的 outline_text 起草。")
    name = named_outline(asked["outline"], folders)
    looked = propose(ProposalRequest(name))
    shown = show_outline(ShowRequest(name)).json()
    speech, words = speech_told(looked.title, looked.text, asked["paragraph"])
    data = {
        "outline": asked["outline"],
        "title": looked.title,
        "about": shown["about"],
        "fields": shown["fields"],
        "to_confirm": to_confirm_rows(looked),
        "notes": looked.notes,
        "speech": speech,
    }
    return answer(
        data,
        f"{looked.title}：{shown['about']}",
        listed(shown["fields"], _field, "空（知道的才填，不知道的不要编）：", 80),
        listed(looked.notes, str, "给写稿人的提醒："),
        listed(to_confirm_rows(looked), lambda one: str(one["context"]), "【核实】提纲里估的，要人核实：", 10),
        words,
        next_step="把人已经说过的填进 draft 的 answers；没说的去问人，或者用 allow_partial 先留空。",
    )


def _field(field: FieldData) -> str:
    default = field["default"]
    said = default if isinstance(default, str) else "、".join(default or ())
    example = field["example"] if isinstance(field["example"], str) else "；".join(field["example"] or ())
    more = [
        "" if field["type"] in ("text", "choice") else _KINDS[field["type"]],
        f"选：{'、'.join(field['choices'])}" if field["choices"] else "",
        f"不填就是 {said}" + (f"，照【{field['follows']}】定" if field["follows"] else "") if said else "",
        f"例如：{example}" if example and not field["choices"] and example != said else "",
        f"{field['when']} 才问" if field["when"] else "",
    ]
    return f"【{field['name']}】{field['ask']}" + "".join(f"（{one}）" for one in more if one)


#: What the kinds of answers are called.
_KINDS = {"long text": "几段话", "number": "数", "date": "日期", "yes/no": "是或否", "list": "几项"}


def check_outline(asked: Asked, folders: NamedFolders) -> ToolAnswer:
    """Everything that is wrong with an outline, and what it would ask for."""
    os.chdir(folders.folders[0])
    with outline_of(asked, folders) as (name, told):
        looked = looked_through(OutlinesCheckRequest((name,)))
        problems = [for_models(told(problem)) for problem in looked.remarks]
        rows = [{**problem.error(), "level": problem.level} for problem in problems]
        said = listed(problems, lambda one: ("错误：" if one.level == ERROR else "提醒：") + one.text(), "", 30)
        if looked.errors:
            return answer({"usable": False, "problems": rows}, f"有 {looked.errors} 处错误，不能用：", said, next_step="照上面改好，再查一遍。")
        if not looked.speeches:
            return answer({"usable": True, "problems": rows}, "能用，可是它不是整篇讲话（没有 title）。", said)
        made = propose(ProposalRequest(name))
    return answer(
        {"usable": True, "problems": rows, "title": made.title, "questions": [question(one) for one in made.questions]},
        "能用。" + (f"还有 {len(rows)} 处提醒：" if rows else "没有问题。"),
        said,
        listed(made.questions, said_question, f"{made.title}，要问的 {{n}} 项："),
        next_step="用 draft 起草。",
    )


# ── outlines as a model names them ─────────────────────────────────────────────────────────────────────────────────


def named_outline(said: str, folders: NamedFolders) -> str:
    """An outline's name as it is, its path as one in a named folder. Raises Rejected."""
    bare = "/" not in said and os.sep not in said
    if not bare or said.lower().endswith((".yaml", ".yml")):
        try:
            return str(folders.file(said).path)
        except Rejected as refused:
            if not bare or refused.diagnostics[0].code != "file-not-found":
                raise
            return os.path.splitext(said)[0]  # on the shelf
    return said


@contextmanager
def outline_of(asked: Asked, folders: NamedFolders) -> Iterator[tuple[str, Callable[[Diagnostic], Diagnostic]]]:
    """The outline of a call, by its name or, where its text is given, as a file that is gone afterwards; and what takes that
    file's folder out of what is told. Raises Rejected where both or none are given."""
    name, text = asked["outline"], unfenced(asked["outline_text"])
    if bool(name) == bool(text):
        told = "outline（名称）和 outline_text（全文）写一个。"
        raise Rejected(Diagnostic(told, None, "现成的提纲写名称；自己写的写全文。", code="agent-argument"))
    if name:
        yield named_outline(name, folders), lambda problem: problem
        return
    with TemporaryDirectory(prefix="drafter-") as place:
        file = Path(place, f"{UNNAMED}.yaml")
        file.write_text(text, encoding="utf-8")
        try:
            with within([*folders.folders, Path(place)]):
                yield str(file), lambda problem: _without(problem, place)
        except Rejected as refused:
            raise Rejected(*(_without(problem, place) for problem in refused.diagnostics), exit_code=refused.exit_code) from None


def _without(problem: Diagnostic, place: str) -> Diagnostic:
    """The problem without the folder of a text that is no file."""
    where = problem.place and problem.place._replace(file=problem.place.file.replace(place + os.sep, ""))
    return problem._replace(place=where, message=problem.message.replace(place + os.sep, ""), hint=problem.hint.replace(place + os.sep, ""))


# ── questions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def question(one: ToAsk) -> dict[str, object]:
    """A question for the person, what is empty left out."""
    return {name: list(said) if isinstance(said, tuple) else said for name, said in one._asdict().items() if said not in ("", ())}


def said_question(one: ToAsk) -> str:
    """The same in words."""
    more = [f"选：{'、'.join(one.options)}" if one.options else "", f"例如：{one.example}" if one.example else "", one.told]
    return f"【{one.name}】{one.question}" + "".join(f"（{said}）" for said in more if said)


def to_confirm_rows(made: ProposalResult) -> list[dict[str, object]]:
    """The guesses of an outline that somebody has to confirm."""
    return [{"words": mark.words, "note": mark.note or None, "context": mark.context} for mark in made.to_confirm]

