"""What a model may ask: few tools, each of which does a whole thing. A tool with its schema takes no more than 2,048 bytes: a
model reads all of them before it does anything. Who only lists them imports no command.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

from drafter.agent.folders import NamedFolders
from drafter.agent.forms import (
    MAX_OUTLINE,
    MAX_TEXT,
    AgentTool,
    Asked,
    ToolAnswer,
    ToolArgument,
    refusal,
    remarks_data,
    remarks_said,
)
from drafter.diagnostic import Diagnostic, Rejected

#: The bytes a tool may take, as it is sent.
MAX_SCHEMA = 2_048

#: The modules that call the commands.
MODULES = ("outlines", "reading", "writing")


def _by(module: str, name: str) -> Callable[[Asked, NamedFolders], ToolAnswer]:
    """A function of one of them, imported when it is called."""

    def call(asked: Asked, folders: NamedFolders) -> ToolAnswer:
        done: ToolAnswer = getattr(import_module(f"drafter.agent.{module}"), name)(asked, folders)
        return done

    return call


_FILE = ToolArgument("file", "text", "文件：指定文件夹里的路径，如 讲话.docx", required=True)
_OUTLINE = ToolArgument("outline", "text", "提纲的名称（find_outline 给的），或者文件夹里的 .yaml")
_OUTLINE_TEXT = ToolArgument("outline_text", "text", "自己写的提纲全文（YAML，先看 outline_guide）；和 outline 写一个", most=MAX_OUTLINE)
_ANSWERS = ToolArgument("answers", "answers", "{空的名称: 回答}。只填人说过的；不知道的不写或写 null，就留成空。日期照人的话写（下周三）")
_SINCE = ToolArgument("paragraph", "number", "稿子长，从第几段看起")
_AS_OF = ToolArgument("as_of", "text", "照哪一天的提法和日期看，不写就是今天")

TOOLS = (
    AgentTool(
        "find_outline",
        "找提纲",
        "按场合、用途找讲话稿、致辞、信函、主持词的提纲（Find an outline for an official Chinese speech or letter）。起草前先用它。返回名称、说明、有哪些空。",
        (
            ToolArgument("words", "text", "场合，如“安全生产会议 讲话”“春节慰问信”", required=True, most=200),
            ToolArgument("what", "text", "passages：找可以换上的备选要求", choices=("outlines", "passages")),
            ToolArgument("limit", "number", "最多几份，不写是 8"),
        ),
        _by("outlines", "find_outline"),
        gives={"found": "number", "fits": "flag"},
    ),
    AgentTool(
        "outline_guide",
        "提纲要问什么，怎么写",
        "写 outline：那份提纲要问人的问题（类型、选项、例子）和稿子，起草以前看。不写：提纲语言一页说明和例子（How to write an outline）。",
        (_OUTLINE, _SINCE),
        _by("outlines", "outline_guide"),
        gives={"guide": "text", "fields": "rows", "speech": "object"},
    ),
    AgentTool(
        "check_outline",
        "检查提纲",
        "检查一份提纲能不能用，自己写的先查再起草。返回错在第几行、怎么改，要问哪些问题（Check an outline before drafting）。",
        (_OUTLINE, _OUTLINE_TEXT),
        _by("outlines", "check_outline"),
        gives={"usable": "flag", "problems": "rows", "questions": "rows"},
    ),
    AgentTool(
        "draft",
        "起草",
        "按提纲和回答写成 Word 稿（GB/T 9704 版式）。没有给的留成空【…】，不编。返回文件、空、校对、要问人的问题。"
        "require_complete（默认）：有没定的就不写，把问题交给你去问人；allow_partial：先写，空着的标黄。不覆盖任何文件。",
        (
            _OUTLINE,
            _OUTLINE_TEXT,
            _ANSWERS,
            ToolArgument("mode", "text", "不写就是 require_complete", choices=("require_complete", "allow_partial")),
            ToolArgument("dry_run", "flag", "true：只给稿子和问题，不写文件"),
            _SINCE,
            ToolArgument("file", "text", "写成哪个文件，不写就用标题"),
            ToolArgument("pick", "names", "换上的要求：备选段落的名称，或原来第几条"),
            ToolArgument("template", "text", "版式，不写照提纲"),
        ),
        _by("writing", "draft"),
        writes=True,
        gives={"file": "text", "complete": "flag", "questions": "rows", "blanks": "rows", "speech": "object"},
    ),
    AgentTool(
        "review",
        "看一份稿",
        "看一份稿现在怎样：还空着什么、人改过什么、要核实的、校对的问题，挡着定稿的有哪些（定稿前的关口；Status, proofreading and what blocks the final copy）。不改文件。",
        (_FILE, _AS_OF),
        _by("reading", "review"),
        gives={"file": "text", "ready": "flag", "in_the_way": "rows", "draft": "object?", "findings": "rows", "found": "number"},
    ),
    AgentTool(
        "revise",
        "改一份稿",
        "把新的回答或改过的提纲写进人在 Word 里改过的稿，人改的字都留着。先不写 plan：只看会改哪些；给人看过，再带上返回的 plan 写成下一稿，原稿不动。",
        (
            _FILE,
            _ANSWERS,
            ToolArgument("outline", "text", "换一份提纲（名称或 .yaml）；不写用原来的"),
            ToolArgument("renumber", "flag", "true：把接不上的序号重新排好"),
            ToolArgument("plan", "text", "上一次返回的 plan，写了才真的写", most=40),
        ),
        _by("writing", "revise"),
        writes=True,
        gives={"file": "text", "plan": "text", "written": "text?", "changes": "rows", "blanks": "rows"},
    ),
    AgentTool(
        "proofread",
        "校对文字",
        "校对一段公文文字（文件用 review）：错别字、标点、提法、数字、日期、序号。返回在哪里、哪几个字、改成什么、为什么（Proofread official Chinese text）。",
        (
            ToolArgument("text", "text", "要校对的文字", required=True, most=MAX_TEXT),
            ToolArgument("level", "text", "最轻到哪一级，不写照设置", choices=("error", "warning", "advice")),
            _AS_OF,
        ),
        _by("reading", "proofread"),
        gives={"findings": "rows", "found": "number"},
    ),
    AgentTool(
        "compare",
        "比较两稿",
        "人问两份稿改了什么时用。返回改动的段落，变了的数字、日期、人名（Compare two drafts）。redline=true 再写一份花脸稿（新文件）。",
        (
            ToolArgument("old", "text", "旧的文件", required=True),
            ToolArgument("new", "text", "新的文件", required=True),
            ToolArgument("redline", "flag", "true：写花脸稿"),
        ),
        _by("reading", "compare"),
        writes=True,
        gives={"same": "flag", "changed": "rows", "facts": "rows", "file": "text?"},
    ),
    AgentTool(
        "renew",
        "去年的稿写今年的",
        "人说照去年的稿写今年的时用（Last year's speech for this year）：先列出去年的每件事实和提议（届次、年份、日期），给人定；write=true 才写成新文件。没有定的留成空。",
        (
            _FILE,
            _ANSWERS,
            ToolArgument("accept", "flag", "true：没有回答的都照提议，人同意了才用"),
            ToolArgument("year", "number", "写给哪一年"),
            ToolArgument("part", "number", "文件里有几篇时，第几篇"),
            ToolArgument("write", "flag", "true：写文件；不写只看"),
            ToolArgument("new_file", "text", "新文件的名字，不写用标题"),
        ),
        _by("writing", "renew"),
        writes=True,
        gives={"title": "text", "written": "text?", "facts": "rows", "left": "rows", "blanks": "rows"},
    ),
)

BY_NAME = {tool.name: tool for tool in TOOLS}


#: What goes by the settings of an office, which are told with it.
BY_SETTINGS = ("draft", "review", "revise", "proofread", "renew")


def with_settings(done: ToolAnswer) -> ToolAnswer:
    """An answer with what there is to say of the settings that hold in the folder that is worked in: what is wrong with them, and
    what those of a folder above change."""
    from drafter.commands import settings

    told = (*settings.remarks(), *settings.from_above([os.curdir]))
    if not told:
        return done
    return done._replace(data={**done.data, "settings": remarks_data(told)}, text=f"{done.text}\n{remarks_said(told)}")


def called(name: str, said: Mapping[str, Any], folders: NamedFolders) -> ToolAnswer:
    """What a tool answers, whatever it was asked with: a refusal is an answer too, and so is our own mistake."""
    tool = BY_NAME.get(name)
    if tool is None:
        return refusal(name, [Diagnostic(f"没有 {name[:40]} 这个工具。", None, f"有：{'、'.join(BY_NAME)}。", code="agent-argument")])
    from drafter.commands.workplace import within

    try:
        folders.there()
        with within(folders.folders):
            done = tool.call(tool.asked(said), folders)
            return done if done.failed or tool.name not in BY_SETTINGS else with_settings(done)
    except Rejected as refused:
        return refusal(name, refused.diagnostics)
    except OSError as error:
        told = f"读写出了错（{error.strerror or type(error).__name__}）。"
        return refusal(name, [Diagnostic(told, code="file-system")])
    except Exception as error:
        told = f"drafter 自己出了错：{type(error).__name__}"
        return refusal(name, [Diagnostic(told, None, "换一个做法；要报告，请人在终端里用 drafter doctor。", code="internal-error")])
    finally:
        with suppress(OSError):  # it may be gone by now
            os.chdir(folders.folders[0])
