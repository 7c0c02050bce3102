"""All documents of a batch as one file, for whoever prints them."""

from datetime import datetime
from pathlib import Path

from drafter.commands.batch.request import BatchRequest
from drafter.commands.batch.running import BatchRun
from drafter.diagnostic import Diagnostic, Place, Rejected

#: So many documents go into one file: with more, Word takes minutes to open it.
MAX_DOCUMENTS = 3_000


def in_one(run: BatchRun, output: Path, now: datetime, request: BatchRequest) -> None:
    """Every document into one file, which is written at the end. Raises Rejected for too many, and for some that are set by
    another template."""
    from drafter.commands.saving import save
    from drafter.word.merged import MergedFile

    _fit(run)
    merged = MergedFile(output.name)
    for row, done in run.made():
        for paper in done.papers:
            merged.add(paper.data)
        run.wrote(row, done, [str(output)] * len(done.papers))
    if not merged.count:
        return
    data = merged.data(now, output.stem)
    if output.suffix.lower() == ".pdf":
        from drafter.commands.office import to_pdf

        template = next(iter(run.plan.prepared.values())).makings[0].dress.template
        data = to_pdf(data, template.fallbacks, with_backs=True)
    save(output, data, force=request.force, inputs=[Path(request.table)])


def _fit(run: BatchRun) -> None:
    makings = [making for names in dict.fromkeys(row.outlines for row in run.rows) for making in run.plan.prepared[names].makings]
    templates = dict.fromkeys(making.dress.template.name for making in makings)
    if len(templates) > 1:
        hint = f"用 --template 说都用哪一个，例如 --template {next(iter(templates))}；或者用 --where 分几次写。"
        told = f"这些提纲用的模板不一样：{'、'.join(templates)}，合不成一个文件。"
        raise Rejected(Diagnostic(told, None, hint, code="templates-differ"))
    documents = sum(len(row.outlines) for row in run.rows)
    if documents > MAX_DOCUMENTS:
        told = f"{documents:,} 份合成一个文件太大，Word 打不开；一个文件最多 {MAX_DOCUMENTS:,} 份。"
        raise Rejected(Diagnostic(told, Place(run.plan.table.file), "分几次写，例如 --rows 2-3000 -o 第一册.docx。", code="batch-too-many"))
