"""`drafter learn`: several speeches of one kind in, one outline and an answers file for each of them out. It opens the files and
writes; what the speeches share is told by `drafter.analysis.learn`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from drafter.analysis.extract import paragraphs_of
from drafter.analysis.learn import LEAST_COMMON, MAX_SPEECHES, Learnt
from drafter.analysis.learn import learn as outline_of
from drafter.commands.extract import answers_beside, parent_made, target_of
from drafter.commands.reading import read_speech
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected, printable
from drafter.outline.answers import to_yaml
from drafter.outline.field import save_form, say
from drafter.speech.draft import Draft
from drafter.speech.recognise import recognise

#: Blanks nobody likes to be asked for; the outlines that come with drafter have at most 20 or so.
MANY_BLANKS = 60


class LearnRequest(NamedTuple):
    """What a user wants of `learn`."""

    files: tuple[str, ...]
    output: str = ""
    answers_dir: str = ""
    keep_figures: bool = False
    force: bool = False


class LearnResult(NamedTuple):
    """What `learn` has done. `file` is "-" for standard output; `answers_files` are those of the speeches in their order, ""
    for one that has nothing to answer or is not to be saved."""

    file: str
    files: tuple[str, ...]
    answers_files: tuple[str, ...]
    learnt: Learnt
    remarks: tuple[Diagnostic, ...]

    def told(self) -> list[str]:
        """For people."""
        learnt = self.learnt
        lines = [] if self.file == "-" else [f"写好了：{printable(self.file)}"]
        lines.append(f"{len(self.files)} 篇共有 {learnt.shared} 段（标题、称呼和小标题都算）。")
        if learnt.plain:
            lines.append("这几篇合不到一起去，各篇照原样放在一份提纲里，用哪一篇由【哪一篇】决定。")
        blanks = [blank for blank in learnt.blanks if not blank.deciding]
        if blanks:
            lines.append(f"留了 {len(blanks)} 个空：")
            lines += [f"  【{printable(b.field.name)}】{' / '.join(_said(v) for v in b.values)}" for b in blanks[:40]]
            lines += [f"  等，共 {len(blanks)} 个。"] if len(blanks) > 40 else []
        deciding = [blank for blank in learnt.blanks if blank.deciding]
        if deciding:
            lines.append(f"不是每篇都有的地方，由 {len(deciding)} 个问题决定：")
            lines += [f"  【{printable(b.field.name)}】{' / '.join(_said(v) for v in b.values)}" for b in deciding[:40]]
            lines += [f"  等，共 {len(deciding)} 个。"] if len(deciding) > 40 else []
        for file, answers in zip(self.files, self.answers_files, strict=True):
            if answers:
                lines.append(f"{printable(Path(file).name)} 的回答存在：{printable(answers)}")
        if self.file != "-":
            back = next((f" --answers {printable(answers)}" for answers in self.answers_files if answers), "")
            lines.append(f"照原样写回来：drafter new --outline {printable(self.file)}{back}")
        return lines

    def json(self) -> dict[str, Any]:
        """For `--json`: the files, every blank with what each speech says, the optional parts."""
        return {
            "file": self.file,
            "speeches": [
                {"file": file, "answers_file": answers or None, "common": round(common, 3)}
                for file, answers, common in zip(self.files, self.answers_files, self.learnt.common, strict=True)
            ],
            "plain": self.learnt.plain,
            "shared": self.learnt.shared,
            "blanks": [
                {
                    "name": b.field.name,
                    "type": b.field.type,
                    "ask": b.field.ask,
                    "when": b.when or None,
                    "values": [None if v is None else save_form(v) for v in b.values],
                }
                for b in self.learnt.blanks
            ],
            "optional": [{"words": option.words, "speeches": [self.files[n] for n in option.speeches]} for option in self.learnt.options],
            "remarks": [r.json() for r in self.remarks],
        }


def learn(request: LearnRequest, progress: Callable[[str], None] = lambda said: None) -> LearnResult:
    """Make one outline of several speeches. `progress` is told what is being done. Raises Rejected, with nothing written."""
    import sys

    from drafter.commands.saving import check, save

    paths = [Path(file) for file in request.files]
    _enough(paths)
    target = None if request.output == "-" else target_of(request.output, paths[0])
    folder = Path(request.answers_dir) if request.answers_dir else None
    planned = answers_beside(target, paths, folder) if target or folder else []
    for file in (target, *planned):
        if file and file.parent.is_dir():
            check(file, force=request.force, inputs=paths)
    drafts: list[Draft] = []
    remarks: list[Diagnostic] = []
    for number, path in enumerate(paths, 1):
        progress(f"读 {number}/{len(paths)}：{printable(path.name)}")
        reading = read_speech(path)
        draft = recognise(reading.blocks, reading.hints)
        if not any(text.strip() for text in paragraphs_of(draft)):
            raise Rejected(Diagnostic("这个文件里没有文字。", Place(str(path)), "去掉它，或者换一份。"))
        remarks += reading.remarks
        drafts.append(draft)
    progress("对照各篇……")
    found = outline_of(drafts, [path.name for path in paths], request.keep_figures)
    _of_one_kind(found, paths)
    if target:
        parent_made(target)
        save(target, found.yaml.encode(), force=request.force, inputs=paths)
    else:
        sys.stdout.write(found.yaml)
        sys.stdout.flush()
    written = []
    for n, answers in enumerate(found.answers):
        file = planned[n] if planned else None
        if file is None or not answers:
            written.append("")
            continue
        parent_made(file)
        save(file, to_yaml(answers).encode(), force=request.force, inputs=paths)
        written.append(str(file))
    many = sum(not blank.deciding for blank in found.blanks)
    if many > MANY_BLANKS:
        hint = "少放一篇差别大的，或者把提纲里用不着的空改回文字。"
        remarks.append(Diagnostic(f"留了 {many} 个空，写的时候要问很久。", Place(str(target or "-")), hint, level=WARNING))
    return LearnResult(str(target or "-"), request.files, tuple(written), found, tuple(remarks))


def _enough(paths: Sequence[Path]) -> None:
    if len(paths) < 2:
        hint = "例如：drafter learn 去年.docx 今年.docx -o outlines/年会.yaml；只有一篇：drafter extract 讲话.docx"
        raise Rejected(Diagnostic("要两篇以上同一类的讲话稿才能学。", None, hint))
    if len(paths) > MAX_SPEECHES:
        raise Rejected(f"一次最多学 {MAX_SPEECHES} 篇，这里有 {len(paths)} 篇。")
    seen: dict[Path, Path] = {}
    for path in paths:
        twin = seen.setdefault(path.resolve(), path)
        if twin is not path:
            raise Rejected(Diagnostic("这个文件写了两次。", Place(str(path)), "每篇只写一次。"))


def _of_one_kind(found: Learnt, paths: Sequence[Path]) -> None:
    """Raises Rejected where a speech has next to nothing in common with the others."""
    strange = [path for path, common in zip(paths, found.common, strict=True) if common < LEAST_COMMON]
    if not strange:
        return
    named = "、".join(printable(path.name) for path in strange)
    hint = f"同一类的讲话才能一起学；不同类的一篇一篇提取：drafter extract {printable(str(strange[0]))}"
    if len(strange) == len(paths) or len(paths) - len(strange) < 2:
        raise Rejected(Diagnostic("这几篇没有几段合得到一起，学不出一份提纲。", None, hint))
    raise Rejected(Diagnostic(f"{named} 和其他各篇没有几段合得到一起。", None, f"去掉它再学。{hint}"))


def _said(value: Any) -> str:
    if value is None or value == "":
        return "—"
    words = printable(say(value))
    return words if len(words) <= 20 else words[:19] + "…"
