"""commands.preview"""


from collections.abc import Callable
from datetime import date
from pathlib import Path

from drafter.commands.opening import DEFAULT_TEMPLATE, Choice, blocks_of, given, open_outline, open_template, picked
from drafter.outline import shelf
from drafter.outline.answers import defaults
from drafter.outline.fill import fill, notes
from drafter.speech.draft import plain


def preview(
    name: str,
    answers: str,
    sets: tuple[str, ...],
    template: str,
    choice: Choice,
    with_examples: bool,
    watch: bool,
    output: str,
    open_browser: bool,
    force: bool,
    say: Callable[[str], object],
    launch: Callable[[str], object],
) -> None:
    """Show an outline's pages: as a file (`output`), in the browser, or in the browser following the file (`watch`)."""
    opened = open_outline(name)

    def page(live: str = "") -> str:
        from drafter.outline.answers import examples
        from drafter.writers.html import write as write_html

        outline = picked(open_outline(name).outline, choice)
        today = date.today()
        settled = given(outline.fields, answers, sets, today)
        values = dict(settled.values)
        for more in (examples(outline.fields, today) if with_examples else {}, defaults(outline.fields, settled, today)):
            values = {**more, **values}
        dress = open_template(template or outline.template or DEFAULT_TEMPLATE)
        draft = fill(outline, values)
        return write_html(blocks_of(draft, dress), dress.template, title=plain(draft.title), live=live, notes=notes(outline, draft))

    if watch:
        import gc

        from drafter.commands.browser import serve

        gc.enable()
        sources = [Path(s.file) for s in opened.outline.sources]
        if answers and answers != "-":
            sources.append(Path(answers))
        folder = shelf.find_template(template or opened.outline.template or DEFAULT_TEMPLATE)
        sources += [folder / "styles.yaml", folder / "layout.j2"]
        serve(page, sources, open_browser=open_browser, on_ready=lambda url: say(f"{url}\n提纲一保存，页面就跟着变；按 Ctrl-C 结束。"))
        return
    from drafter.commands.saving import save

    if output:
        target = Path(output)
        save(target, page().encode(), force=force, inputs=[Path(s.file) for s in opened.outline.sources])
        say(f"写好了：{output}")
        return
    import tempfile

    target = Path(tempfile.mkdtemp(prefix="drafter-")) / "预览.html"
    save(target, page().encode())
    say(f"预览：{target.as_uri()}")
    if open_browser:
        launch(target.as_uri())
