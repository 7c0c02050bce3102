"""`drafter extract`: a file in, an outline and its answers out. It opens the files and asks the writer; what a speech is
made of is told by `drafter.speech.recognise`, and what it says by `drafter.analysis.facts` and `drafter.analysis.extract`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from drafter.analysis.extract import Extracted
from drafter.analysis.extract import extract as outline_of
from drafter.analysis.facts import Fact, find_facts
from drafter.commands.reading import read_speech
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected, printable
from drafter.outline import shelf
from drafter.outline.answers import from_json, from_yaml, to_json, to_yaml
from drafter.outline.field import say
from drafter.speech.cues import Entry, entries_within, sections_within
from drafter.speech.draft import KINDS, Draft, Item, plain
from drafter.speech.recognise import recognise

#: What each kind of part is called in a report.
_CALLED = dict(zip(KINDS, ("称呼", "开头", "致意", "形势", "引出要求的话", "分条的要求", "结尾", "落款", "其他"), strict=True))


class ExtractRequest(NamedTuple):
    """What a user wants of `extract`."""

    file: str
    output: str = ""
    save_answers: str = ""
    answers: str = ""
    keep_figures: bool = False
    review: bool = False
    force: bool = False


class ExtractResult(NamedTuple):
    """What `extract` has done. `file` is "-" for standard output; `answers_file` "" where there was nothing to save."""

    file: str
    answers_file: str
    draft: Draft
    facts: tuple[Fact, ...]
    plain: bool
    remarks: tuple[Diagnostic, ...]

    def told(self) -> list[str]:
        """For people."""
        items = list(_all_items(self.draft))
        lines = [] if self.file == "-" else [f"写好了：{printable(self.file)}"]
        counts: dict[str, int] = {}
        for part in self.draft.parts:
            counts[part.kind] = counts.get(part.kind, 0) + (len(part.paragraphs) or len(part.items))
        parts = "，".join(f"{_CALLED[kind]} {n} {'条' if kind == 'requirements' else '段'}" for kind, n in counts.items())
        lines.append(f"标题：{printable(plain(self.draft.title)) or '（没有）'}")
        lines.append(f"认出：{parts or '没有正文'}" + (f"；各级小标题和序号共 {len(items)} 个。" if items else "。"))
        if self.plain:
            lines.append("这一篇的样子提纲说不全，各段都照原样放在 text 里。")
        if self.facts:
            lines.append(f"留了 {len(self.facts)} 个空：")
            lines += [f"  【{printable(f.field.name)}】{printable(say(f.value))}" for f in self.facts[:40]]
            lines += [f"  等，共 {len(self.facts)} 个。"] if len(self.facts) > 40 else []
        if self.answers_file:
            lines.append(f"原稿里的事实存在：{printable(self.answers_file)}")
        if self.file != "-":
            back = f" --answers {printable(self.answers_file)}" if self.answers_file else ""
            lines.append(f"照原样写回来：drafter new --outline {printable(self.file)}{back}")
        return lines

    def json(self) -> dict[str, Any]:
        """For `--json`: the files, every paragraph with what it was taken for, the blanks."""
        return {
            "file": self.file,
            "answers_file": self.answers_file or None,
            "title": plain(self.draft.title),
            "dateline": plain(self.draft.dateline) or None,
            "byline": plain(self.draft.byline) or None,
            "plain": self.plain,
            "paragraphs": list(told_paragraphs(self.draft)),
            "blanks": [
                {"name": f.field.name, "type": f.field.type, "words": say(f.value), "ask": f.field.ask, "sentence": f.sentence}
                for f in self.facts
            ],
            "remarks": [r.json() for r in self.remarks],
        }


def extract(request: ExtractRequest) -> ExtractResult:
    """Make an outline of a speech. Raises Rejected, with nothing written; KeyboardInterrupt where the writer gives up."""
    from drafter.commands.saving import check, save

    path = Path(request.file)
    target = None if request.output == "-" else target_of(request.output, path)
    answers_path = Path(request.save_answers) if request.save_answers else None
    if answers_path is None and target is not None:
        answers_path = Path(f"{_stem(path)}-回答.yaml")
    for planned in (target, answers_path):  # before anything is asked: it would cost the writer the review
        if planned and planned.parent.is_dir():
            check(planned, force=request.force, inputs=(path,))
    reading = read_speech(path)
    draft = recognise(reading.blocks, reading.hints)
    facts: tuple[Fact, ...] = find_facts(draft, _known(request.answers), request.keep_figures)
    if request.review and facts:
        from drafter.commands.asking import review

        kept = review(facts)
        if kept is None:
            raise KeyboardInterrupt
        facts = tuple(kept)
    found = outline_of(draft, facts, name=path.name)
    used = tuple(fact for fact in facts if fact.field.name in found.answers)
    if not used and not request.save_answers:
        answers_path = None
    if answers_path:
        parent_made(answers_path)
    if target is None:
        sys.stdout.write(found.yaml)
        sys.stdout.flush()
    else:
        parent_made(target)
        save(target, found.yaml.encode(), force=request.force, inputs=(path,))
    if answers_path:
        said = (to_json if answers_path.suffix == ".json" else to_yaml)(found.answers)
        save(answers_path, said.encode(), force=request.force, inputs=(path,))
    return ExtractResult(str(target or "-"), str(answers_path or ""), draft, used, found.plain, (*reading.remarks, *_remarks(found, draft, path)))


def _known(file: str) -> dict[str, str]:
    """The facts the writer knows, from an answers file."""
    if not file:
        return {}
    source, _ = shelf.read_source(Path(file))
    typed = (from_json if file.endswith(".json") else from_yaml)(source)
    return {name: answer.said for name, answer in typed.items() if isinstance(answer.said, str)}


def _stem(path: Path) -> str:
    """A name an outline may have, made of a file's."""
    stem = re.sub(r"[^\w-]+", "-", path.stem).strip("-_")[:60]
    return stem or "讲话"


