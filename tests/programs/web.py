"""A page of an office's own site: a form comes in, a Word file goes out (WSGI; a Django view is the same three lines)."""

import json
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qsl, quote

import drafter

Start = Callable[[str, list[tuple[str, str]]], object]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def application(environ: Mapping[str, str], start: Start) -> Iterable[bytes]:
    """`/?提纲=office-training&日期=下周三` gives the speech; what does not fit is told by its blank, as JSON."""
    form = dict(parse_qsl(environ["QUERY_STRING"]))
    outline = form.pop("提纲", "")
    try:
        if outline not in {entry.name for entry in drafter.outlines.find().outlines}:
            raise drafter.Rejected(drafter.Diagnostic("没有这份提纲。", code="name-not-found"))
        speech = drafter.new(outline, form)
    except drafter.Rejected as no:
        start("422 Unprocessable Content", [("Content-Type", "application/json")])
        return [json.dumps(drafter.as_data(no, "new"), ensure_ascii=False).encode()]
    named = f"attachment; filename*=UTF-8''{quote(speech.name)}"
    start("200 OK", [("Content-Type", DOCX), ("Content-Disposition", named)])
    return [speech.data]
