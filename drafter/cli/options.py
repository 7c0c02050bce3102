"""The options several commands have, and what completes them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Protocol

from drafter.cli.declared import argument, option

if TYPE_CHECKING:
    from drafter.commands.index import OutlineEntry

#: What every command that reads a speech reads. tests/test_readers.py holds it to `drafter.readers.open.READERS`, which
#: --help would wait for.
READABLE = ".docx .txt .md .html .pdf .doc .wps .odt .rtf"


class Completing(Protocol):
    """The line that is being completed: what was given so far."""

    params: Mapping[str, list[str] | None]


Json = Annotated[bool, option("--json", help="结果用 JSON 输出，供别的程序读。")]


def _complete_outline(incomplete: str) -> list[tuple[str, str]]:
    from drafter.cli.shells import matching
    from drafter.commands.index import entries

    listed = entries()
    return matching(((e.name, e.about) for e in listed), incomplete, lambda typed: _outlines_meant(listed, typed))


def _outlines_meant(listed: "list[OutlineEntry]", typed: str) -> list[str]:
    from drafter.commands.find import likeliest, outlines_found

    return likeliest(outlines_found(listed, typed))


def _complete_shelved(incomplete: str) -> list[tuple[str, str]]:
    """Outlines, passages and tables, all of which can be edited and checked."""
    from drafter.cli.shells import matching
    from drafter.commands.index import entries, passages, themes

    listed = entries()
    found = [(e.name, e.about) for e in listed] + [(p.name, p.about) for p in passages()]
    found += [(t.name, t.about) for t in themes()]
    return matching(found, incomplete, lambda typed: _outlines_meant(listed, typed))


def _complete_basis(incomplete: str) -> list[tuple[str, str]]:
    from drafter.cli.shells import matching
    from drafter.commands.index import themes

    listed = themes()

    def meant(typed: str) -> list[str]:
        from drafter.commands.find import likeliest, themes_found

        return likeliest(themes_found(listed, typed))

    return matching(((name, t.about) for t in listed for name in (t.name, *t.also)), incomplete, meant)


def _complete_template(incomplete: str) -> list[str]:
    from drafter.commands.index import templates

    begun = [name for name in templates() if name.startswith(incomplete)]
    if begun or len(incomplete.encode()) < 2:
        return begun
    from drafter.cli.shells import MeantWord
    from drafter.commands.nearby import near_templates

    return [MeantWord(near.name) for near in near_templates(incomplete)]


def _complete_set(ctx: Completing, incomplete: str) -> list[tuple[str, str]]:
    from drafter.commands.index import entries

    wanted = ctx.params.get("outline") or ()
    asked = [e.fields for e in entries() if e.name in wanted]
    out = []
    for name, ask, choices in dict.fromkeys(field for fields in asked for field in fields):
        if incomplete.startswith(name + "="):
            out += [(f"{name}={c}", "") for c in choices if f"{name}={c}".startswith(incomplete)]
        elif f"{name}=".startswith(incomplete):
            out.append((f"{name}=", ask))
    return out


def _complete_pick(incomplete: str) -> list[tuple[str, str]]:
    from drafter.cli.shells import matching
    from drafter.commands.index import passages

    before, comma, last = incomplete.rpartition(",")
    listed = [p for p in passages() if not p.broken]

    def meant(typed: str) -> list[str]:
        from drafter.commands.find import likeliest, passages_found

        return likeliest(passages_found(listed, typed))

    known = ((p.name, f"{p.theme}　{p.headings[0]}") for p in listed)
    return matching(known, last, meant, before + comma)


Outline = Annotated[
    list[str] | None,
    option(
        "--outline", "-O", help="提纲的名称或文件；写几次就按同一份回答写几个文件。", metavar="名称", autocompletion=_complete_outline
    ),
]


Pick = Annotated[
    str,
    option(
        "--pick", "-p", help="换上这几条要求：段落的名称、本提纲第几条，用逗号隔开。", metavar="忠诚,服务,3", autocompletion=_complete_pick
    ),
]


Headings = Annotated[str, option("--headings", help="换上的小标题：四四、七字、在上；不写就和提纲一致。", metavar="形式")]


Brief = Annotated[bool, option("--brief", help="换上的段落用短文。")]


Sets = Annotated[
    list[str] | None,
    option("--set", "-s", help="直接给出一个回答，可以写多次。", metavar="名称=回答", autocompletion=_complete_set),
]


Answers = Annotated[str, option("--answers", "-a", help="从文件读回答（.yaml 或 .json；- 是标准输入）。", metavar="文件")]


Template = Annotated[
    str,
    option(
        "--template", "-t", help="模板：speech 讲话稿、reading 大字版、card 提纲卡，或一个文件夹。", metavar="名称",
        autocompletion=_complete_template,
    ),
]  # fmt: skip


Force = Annotated[bool, option("--force", help="已有的同名文件直接覆盖。")]


Part = Annotated[int, option("--part", help="文件里有好几篇时要第几篇；也可以写成 文件#2。", metavar="第几篇", show_default=False)]


Draft = Annotated[str, argument(help="讲话稿（.docx）。", metavar="文件")]


Jobs = Annotated[int, option("--jobs", help="同时做几份；不写就看这台电脑有几个核。", metavar="个数", show_default=False)]


Cluster = Annotated[str, option("--cluster", help="分给别的电脑做：Dask 调度器的地址。", metavar="tcp://主机:8786")]


Shard = Annotated[str, option("--shard", help="几台电脑分着做，这一台做第几份，例如 3/8。", metavar="第几/共几")]


Resume = Annotated[bool, option("--resume", help="接着上一次做：已经有的不再做。")]


FilesFrom = Annotated[str, option("--files-from", help="文件名写在这份名单里，一行一个；- 是标准输入。", metavar="名单")]


def _complete_rule(incomplete: str) -> list[str]:
    from drafter.commands.rules import rule_names

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in rule_names() if name.startswith(last)]


def _complete_topic(incomplete: str) -> list[str]:
    from drafter.commands.help import topic_names

    return [name for name in topic_names() if name.startswith(incomplete)]


def _complete_theme(ctx: Completing, incomplete: str) -> list[str]:
    """The themes of formulations where these are asked for; files are the shell's."""
    if not ctx.params.get("formulations"):
        return []
    from drafter.commands.formulations import theme_names

    return [name for name in theme_names() if name.startswith(incomplete)]
