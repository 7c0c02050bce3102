"""What `extract` and `learn` tell, as text for a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.extract import ExtractResult
    from drafter.commands.learn import LearnResult

#: Blanks that are listed; nobody reads further.
_LISTED = 40

#: Characters of an answer that are shown.
_SHOWN = 20

#: What each kind of part is called.
_PARTS = {
    "title": "标题",
    "dateline": "日期",
    "byline": "讲话人",
    "greeting": "称呼",
    "opening": "开头",
    "appreciation": "致意",
    "situation": "形势",
    "lead": "引出要求的话",
    "requirements": "分条的要求",
    "closing": "结尾",
    "signature": "落款",
    "text": "其他",
}


def extract_text(result: ExtractResult) -> str:
    """What `extract` tells."""
    return "\n".join(_extracted(result))


def _extracted(result: ExtractResult) -> list[str]:
    lines = [] if result.file == "-" else [f"写好了：{printable(result.file)}"]
    counts = [f"{_PARTS.get(kind, _PARTS['text'])} {n} {'条' if kind == 'requirements' else '段'}" for kind, n in result.parts.items()]
    headings = f"；各级小标题和序号共 {result.headings} 个。" if result.headings else "。"
    lines.append(f"标题：{printable(result.title) or '（没有）'}")
    lines.append(f"认出：{'，'.join(counts) or '没有正文'}{headings}")
    if result.plain:
        lines.append("这一篇的样子提纲说不全，各段都照原样放在 text 里。")
    if result.blanks:
        lines.append(f"留了 {len(result.blanks)} 个空：")
        lines += [f"  【{printable(name)}】{printable(words)}" for name, words in result.blanks[:_LISTED]]
        lines += [f"  等，共 {len(result.blanks)} 个。"] if len(result.blanks) > _LISTED else []
    if result.answers_file:
        lines.append(f"原稿里的事实存在：{printable(result.answers_file)}")
    if result.file != "-":
        back = f" --answers {printable(result.answers_file)}" if result.answers_file else ""
        lines.append(f"照原样写回来：drafter new --outline {printable(result.file)}{back}")
    return lines



def learn_text(result: LearnResult) -> str:
    """What `learn` tells."""
    return "\n".join(_learnt(result))


def _learnt(result: LearnResult) -> list[str]:
    learnt = result.learnt
    lines = [] if result.file == "-" else [f"写好了：{printable(result.file)}"]
    lines.append(f"{len(result.files)} 篇共有 {learnt.shared} 段（标题、称呼和小标题都算）。")
    if learnt.plain:
        lines.append("这几篇合不到一起去，各篇照原样放在一份提纲里，用哪一篇由【哪一篇】决定。")
    blanks = result.blanks(deciding=False)
    if blanks:
        lines += [f"留了 {len(blanks)} 个空：", *_answers(blanks)]
    if anew := result.anew():
        lines.append(f"{len(anew)} 处各篇写的都不一样，只留了骨架，要另写（各篇写了多少字）：")
        lines += _answers([(name, ["" if many is None else f"{many} 字" for many in letters]) for name, letters in anew])
    deciding = result.blanks(deciding=True)
    if deciding:
        lines += [f"不是每篇都有的地方，由 {len(deciding)} 个问题决定：", *_answers(deciding)]
    for file, answers in zip(result.files, result.answers_files, strict=True):
        if answers:
            lines.append(f"{printable(Path(file).name)} 的回答存在：{printable(answers)}")
    if result.file != "-":
        back = next((f" --answers {printable(answers)}" for answers in result.answers_files if answers), "")
        lines.append(f"照原样写回来：drafter new --outline {printable(result.file)}{back}")
    return lines


def _answers(blanks: list[tuple[str, list[str]]]) -> list[str]:
    """Blanks with what each speech answers, a line each."""
    lines = [f"  【{printable(name)}】{' / '.join(map(_shown, said))}" for name, said in blanks[:_LISTED]]
    return [*lines, f"  等，共 {len(blanks)} 个。"] if len(blanks) > _LISTED else lines


def _shown(said: str) -> str:
    words = printable(said)
    return (words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…") or "—"
