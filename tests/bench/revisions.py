"""`update --as-revisions` in real office programs: accepted it must read as the plain update, refused as before.

    python tests/bench/revisions.py [libreoffice] [aspose] [spire] [superdoc]

Without names every program that is here is tried: LibreOffice by /usr/bin/python3 with `uno` (apt-get install
python3-uno), the others as Python packages (aspose-words, spire.doc, superdoc-sdk), best in an environment of their own
(`--python`); they are asked only here, never by drafter. Prints a line for each document and program; the exit code is 1
where one was not exact.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent)]

KINDS = ("accept", "reject")
ENGINES = ("libreoffice", "aspose", "spire", "superdoc")


# ── programs ───────────────────────────────────────────────────────────────────────────────────────────────────────


def libreoffice(kind: str, source: str, target: str) -> None:
    plan = Path(target).with_suffix(".json")
    command = "AcceptAllTrackedChanges" if kind == "accept" else "RejectAllTrackedChanges"
    plan.write_text(json.dumps([["dispatch", command]]), encoding="utf-8")
    edit = HERE.parent / "office" / "edit.py"
    subprocess.run(["/usr/bin/python3", str(edit), source, target, str(plan)], check=True, timeout=180)


def aspose(kind: str, source: str, target: str) -> None:
    document = import_module("aspose.words").Document(source)
    (document.revisions.accept_all if kind == "accept" else document.revisions.reject_all)()
    document.save(target)


def spire(kind: str, source: str, target: str) -> None:
    package = import_module("spire.doc")
    document = package.Document()
    document.LoadFromFile(source)
    (document.AcceptChanges if kind == "accept" else document.RejectChanges)()
    document.SaveToFile(target, package.FileFormat.Docx2016)
    document.Close()


def superdoc(kind: str, source: str, target: str) -> None:
    client = import_module("superdoc").SuperDocClient(user={"name": "bench", "email": "bench@example.org"})
    client.connect()
    document = client.open({"doc": source})
    document.track_changes.decide({"decision": kind, "target": {"scope": "all"}})
    document.save({"out": target})
    document.close()
    client.dispose()


# ── documents ──────────────────────────────────────────────────────────────────────────────────────────────────────


def documents(folder: Path) -> list[Path]:
    """Drafts updated as revisions, each with what it was (`.old.docx`) and the plain update (`.new.docx`) beside it."""
    tests = import_module("test_revisions")
    out = []
    cases = [(tests.ALL[n % len(tests.ALL)], sets) for n, sets in enumerate(tests.ANSWERED)]
    cases += [(tests.LAST, ("日期=2026-12-03",)), (tests.STANDING_LAST, ("层级=县",)), *((one, ()) for one in tests.ALL)]
    for number, (outline, sets) in enumerate(cases):
        here = folder / str(number)
        here.mkdir()
        before = tests.made(here)
        plain, revised = tests.both(here / "稿.docx", outline, sets)
        target = folder / f"{number:02d}.docx"
        target.write_bytes(revised)
        target.with_suffix(".old.docx").write_bytes(before)
        target.with_suffix(".new.docx").write_bytes(plain)
        out.append(target)
    return out


def lines(path: Path) -> list[str]:
    """The paragraphs of a document that say anything; what evaluation versions add left out."""
    from drafter.word.document import DocxFile
    from drafter.word.text import paragraph_elements, read

    body = DocxFile(path.read_bytes(), path.name).body
    texts = [read(element).text for element in paragraph_elements(body)]
    added = ("Evaluation", "Aspose", "Spire.Doc")
    return [text for text in texts if text and not any(word in text for word in added)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engines", nargs="*", choices=[*ENGINES, []], help="programs to try")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the programs' packages")
    parser.add_argument("--one", nargs=4, metavar=("ENGINE", "KIND", "IN", "OUT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        engine, kind, source, target = asked.one
        globals()[engine](kind, source, target)
        return 0
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        here = documents(folder)
        for engine in asked.engines or ENGINES:
            python = "/usr/bin/python3" if engine == "libreoffice" else asked.python
            exact = failed = 0
            for path in here:
                for kind in KINDS:
                    target = path.with_suffix(f".{engine}.{kind}.docx")
                    call = [python, __file__, "--one", engine, kind, str(path), str(target)]
                    done = subprocess.run(call, capture_output=True, text=True, check=False, env=os.environ)
                    if done.returncode or not target.exists():
                        failed += 1
                        print(engine, path.name, kind, "did not run:", done.stderr.strip()[-200:])
                        if exact == 0 and failed == 2:
                            break
                        continue
                    wanted = lines(path.with_suffix(".new.docx" if kind == "accept" else ".old.docx"))
                    found = lines(target)
                    exact += found == wanted
                    if found != wanted:
                        wrong += 1
                        print(engine, path.name, kind, [pair for pair in zip(found, wanted, strict=False) if pair[0] != pair[1]][:2])
                if exact == 0 and failed == 2:
                    break
            print(f"{engine}: {exact} of {2 * len(here)} exact, {failed} not run")
            wrong += failed if exact else 0
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