def target_of(output: str, path: Path) -> Path:
    """Where an outline goes: what the user says, else by the name of the file it is made of."""
    if output:
        target = Path(output)
        if target.suffix.lower() not in (".yaml", ".yml"):
            raise Rejected(f"-o {output}：提纲的文件名以 .yaml 结尾，例如 -o outlines/{_stem(path)}.yaml")
        return target
    return Path(shelf.OUTLINES) / f"{_stem(path)}.yaml"


def answers_beside(target: Path | None, paths: Sequence[Path], folder: Path | None = None) -> list[Path]:
    """Where the answers of several speeches go, in the folder given or else that of the outline; files of the same name
    are told apart by a number."""
    stem = f"{target.stem}." if target else ""
    out: list[Path] = []
    for path in paths:
        beside = (folder or (target.parent if target else Path())) / f"{stem}{_stem(path)}.answers.yaml"
        number = 2
        while beside in out:
            beside = beside.with_name(f"{stem}{_stem(path)}-{number}.answers.yaml")
            number += 1
        out.append(beside)
    return out


def parent_made(target: Path) -> None:
    """The folder a file goes to, made where there is none. Raises Rejected."""
    try:
        os.makedirs(target.parent, exist_ok=True)
    except OSError as error:
        raise Rejected(Diagnostic(f"建不了文件夹（{error.strerror}）。", Place(str(target.parent)), "换个地方：-o 别的文件夹/提纲.yaml"), exit_code=1) from None


def _remarks(found: Extracted, draft: Draft, path: Path) -> list[Diagnostic]:
    kinds = {part.kind for part in draft.parts}
    told = []
    if not plain(draft.title):
        told.append("没有认出标题；提纲里留了一个可以不填的【标题】。")
    if "requirements" not in kinds and "greeting" not in kinds:
        told.append("没有认出称呼，也没有认出分条的要求，可能不是讲话稿；各段照原样放进了提纲。")
    return [Diagnostic(text, Place(str(path)), level=WARNING) for text in told]


# ── the report ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _all_items(draft: Draft) -> Sequence[Item]:
    out: list[Item] = []

    def of(items: Sequence[Item]) -> None:
        for item in items:
            out.append(item)
            of(item.items)

    for part in draft.parts:
        of(part.items)
    return out


def told_paragraphs(draft: Draft) -> Sequence[dict[str, Any]]:
    """Every paragraph of the body in reading order: its kind and text; for an item its level, label, heading and whether the
    heading stands alone; the offsets of the sections and lists it holds."""
    out: list[dict[str, Any]] = []

    def words(kind: str, text: str, node: str, before_list: bool, cut: bool) -> dict[str, Any]:
        cuts = sections_within(text, kind, before_list) if cut and kind not in ("closing", "signature") else ()
        row: dict[str, Any] = {"kind": kind, "text": text, "place": node}
        if len(cuts) > 1 or (cuts and cuts[0][1] != kind):
            row["sections"] = [{"start": at, "kind": section} for at, section in cuts]
        lists = entries_within(text)
        if lists:
            row["lists"] = [[_told_entry(entry) for entry in entries] for entries in lists]
        return row

    def of(items: Sequence[Item]) -> None:
        for item in items:
            texts = [(plain(p.text), p.node) for p in item.paragraphs]
            head = {"level": item.level, "label": item.label, "heading": plain(item.heading), "alone": item.own_line}
            first = "" if item.own_line or not texts else texts.pop(0)[0]
            row = words("item", first, item.node, bool(item.items) and not texts, bool(first))
            out.append(row | head)
            for number, (text, node) in enumerate(texts, 1):
                out.append(words("requirements", text, node, bool(item.items) and number == len(texts), True))
            of(item.items)

    for number, part in enumerate(draft.parts):
        following = draft.parts[number + 1].kind if number + 1 < len(draft.parts) else ""
        for paragraph in part.paragraphs:
            last = paragraph is part.paragraphs[-1] and following == "requirements"
            out.append(words(part.kind, plain(paragraph.text), paragraph.node, last, True))
        of(part.items)
    return out


def _told_entry(entry: Entry) -> dict[str, Any]:
    return {"start": entry.start, "words": entry.words, "end": entry.end, "label": entry.mark.label}
