"""What a model has looked at: a file as it stands and what keeps it from being final, a text, two files side by side."""

import os
import re
import zipfile
import zlib
from pathlib import Path

from drafter.agent.findings import MOST, findings_in, findings_of, findings_said, stem_of
from drafter.agent.folders import NamedFolders, OurFile
from drafter.agent.forms import MAX_TEXT, Asked, ToolAnswer, answer, listed, remarks_data, remarks_said
from drafter.commands.compare import CompareRequest, RowData
from drafter.commands.compare import compare as compared
from drafter.commands.finish import REMEDIES, FinishRequest, FinishResult, finish
from drafter.commands.status import StatusRequest, StatusResult, status
from drafter.diagnostic import Diagnostic, Place, Rejected, printable

#: Files `finish` makes a final copy of.
_WORD = (".docx", ".docm", ".dotx", ".doc", ".wps")

#: So much of a document (bytes) is looked through for its length.
_MOST_XML = 64 << 20

#: What problems are of which only a person can say that they are settled.
_NOT_IN_THE_WAY = ("hidden", "unseen", "link", "field")


def review(asked: Asked, folders: NamedFolders) -> ToolAnswer:
    """A file as it stands: what it was made from and what became of it, the proof-reader's findings, and what keeps it from being
    final."""
    file = folders.file(asked["file"])
    os.chdir(file.folder)
    _bounded(file)
    made = _status(file.name)
    found = findings_of(file.name, asked["as_of"])
    last = finish(FinishRequest(file.name, check=True)) if Path(file.name).suffix.lower() in _WORD else None
    left = [one for one in last.problems if one.kind not in _NOT_IN_THE_WAY] if last else []
    data = {
        "file": str(file.path),
        "ready": last is not None and not left,
        "in_the_way": [{"kind": one.kind, "place": str(one.place), "words": one.words, "note": one.note or None, "remedy": _remedy(one.kind)} for one in left[:MOST]],
        "draft": _draft(made) if made else None,
        "findings": found[:MOST],
        "found": len(found),
    }
    return answer(
        data,
        f"{file.path.name}：" + ("可以定稿了。" if data["ready"] else f"还有 {len(left)} 处要处理，才能定稿。" if last else "不是 Word 文件，只校对。"),
        listed(left, lambda one: f"{REMEDIES[one.kind][0]}：{one.place.quoted()}", "挡着定稿的：", 12),
        *(_draft_said(made) if made else ()),
        findings_said(found),
        remarks_said(last.remarks if last else ()),
        next_step=_after(last, bool(left), made),
    )


def _bounded(file: OurFile) -> None:
    """Raises Rejected for a file of more characters than are looked at: others wait, and a small file may hold millions."""
    many = _characters(file.path)
    if many > MAX_TEXT:
        told = f"太长：{many:,} 字，最多 {MAX_TEXT:,} 字，不像一篇讲话。"
        raise Rejected(Diagnostic(told, Place(file.name), "一个文件里如果有好几篇，请人先分成几个文件。", code="file-too-large"))


