"""What a model has written: a draft of an outline, new answers in an edited draft, last year's speech for this year. Nothing is
written over, and what is not given stays a blank."""

import os
import re
from hashlib import sha256
from pathlib import Path

from drafter.agent.findings import MOST, findings_of, findings_said, stem_of
from drafter.agent.folders import KINDS, NamedFolders, OurFile
from drafter.agent.forms import (
    Asked,
    ToolAnswer,
    answer,
    listed,
    refusal,
    remarks_data,
    remarks_said,
    speech_told,
    unfenced,
)
from drafter.agent.outlines import named_outline, outline_of, question, said_question, to_confirm_rows
from drafter.commands.drafts import Against
from drafter.commands.filename import legal_name
from drafter.commands.machine import dumped
from drafter.commands.opening import Choice
from drafter.commands.outlines import OutlinesRequest, list_outlines
from drafter.commands.proposing import ProposalRequest, ProposalResult, propose, stands_in
from drafter.commands.renew import RenewRequest, RenewResult
from drafter.commands.renew import renew as renewed
from drafter.commands.saving import free, save
from drafter.commands.update import UpdateRequest, UpdateResult, update
from drafter.diagnostic import Diagnostic, Rejected

# ── draft ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def draft(asked: Asked, folders: NamedFolders) -> ToolAnswer:
    """A speech of an outline and answers: a file, or the questions that stand in its way."""
    folder = folders.holding(asked["file"])
    os.chdir(folder)
    looks = asked["dry_run"] or folders.read_only
    complete = asked["mode"] != "allow_partial"
    with outline_of(asked, folders) as (name, _):
        request = ProposalRequest(name, asked["answers"], template=asked["template"], choice=Choice(asked["pick"]))
        looked = propose(request)
    if looks:
        step = "给人看全文和还要问的；" + ("这里只许看，文件请人自己写。" if folders.read_only else "都好了，去掉 dry_run 再来一次。")
        speech, words = speech_told(looked.title, looked.text, asked["paragraph"])
        return answer({**_data(looked), "speech": speech}, *_said(looked), words, next_step=step)
    if complete and not looked.complete:
        return _wanting(looked)
    kind = os.path.splitext(asked["file"])[1].lower().removeprefix(".")
    target = folders.new(asked["file"], looked.title, kind if kind in KINDS else "docx")
    os.chdir(target.folder)
    kept = _kept(unfenced(asked["outline_text"]), looked.title) if asked["outline_text"] else ""
    made = propose(request._replace(outline=kept or name, output=target.name, complete=False))
    found = findings_of(target.name)
    data = {"file": str(target.path), "outline_file": str(target.folder / kept) if kept else None, **_data(made), "findings": found[:MOST], "found": len(found)}
    return answer(
        data,
        f"已写：{target.path}（{made.title}）" + (f"\n提纲存在：{target.folder / kept}" if kept else "") + _renamed(asked["file"], target),
        *_said(made),
        findings_said(found, most=10),
        next_step=_after(made, found),
    )


def _data(made: ProposalResult) -> dict[str, object]:
    return {
        "title": made.title,
        "complete": made.complete,
        "questions": [question(one) for one in made.questions],
        "blanks": made.blanks,
        "understood": made.understood,
        "assumed": made.assumed,
        "not_taken": made.not_taken,
        "to_confirm": to_confirm_rows(made),
        "notes": made.notes,
        "remarks": remarks_data(made.remarks),
    }


def _said(made: ProposalResult) -> tuple[str, ...]:
    """What came of a proposal, in words."""
    shown = [one for one in made.understood if one.understood]
    marks = to_confirm_rows(made)
    why = {"unknown": "提纲里没有这个空", "open": "当作还不知道，留着空", "unasked": "照别的回答，用不着问", "twice": "同一个空答了两次，这一个没有用"}
    return (
        listed(shown, lambda one: f"【{one.name}】“{one.proposed[:40]}”理解为{one.understood}", "这样理解的，请给人看一眼："),
        listed(made.not_taken, lambda one: f"【{one.name}】{why[one.why]}" + (f"，是不是【{one.near}】？" if one.near else ""), "没有用上："),
        listed(made.questions, said_question, "还要问人 {n} 项："),
        listed(made.blanks, lambda one: f"【{one.name}】{one.times} 处", "还空着 {n} 个：", 12),
        listed(made.assumed, lambda one: f"{one.name}：{one.value}", "提纲自己定的，请人过目："),
        listed(marks, lambda one: f"{one['context']}" + (f"（{one['note']}）" if one["note"] else ""), "【核实】提纲里估的 {n} 处，要人核实：", 10),
        remarks_said(made.remarks),
    )


