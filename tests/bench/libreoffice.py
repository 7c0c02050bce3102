"""The shipped outlines through a real save of LibreOffice, and then `finish`. No figure here is a test.

    python tests/bench/libreoffice.py [--answers examples,hard] [--roads docx,twice,thrice,odt] [--show] [OUTLINE …]

For each outline and each kind of answers: is the final copy made of what LibreOffice saved, word for word, the final copy made of the
draft itself (right), is it refused with a reason (refused), or neither (wrong)? `docx` is one save, `twice` and `thrice` are more, `odt`
is a save as .odt and back, by which the record is lost. On that road no answer has characters beyond U+FFFF: for each, LibreOffice 7.4
itself loses the next character of the text in the .odt.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import cycle
from pathlib import Path

from drafter.commands.confirming import confirm_in
from drafter.commands.finish import FinishRequest, finish
from drafter.commands.new import NewRequest, new
from drafter.commands.opening import open_outline
from drafter.diagnostic import Rejected
from drafter.outline.answers import examples
from drafter.outline.field import Field, Unfit, Value, read, save_form
from drafter.word.document import DocxFile
from drafter.word.text import paragraph_elements
from drafter.word.text import read as read_paragraph

DAY = date(2026, 11, 22)
NOW = datetime(2026, 12, 1)
OUTLINES = sorted(path.stem for path in (Path(__file__).parents[2] / "outlines").glob("*.yaml"))

#: Answers that are cut in many ways: by digits, letters, marks of both widths, quotes, blanks, rare 汉字, signs; that repeat
#: themselves, and whose beginning is their end.
HARD = (
    "12月20日前", "哈哈", "11月11日", "“四个意识”", "汉A汉", "A汉A", "甲，乙,丙", "《关于2026年的意见》", "𠮷林省2", "一 二 3", "R＆D中心",
    "8.3%", "5G+工业互联网", "2026", "abc", "谢谢谢谢", "好😀好1", "甲—乙…丙·丁", "（一）", "A", "1年1年1", "年1年", "㎡5㎡", "①甲②", "ⅠA类",
)  # fmt: skip

ROADS = {"docx": ("docx",), "twice": ("docx",) * 2, "thrice": ("docx",) * 3, "odt": ("odt", "docx")}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", default="examples,hard")
    parser.add_argument("--roads", default="docx,twice,odt")
    parser.add_argument("--show", action="store_true", help="what was wrong or refused, and why")
    parser.add_argument("outlines", nargs="*")
    options = parser.parse_args()
    names = options.outlines or OUTLINES
    for answers in options.answers.split(","):
        for road in options.roads.split(","):
            with tempfile.TemporaryDirectory(prefix="drafter-bench-") as folder:
                hard = {"examples": (), "hard": HARD}[answers]
                if road == "odt":
                    hard = tuple(answer for answer in hard if max(answer) <= "\uffff")
                made = [draft(name, hard, Path(folder)) for name in names]
                verdicts = list(map(verdict, made, through(made, ROADS[road], Path(folder))))
            told = Counter(said for said, _ in verdicts)
            print(f"{answers} {road}: {', '.join(f'{n} {said}' for said, n in sorted(told.items()))} of {len(names)}")
            for name, (said, why) in zip(names, verdicts, strict=True):
                if options.show and said != "right":
                    print(f"  {name}: {said}: {why}")


def draft(name: str, hard: Sequence[str], folder: Path) -> Path:
    """A draft of an outline, everything answered: with the examples, or with these answers where a field takes them."""
    path = folder / f"{name}.docx"
    fields = open_outline(name).outline.fields
    values = answered(fields, hard)
    sets = tuple(f"{field}={_typed(value)}" for field, value in values.items())
    new(NewRequest((name,), sets, output=str(path), date=DAY.isoformat(), force=True))
    return path


def _typed(value: Value) -> str:
    form = save_form(value)
    return form if isinstance(form, str) else "、".join(form)


def answered(fields: Mapping[str, Field], hard: Sequence[str]) -> dict[str, Value]:
    """Hard answers where a field takes them, else its example."""
    out = examples(fields, DAY)
    waiting = cycle(hard)
    for name, field in fields.items():
        if field.type in ("text", "long text", "list"):
            for _ in hard:
                try:
                    out[name] = read(field, next(waiting), DAY)
                    break
                except Unfit:
                    continue
    return out


def through(files: Sequence[Path], road: Sequence[str], folder: Path) -> list[Path]:
    """The files opened and saved by LibreOffice, once for each ending of the road; all of them at once."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is not here"
    for number, ending in enumerate(road, 1):
        target = folder / f"saved{number}"
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", ending, "--outdir", str(target), *map(str, files)]
        subprocess.run(command, check=True, timeout=590, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        files = [target / f"{file.stem}.{ending}" for file in files]
    return list(files)


def verdict(made: Path, saved: Path) -> tuple[str, str]:
    """"What became of it, and why."""
    for path in (made, saved):
        confirm_in(str(path), ("all",), ask=False)
    wanted, got = made.with_name("wanted.docx"), made.with_name("got.docx")
    for path in (wanted, got):
        if path.exists():
            os.remove(path)
    done = finish(FinishRequest(str(made), output=str(wanted), force=True), NOW)
    if not done.output:
        return "unfinished", str(done.problems[0])
    try:
        done = finish(FinishRequest(str(saved), output=str(got), force=True), NOW)
    except Rejected as error:
        return "refused", error.diagnostics[0].message
    if not done.output:
        return "refused", f"{done.problems[0].where} {done.problems[0].words} {done.problems[0].note}"
    for right, there in zip(_words(wanted), _words(got), strict=False):
        if right != there:
            return "wrong", f"{right[:80]} / {there[:160]}"
    return ("right", "") if len(_words(wanted)) == len(_words(got)) else ("wrong", "paragraphs")


def _words(path: Path) -> list[str]:
    file = DocxFile(path.read_bytes(), path.name)
    return [read_paragraph(element).text for element in paragraph_elements(file.body, tables=True)]


if __name__ == "__main__":
    main()