def _characters(path: Path) -> int:
    """About how many characters a file has, 0 where that is not to be seen from outside."""
    kind = path.suffix.lower()
    if kind in (".txt", ".md"):
        return len(path.read_bytes().decode("utf-8", "replace"))
    try:
        with zipfile.ZipFile(path) as package, package.open("content.xml" if kind == ".odt" else "word/document.xml") as part:
            return len(re.sub(b"<[^>]*>", b"", part.read(_MOST_XML)).decode("utf-8", "replace"))
    except (OSError, ValueError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return 0  # what is wrong with it is told by who reads it


def _status(name: str) -> StatusResult | None:
    """What a draft was made from; None for a file drafter has not written."""
    if Path(name).suffix.lower() != ".docx":
        return None
    try:
        return status(StatusRequest(name))
    except Rejected as refused:
        if any(problem.code in ("no-record", "record-damaged", "record-newer") for problem in refused.diagnostics):
            return None
        raise


def _remedy(kind: str) -> str:
    """What a person does about a thing that is in the way."""
    return {
        "blank": "问人，用 revise 的 answers 填上，或者请人在 Word 里填。",
        "confirm": "请人核对，核对过在 Word 里删掉批注。",
        "revision": "请人在 Word 里接受或者拒绝。",
        "comment": "请人看过，在 Word 里删掉。",
        "highlight": "请人核对以后去掉底色。",
        "repeated": "请人在 Word 里改成一遍。",
        "error": "给人看校对的这一处；认为没有错的，请人记下不改。",
    }.get(kind, "请人看一看。")


def _draft(made: StatusResult) -> dict[str, object]:
    data = made.json()
    return {
        "outline": data["outline"],
        "number": data["draft"],
        "fields": [{"name": f["name"], "question": f["ask"], "now": f["now"], "state": f["state"], "why": f["why"]} for f in data["fields"]],
        "blanks": data["blanks"],
        "edited_by_hand": {kind: len(rows) for kind, rows in data["paragraphs"].items()},
        "to_confirm": [{"words": one["words"], "note": one["note"], "context": one["context"], "place": one["place"]["said"]} for one in data["to_confirm"]],
        "update_would_change": len(data["update"]["steps"]),
        "remarks": remarks_data(made.remarks),
    }


def _draft_said(made: StatusResult) -> tuple[str, ...]:
    data = made.json()
    kinds = {"edited": "改了", "added": "加了", "deleted": "删了", "moved": "挪了"}
    by_hand = "，".join(f"{said} {len(data['paragraphs'][kind])} 段" for kind, said in kinds.items() if data["paragraphs"][kind])
    open_ = [f for f in data["fields"] if f["state"] in ("blank", "cleared")]
    wrong = [f for f in data["fields"] if f["state"] in ("unfit", "differs")]
    return (
        f"用提纲 {made.outline} 写的，{made.stage.name}。" + (f"人在 Word 里{by_hand}。" if by_hand else "还没有人改过。"),
        listed(open_, lambda f: f"【{f['name']}】{f['ask']}", "还空着 {n} 个，要问人："),
        listed(wrong, lambda f: f"【{f['name']}】{f['why']}", "对不上的："),
        listed(made.to_confirm, lambda one: f"{one.context}" + (f"（{one.note}）" if one.note else ""), "【核实】要人核实 {n} 处：", 10),
        f"提纲或者规则变了，revise 会改 {len(made.steps)} 处。" if made.steps else "",
        remarks_said(made.remarks),
    )


def _after(last: FinishResult | None, left: bool, made: StatusResult | None) -> str:
    if last is None:
        return "把校对的几处给人看，由人定。"
    if not left:
        return "请人看过，自己定稿（起草台的“定稿”，或者 drafter finish）；定稿不由模型做。"
    return "还空着的问人，用 revise 写进去；其余的请人在 Word 里处理，再 review 一次。" if made else "请人在 Word 里处理，再 review 一次。"


def proofread(asked: Asked, folders: NamedFolders) -> ToolAnswer:
    """The findings in a text."""
    os.chdir(folders.folders[0])
    if re.fullmatch(r"\s*\S{1,200}\.(?:docx?|wps|odt|rtf|pdf|txt|md)\s*", asked["text"], re.IGNORECASE):
        told = f"text 是一个文件名，不是文字：{printable(asked['text'].strip())}"
        raise Rejected(Diagnostic(told, None, "看文件用 review；校对文字，把文字写在 text 里。", code="agent-argument"))
    found = findings_in(asked["text"], folders.folders[0], asked["level"], asked["as_of"])
    step = "有把握的（safe）照改；其余的给人看，由人定，不要自己改事实。" if found else ""
    return answer({"findings": found[:MOST], "found": len(found)}, findings_said(found) or "没有发现问题。", next_step=step)


def compare(asked: Asked, folders: NamedFolders) -> ToolAnswer:
    """What became of one file in another; with `redline` the 花脸稿 too."""
    old, new = folders.file(asked["old"]), folders.file(asked["new"])
    os.chdir(new.folder)
    before = old.name if old.folder == new.folder else str(old.path)
    target = folders.new(os.path.join(os.path.dirname(asked["new"]), f"{stem_of(new.name)}-花脸稿.docx"), "") if asked["redline"] else None
    done = compared(CompareRequest(before, new.name, output=str(target.path) if target else ""))
    data = done.json()
    rows = [row for row in data["rows"] if not _same(row)]
    facts = [*data["figures"], *data["names"]]
    changed = [_changed(row) for row in rows]
    return answer(
        {"same": data["same"], "counts": data["counts"], "changed": changed[:MOST], "facts": facts[:MOST], "file": str(target.path) if target else None},
        "两稿一样。" if data["same"] else f"{len(rows)} 处不一样。" + (f"花脸稿写在 {target.path}。" if target else ""),
        listed(facts, lambda f: f"{f['was'] or '（没有）'} → {f['now'] or '（没有）'}", "数字、日期、人名变了 {n} 处，请人核对：", 12),
        listed(changed, lambda row: f"{row['place']}：{_cut(row['was'])} → {_cut(row['now'])}", "改动："),
        remarks_said(done.remarks),
        next_step="" if data["same"] else "把数字和人名的改动先给人看。",
    )


def _changed(row: RowData) -> dict[str, object]:
    was, now = row["was"], row["now"]
    unit = now or was
    return {"place": unit and unit["place"], "was": was and was["text"], "now": now and now["text"], "moved": row["moved"]}


def _same(row: RowData) -> bool:
    return bool(row["was"] and row["now"]) and not (row["moved"] or row["reworded"] or row["renumbered"] or row["merged_into"] or row["split_from"])


def _cut(text: object, most: int = 60) -> str:
    flat = " ".join(str(text or "（没有）").split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