def _wanting(looked: ProposalResult) -> ToolAnswer:
    """Why nothing is written: what there is to ask."""
    told = f"还有 {len(looked.questions) or len(looked.blanks)} 项没有定，按 require_complete 没有写文件。"
    hint = "把下面的问题拿去问人，不要自己编；人暂时答不上来，就用 mode=allow_partial 先留空。"
    problem = Diagnostic(told, None, hint, code="answers-wanting")
    return refusal("draft", [problem], _data(looked), *_said(looked))


def _kept(text: str, title: str) -> str:
    """The outline's text on the shelf of the folder that is worked in, under a name that is free: later the draft is brought up
    to it."""
    shelf = Path("outlines")
    if shelf.resolve() != Path.cwd() / shelf:
        raise Rejected(Diagnostic("outlines 是指向别处的链接，没有往里写。", None, "请人把它换成真的文件夹。", code="path-outside"))
    if shelf.exists() and not shelf.is_dir():
        raise Rejected(Diagnostic("outlines 是文件，不是文件夹，提纲没有地方存。", None, "请人把它改个名字。", code="folder-not-there"))
    shelf.mkdir(exist_ok=True)
    taken = {entry.name for entry in list_outlines(OutlinesRequest()).outlines}
    path = shelf / legal_name(re.sub("[【】]", "", title), ".yaml")
    if path.stem in taken or os.path.lexists(path):  # from now on it would stand in front of another
        path = free(path)
    save(path, text.encode())
    return str(path)


def _renamed(said: str, target: OurFile) -> str:
    """That a file is called otherwise than was said."""
    if not said or os.path.basename(said) in (target.path.name, target.path.stem):
        return ""
    return f"\n（{os.path.basename(said)} 已经有了，或者不能作文件名，换成了 {target.path.name}；原来的没有动。）"


def _after(made: ProposalResult, found: list[dict[str, object]]) -> str:
    if made.questions or made.blanks:
        if not made.file.endswith(".docx"):
            return "把还要问的拿去问人；这种文件改不了，有了回答再 draft 一次。"
        return "把还要问的拿去问人；有了回答，用 revise 写进稿里（人在 Word 里改过的都留着）。"
    if made.to_confirm:
        return "请人核实【核实】的几处，再用 review 看能不能定稿。"
    return "用 review 看能不能定稿，把校对的几处给人看。" if found else "请人在 Word 里看一遍；用 review 看能不能定稿。"


# ── revise ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def revise(asked: Asked, folders: NamedFolders) -> ToolAnswer:
    """New answers, or an outline that has changed, in a draft that was edited: first what would change, then the next draft
    beside it."""
    file = folders.file(asked["file"])
    os.chdir(file.folder)
    given, unknown = _given(asked)
    filled = tuple(given.items())
    outline = named_outline(asked["outline"], folders) if asked["outline"] else ""
    request = UpdateRequest(file.name, Against(filled=filled, outline=outline, renumber=asked["renumber"]), following="+", dry_run=True)
    looked = update(request)
    plan = _plan(file, asked, looked)
    remarks = [remark for remark in looked.remarks if remark.code != "option-without-effect"]  # of options no model has said
    told = (_unknown_said(unknown), *_changes_said(looked), remarks_said(remarks))
    data = {"file": str(file.path), "plan": plan, "not_taken": unknown, **_changes(looked)}
    if not asked["plan"] or folders.read_only:
        step = f"把改动给人看；同意了，同样的参数加上 plan={plan} 再来一次。" if looked.steps and not folders.read_only else ""
        return answer({**data, "written": None}, f"只看，没有写：会改 {len(looked.steps)} 处。", *told, next_step=step or "没有要改的。")
    if asked["plan"] != plan:
        what = "文件、提纲或者回答和看的时候不一样了，没有写。"
        hint = f"再给人看一遍下面的改动；同意了，用 plan={plan}。"
        return refusal("revise", [Diagnostic(what, None, hint, code="agent-plan")], data, *told)
    target = folders.new(os.path.join(os.path.dirname(asked["file"]), os.path.basename(looked.file)), "")
    done = update(request._replace(dry_run=False, output=str(target.path)))
    found = findings_of(str(target.path))
    return answer(
        {**data, "written": str(target.path), **_changes(done), "findings": found[:MOST], "found": len(found)},
        f"已写：{target.path}，改了 {len(done.steps)} 处；{file.path.name} 原样没有动。",
        *_changes_said(done),
        findings_said(found, most=10),
        next_step="用 review 看还差什么；请人在 Word 里看一遍。",
    )


def _given(asked: Asked) -> tuple[dict[str, str], list[str]]:
    """The answers as they are typed into a form, and the names of those that say no more than that nobody knows."""
    given = {name: said if isinstance(said, str) else "\n".join(said) for name, said in asked["answers"].items()}
    unknown = [name for name, said in asked["answers"].items() if stands_in(said)]
    return {name: said for name, said in given.items() if name not in unknown}, unknown


