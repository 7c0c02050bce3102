"""Edits a .docx in LibreOffice, as a person would at the screen. Run by the system's Python, which has `uno`:

    python3 edit.py IN.docx OUT.docx EDITS.json

EDITS is a list of edits, each a list: a name of a function below and its arguments.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


class Office:
    """A LibreOffice of its own, with one document open."""

    def __init__(self, folder):
        pipe = f"drafter{os.getpid()}"
        self.process = subprocess.Popen(
            [
                "soffice", f"-env:UserInstallation={Path(folder).as_uri()}", "--headless", "--norestore", "--nologo",
                "--nodefault", f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(300):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.2)
        else:
            raise SystemExit("LibreOffice did not start")
        self.desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)

    def open(self, path):
        self.document = self.desktop.loadComponentFromURL(Path(path).resolve().as_uri(), "_blank", 0, (prop("Hidden", True),))
        if self.document is None:
            raise SystemExit(f"LibreOffice did not open {path}")

    def save(self, path):
        self.document.storeToURL(Path(path).resolve().as_uri(), (prop("FilterName", "MS Word 2007 XML"),))
        self.document.close(True)

    def stop(self):
        with suppress(Exception):
            self.desktop.terminate()
        self.process.wait(60)

    # -- what a person does --

    def paragraphs(self):
        walk = self.document.Text.createEnumeration()
        while walk.hasMoreElements():
            one = walk.nextElement()
            if one.supportsService("com.sun.star.text.Paragraph"):
                yield one

    def paragraph(self, words):
        for one in self.paragraphs():
            if words in one.String:
                return one
        raise SystemExit(f"no paragraph with {words}")

    def found(self, words):
        search = self.document.createSearchDescriptor()
        search.SearchString = words
        search.SearchCaseSensitive = True
        return self.document.findFirst(search)

    def replace(self, words, by):
        """Type over the first place that says `words`."""
        place = self.found(words)
        if place is None:
            raise SystemExit(f"not there: {words}")
        place.setString(by)

    def replace_all(self, words, by):
        descriptor = self.document.createReplaceDescriptor()
        descriptor.SearchString, descriptor.ReplaceString = words, by
        descriptor.SearchCaseSensitive = True
        self.document.replaceAll(descriptor)

    def delete_paragraph(self, words):
        self.paragraph(words).dispose()

    def add_after(self, words, text):
        """A new paragraph behind the one that says `words`, in its style."""
        place = self.paragraph(words)
        cursor = place.Text.createTextCursorByRange(place.End)
        place.Text.insertControlCharacter(cursor, 0, False)
        place.Text.insertString(cursor, text, False)

    def split_before(self, words):
        place = self.found(words)
        place.Text.insertControlCharacter(place.Start, 0, False)

    def join_with_next(self, words):
        place = self.paragraph(words)
        cursor = place.Text.createTextCursorByRange(place.End)
        cursor.goRight(1, True)
        cursor.setString("")

    def bold(self, words):
        self.found(words).CharWeight = 150.0

    def style(self, words, name):
        self.paragraph(words).ParaStyleName = name

    def track(self, on):
        self.document.RecordChanges = on

    def dispatch(self, command, **arguments):
        helper = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", self.context)
        helper.executeDispatch(self.document.CurrentController.Frame, f".uno:{command}", "", 0, tuple(prop(*a) for a in arguments.items()))

    def move_behind(self, words, behind):
        """Cut a paragraph and put it behind another."""
        text = self.paragraph(words).String
        self.paragraph(words).dispose()
        self.add_after(behind, text)

    def table_after(self, words):
        table = self.document.createInstance("com.sun.star.text.TextTable")
        table.initialize(2, 2)
        place = self.paragraph(words)
        place.Text.insertTextContent(place.End, table, False)
        table.getCellByName("A1").String = "表里的字"


def main():
    source, target, edits = sys.argv[1], sys.argv[2], json.loads(Path(sys.argv[3]).read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        office = Office(folder)
        try:
            office.open(source)
            for name, *arguments in edits:
                getattr(office, name)(*arguments)
            office.save(target)
        finally:
            office.stop()


if __name__ == "__main__":
    main()
