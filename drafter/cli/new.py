"""`drafter new`, `drafter preview`: from an outline to pages."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from drafter.cli.declared import argument, option
from drafter.cli.options import Answers, Brief, Force, Headings, Json, Outline, Pick, Sets, Template, _complete_outline
from drafter.cli.print import hand_out, said_of_levels, say, say_ending, say_remarks, show, terminal
from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.new import Written


def new(
    outline: Outline = None,
    sets: Sets = None,
    answers: Answers = "",
    output: Annotated[
        str, option("--output", "-o", help="写到哪个文件（.docx .txt .md .html .pdf；- 是标准输出）。", metavar="文件")
    ] = "",
    template: Template = "",
    to: Annotated[str, option("--to", help="写成哪一种：docx、txt、md、html、pdf。", metavar="种类")] = "",
    pick: Pick = "",
    choose: Annotated[bool, option("--choose", help="看着备选段落，一条一条挑。")] = False,
    headings: Headings = "",
    brief: Brief = False,
    save_answers: Annotated[str, option("--save-answers", help="把回答存下来，下次接着用。", metavar="文件")] = "",
    no_input: Annotated[bool, option("--no-input", help="不提问，没有回答的空留着。")] = False,
    plain: Annotated[bool, option("--plain", help="空写成普通文字，不用控件（给 LibreOffice 7.4 用）。")] = False,
    no_comments: Annotated[bool, option("--no-comments", help="不加批注：要核实的话只标底色，提纲里的提醒不带进文件。")] = False,
    strict: Annotated[bool, option("--strict", help="还有空没填就不写文件，退出码 1。")] = False,
    force: Force = False,
    date: Annotated[str, option("--date", help="当作今天的日期；写进文件属性。", metavar="日期")] = "",
    open_it: Annotated[bool, option("--open", help="写好后打开。")] = False,
    as_json: Json = False,
    quiet: Annotated[bool, option("--quiet", "-q", help="写好后不说话。")] = False,
) -> None:
    """按提纲写一篇讲话稿。

    回答的次序：--set 最先，其次 --answers 文件，再次现场提问，再次默认值；都没有，就在文中留下醒目的【名称】。
    """
    from drafter.commands.new import NewRequest
    from drafter.commands.new import new as write_new
    from drafter.commands.opening import choice_of

    request = NewRequest(
        outlines=tuple(outline or ()),
        sets=tuple(sets or ()),
        answers=answers,
        save_answers=save_answers,
        interactive=not no_input and answers != "-" and terminal(),
        strict=strict,
        output=output,
        to=to,
        template=template,
        force=force,
        date=date,
        choice=choice_of(pick, headings, brief, choose),
        plain=plain,
        proofread=not quiet and _somebody_reads(),
        choose=choose,
        without_comments=no_comments,
        tour=not (as_json or quiet),
        unheard=quiet and not as_json,
        more=tuple(word for word, meant in (("--open", open_it), ("--json", as_json), ("--quiet", quiet)) if meant),
    )
    done = write_new(request)
    aside = done.documents[0].file == "-"
    if aside:
        hand_out(done.documents[0].data)

    def text() -> str:
        step = done.ending().next
        follows = step.command if step else None
        return "\n".join(line for document in done.documents for line in _told(document, follows))

    show("new", done.json() if as_json else None, text, as_json=as_json, remarks=done.remarks, aside=aside, quiet=quiet, ending=done.ending)
    for document in done.documents:
        if open_it and document.file != "-":
            from drafter.commands.programs import shown

            shown(document.file)


def _somebody_reads() -> bool:
    """Whether what is said goes anywhere: proof-reading takes as long as writing, and a script that sends the report to
    /dev/null need not pay for it."""
    import os

    try:
        return not os.path.samestat(os.fstat(sys.stdout.fileno()), os.stat(os.devnull))
    except (AttributeError, OSError, ValueError):
        return sys.stdout is not None


def _told(written: "Written", follows: str | None) -> list[str]:
    """What is said of a document, a line each; not how to look at its findings where that is what `follows`."""
    characters = written.characters
    lines = [] if written.file == "-" else [f"写好了：{printable(written.file)}"]
    pages = f"，{written.pages} 页" if written.pages else ""
    lines.append(f"约 {characters:,} 字{pages}，念下来{written.time}。")
    if written.answers_file:
        lines.append(f"回答存在：{printable(written.answers_file)}")
    for outline in dict.fromkeys(taken["outline"] for taken in written.taken):
        names = "、".join(taken["name"] for taken in written.taken if taken["outline"] == outline)
        lines.append(f"{names}，照一起写的 {printable(outline)}。")
    if written.blanks:
        marked = "文中写着它的【】" if written.file.endswith((".txt", ".md")) else "文中标黄"
        lines.append(f"还有 {len(written.blanks)} 个空没填，{marked}：")
        for blank in written.blanks:
            times = f"（{blank.times} 处）" if blank.times > 1 else ""
            lines.append(f"  【{printable(blank.name)}】{printable(blank.ask)}{times}")
    if written.chosen:
        said = "；".join(f"{c.name} {c.answer}" + (f"（按{c.by}）" if c.by else "") for c in written.chosen)
        lines.append(f"没有问，自己定的：{printable(said)}。要换：--set {printable(written.chosen[-1].name)}=…")
    if written.to_confirm:
        from drafter.cli.show_drafts import to_confirm_lines

        lines.append(f"有 {len(written.to_confirm)} 处是提纲里估的，文中标了底色，请核实：")
        lines += to_confirm_lines(written.to_confirm)
    if written.findings is not None:
        lines.append(_proofread(written.findings, written.file, follows))
    if written.notes:
        lines.append("写稿时请注意：")
        lines += [f"  · {printable(note)}" for note in written.notes]
    return lines


def _proofread(findings: Mapping[str, int], file: str, follows: str | None) -> str:
    if not findings:
        return "校对：没有发现问题。"
    from drafter.commands.next_step import typed

    check = typed("check", file)
    known = file == "-" or not file.endswith((".docx", ".txt", ".md")) or check == follows
    look = "" if known else f"逐条看：{printable(check)}"
    return f"校对：{said_of_levels(findings)}。{look}"


def preview(
    name: Annotated[str, argument(help="提纲的名称或文件。", metavar="名称", autocompletion=_complete_outline)],
    sets: Sets = None,
    answers: Answers = "",
    template: Template = "",
    pick: Pick = "",
    headings: Headings = "",
    brief: Brief = False,
    examples: Annotated[bool, option("--examples", help="没有回答的空用例子填上。")] = False,
    watch: Annotated[bool, option("--watch", "-w", help="提纲一保存，页面就跟着变。")] = False,
    output: Annotated[str, option("--output", "-o", help="只写成一个 HTML 文件，不打开。", metavar="文件")] = "",
    no_open: Annotated[bool, option("--no-open", help="不打开浏览器，只说地址。")] = False,
    force: Force = False,
) -> None:
    """在浏览器里看成稿的样子：A4 纸，每页 22 行、每行 28 字。"""
    from drafter.commands.opening import choice_of
    from drafter.commands.preview import PreviewRequest, idle
    from drafter.commands.preview import preview as write_preview
    from drafter.commands.preview import watch as serve

    request = PreviewRequest(
        name=name,
        answers=answers,
        sets=tuple(sets or ()),
        template=template,
        choice=choice_of(pick, headings, brief),
        examples=examples,
        output=output,
        force=force,
        interactive=terminal(),
    )
    say_remarks(idle(request, watch, no_open))
    if watch:
        told = "提纲一保存，页面就跟着变；按 Ctrl-C 结束。"
        serve(request, open_browser=not no_open, on_ready=lambda address: say(f"{address}\n{told}"))
        return
    done = write_preview(request)
    say(f"写好了：{printable(output)}" if output else f"预览：{done.address}")
    say_ending(done.ending())
    if not output and not no_open:
        from drafter.commands.programs import shown

        shown(done.address)