def _unknown_said(names: list[str]) -> str:
    return f"当作还不知道，没有动：{''.join(f'【{name}】' for name in names)}" if names else ""


def _plan(file: OurFile, asked: Asked, looked: UpdateResult) -> str:
    """What stands for a change that was shown: another where the file, the answers or what comes of them are others."""
    said = dumped([asked["answers"], asked["outline"], asked["renumber"], [*looked.steps], looked.blanks])
    return sha256(file.path.read_bytes() + said.encode()).hexdigest()[:12]


def _changes(looked: UpdateResult) -> dict[str, object]:
    rows = [
        {"kind": row["kind"], "place": row["place"]["said"], "before": row["before"], "after": row["after"], "note": row["note"] or None}
        for row in looked.json()["steps"]
    ]
    return {"changes": rows[:MOST], "changed": len(rows), "overruled": [list(one) for one in looked.overruled], "blanks": looked.blanks}


def _changes_said(looked: UpdateResult) -> tuple[str, ...]:
    rows = looked.json()["steps"]
    return (
        listed(rows, lambda row: f"{row['place']['said']}：{_cut(row['before']) or '（新加）'} → {_cut(row['after']) or '（去掉）'}"),
        listed(looked.overruled, lambda one: f"【{one[0]}】稿里写的是“{one[1]}”，换成“{one[2]}”", "和人在稿里写的不一样，请人定："),
        listed(looked.blanks, lambda one: f"【{one.name}】{one.ask}", "还空着 {n} 个：", 12),
    )


def _cut(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


# ── renew ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def renew(asked: Asked, folders: NamedFolders) -> ToolAnswer:
    """Last year's speech for this year: first every fact of it with what is proposed, then the draft."""
    file = folders.file(asked["file"])
    os.chdir(file.folder)
    given, unknown = _given(asked)
    request = RenewRequest(file.name, accept=asked["accept"], year=asked["year"], part=asked["part"], said=given, dry_run=True)
    looked = renewed(request)
    data = {**_renew_data(looked), "not_taken": unknown}
    if looked.unfit:
        problems = [Diagnostic(f"【{name}】{why}", code="answer-unfit") for name, why in looked.unfit.items()]
        return refusal("renew", problems, data, *_renew_said(looked))
    if not asked["write"] or folders.read_only:
        step = "把提议给人看，人定的写进 answers（名称照这里的），再用 write=true 写；没有定的留着空。"
        return answer({**data, "written": None}, f"只看，没有写：{looked.title}", _unknown_said(unknown), *_renew_said(looked), next_step=step)
    beside = os.path.join(os.path.dirname(asked["file"]), asked["new_file"]) if asked["new_file"] else ""
    target = folders.new(beside, looked.title or f"{stem_of(file.name)}（续写）")
    done = renewed(request._replace(dry_run=False, output=str(target.path)))
    found = findings_of(str(target.path))
    return answer(
        {**_renew_data(done), "written": str(target.path), "findings": found[:MOST], "found": len(found)},
        f"已写：{target.path}（{done.title}）；{file.path.name} 原样没有动。",
        *_renew_said(done),
        findings_said(found, most=10),
        next_step="没有定的去问人，用 revise 写进去；上年留下的话一处处请人确认。",
    )


def _renew_data(looked: RenewResult) -> dict[str, object]:
    facts = [
        {"name": f.name, "was": f.was, "sentence": f.sentence, "proposed": f.proposed or None, "why": f.why, "now": f.now or None, "state": f.state}
        for f in looked.facts
    ]
    return {
        "title": looked.title,
        "last_year": looked.last_year,
        "year": looked.year,
        "facts": facts,
        "left": [{"words": one.words, "sentence": one.sentence} for one in looked.left[:MOST]],
        "blanks": looked.blanks,
        "remarks": remarks_data(looked.remarks),
    }


def _renew_said(looked: RenewResult) -> tuple[str, ...]:
    open_ = [fact for fact in looked.facts if fact.state == "open"]
    known = [fact for fact in looked.facts if fact.state != "open"]
    return (
        listed(known, lambda f: f"【{f.name}】{f.was} → {f.now}", "定了的 {n} 项："),
        listed(open_, lambda f: f"【{f.name}】去年是“{_cut(f.was)}”" + (f"，提议“{f.proposed}”（{f.why}）" if f.proposed else f"（{f.why}）"), "要问人 {n} 项：", 40),
        listed(looked.left, lambda one: f"“{one.words}”：{_cut(one.sentence)}", "上年的话还留着 {n} 处，请人确认：", 10),
        remarks_said(looked.remarks),
    )
