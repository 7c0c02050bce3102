"""`drafter outlines sync`, `pack`: shelves from elsewhere."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.options import Force, Json
from drafter.cli.print import going_back, labelled, say, show, terminal
from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.outlines.shelf_changes import ChangedSentence, ShelfChange
    from drafter.commands.outlines.sync import SyncedShelf, SyncResult


def outlines_sync(
    locked: Annotated[bool, typer.Option("--locked", help="要和 drafter.lock 里记的一模一样；不一样就不取。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="只看会变什么，不取。")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不问，直接取。")] = False,
    as_json: Json = False,
) -> None:
    """把 drafter.toml 里写的书架取下来：先说变了什么，再取；取过以后不上网也能用。"""
    from drafter.commands.outlines.sync import SyncRequest, agreed, look, still_used, take

    request = SyncRequest(locked=locked, dry_run=dry_run, yes=yes)
    found = look(request, _teller(as_json))
    _clear()
    asks = found.changed and not (yes or dry_run or as_json) and terminal()
    if asks:
        say("\n".join(_told(found)))
        say("")
    if not dry_run and (found.missing if not found.changed else yes or (asks and agreed(found))):
        found = take(found, _teller(as_json))
        _clear()
    elif not dry_run and not found.changed:
        found = still_used(found)

    def text() -> str:
        return "\n".join([*([] if asks else _told(found)), *_done(found)]) or "没有取，书架照旧。"

    show("outlines sync", found.json(), text, as_json=as_json, remarks=found.remarks, ending=found.ending)
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _teller(as_json: bool) -> Callable[[str], None]:
    """Says how far it is, on one line that is written over; where nobody looks, nothing."""
    if as_json or not going_back():
        return lambda said: None

    def tell(said: str) -> None:
        from drafter.commands.rows import shortened

        typer.echo("\r\033[K" + shortened(printable(said), 76), err=True, nl=False)

    return tell


def _clear() -> None:
    """Take the line away that said how far it was."""
    if going_back():
        typer.echo("\r\033[K", err=True, nl=False)


# ── what is told ───────────────────────────────────────────────────────────────────────────────────────────────────

_STATES = {"same": "没有变化", "new": "新的书架", "changed": "有变化", "gone": "drafter.toml 里不要了", "failed": "没有取到，照旧用上次取的"}

#: So many sentences of one outline are shown, and so many names of files that are not taken.
_MOST_SENTENCES, _MOST_LEFT = 12, 5


def _told(found: "SyncResult") -> Iterator[str]:
    for one in found.shelves:
        state = "没有取到，以前也没有取过" if one.state == "failed" and one.was is None else _STATES[one.state]
        yield typer.style(f"书架 {printable(one.called)}", bold=True) + f"　{state}"
        if one.called != one.source:
            yield typer.style(f"  {printable(one.source)}{_commit(one)}", dim=True)
        if one.failure:
            yield from (f"  {row}" for row in labelled(one.failure).split("\n"))
        if one.state == "changed" and not one.changes:
            yield "  内容没有变，只是提交不同。"
        for change in one.changes:
            yield from _changed(one, change)
        if one.left and one.state != "same":
            names = "、".join(printable(name) for name in one.left[:_MOST_LEFT]) + ("……" if len(one.left) > _MOST_LEFT else "")
            yield f"  不取 {len(one.left)} 个别的文件：{names}"


def _commit(one: "SyncedShelf") -> str:
    if not one.locked or not one.locked.commit:
        return ""
    now, was = one.locked.commit[:12], one.was.commit[:12] if one.was else ""
    return f"　提交 {was} → {now}" if was and was != now else f"　提交 {now}"


def _changed(shelf: "SyncedShelf", change: "ShelfChange") -> Iterator[str]:
    from drafter.commands.outlines.shelf_changes import FATES, KINDS

    key = (change.kind, change.name)
    more = f"，盖住{'、'.join(shelf.hides[key])}的同名{KINDS[change.kind]}" if key in shelf.hides else ""
    more += f"，被{'、'.join(shelf.hidden[key])}的盖住，用不上" if key in shelf.hidden else ""
    yield f"  {FATES[change.fate]}{KINDS[change.kind]} {typer.style(printable(change.name), bold=True)}" + (f"　{printable(change.about)}" if change.about else "") + more
    if change.broken:
        yield f"    用不了：{printable(change.broken)}"
    if not change.told:
        yield "    说不出是哪几句：上次取的内容这台电脑上没有了，或者文字太长。"
    elif change.fate == "changed" and not change.sentences:
        yield "    句子没有变，变的是写法或者注释。"
    for sentence in change.sentences[:_MOST_SENTENCES]:
        yield f"    {_sentence(sentence)}"
    if len(change.sentences) > _MOST_SENTENCES:
        yield f"    ……还有 {len(change.sentences) - _MOST_SENTENCES} 处；全部的加 --json 看。"


def _sentence(sentence: "ChangedSentence") -> str:
    from drafter.commands.saying import short

    if not sentence.was:
        return typer.style(f"＋ {short(sentence.now, 120)}", fg="green")
    if not sentence.now:
        return typer.style(f"－ {short(sentence.was, 120)}", fg="red")
    marks = {"same": "{}", "gone": "[-{}-]", "come": "{{+{}+}}"}
    return "改 " + "".join(marks[part.kind].format(printable(part.text)) for part in sentence.parts)


def _done(found: "SyncResult") -> Iterator[str]:
    if found.taken and (found.written or found.copied):
        files = sum(len(one.locked.files) for one in found.shelves if one.locked)
        yield f"取好了：{sum(one.locked is not None for one in found.shelves)} 个书架，{files} 个文件；以后不上网也能用。"
        if found.written:
            yield f"写好了：{printable(found.written[0])}　和 drafter.toml 一起交给同事，大家用的就一模一样。"
    if found.freed.copies:
        yield f"顺手删掉了 {found.freed.copies} 份旧内容，腾出 {found.freed.bytes / 1024:,.0f} KB：在这台电脑上取过的 drafter.lock 都不再记着，也很久没有用过了。"


def outlines_pack(
    folder: Annotated[str, typer.Argument(help="里面有 outlines、templates 的文件夹；不写就是当前文件夹。", metavar="文件夹")] = "",
    output: Annotated[str, typer.Option("--output", "-o", help="写到哪个文件，不写是 outlines.zip。", metavar="文件")] = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """把本单位的提纲、段落、依据表、模板打成一个压缩包，给别人当书架。"""
    from drafter.commands.outlines.pack import PackRequest, pack
    from drafter.commands.outlines.shelf_changes import KINDS

    done = pack(PackRequest(folder=folder, output=output, force=force))

    def text() -> str:
        counts = "、".join(f"{len(names)} 份{KINDS[kind]}" for kind, names in done.things.items())
        rows = [f"写好了：{printable(done.file)}（{counts}，{done.size / 1024:,.0f} KB）", f"sha256　{done.sha256}"]
        if done.content.left:
            names = "、".join(printable(name) for name in done.content.left[:_MOST_LEFT])
            rows.append(f"没有放进去 {len(done.content.left)} 个别的文件：{names}" + ("……" if len(done.content.left) > _MOST_LEFT else ""))
        return "\n".join(rows)

    show("outlines pack", done.json(), text, as_json=as_json, remarks=done.remarks, ending=done.ending)


