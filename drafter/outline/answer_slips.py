"""What people do to answers files: what is meant where nothing else can be, else what is said of it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from drafter.diagnostic import Diagnostic, nearest
from drafter.outline.source import ODD, Source, full_width_colon, no_space, odd_blank
from drafter.outline.yaml import MappingNode, Node, Scalar, SequenceNode

ONE_A_LINE = "回答文件一行写一个：名称: 回答"

#: What people put all their answers under, where they stand by themselves.
_OVER_ALL = ("answers", "回答", "答案", "fields", "values", "data")


def unwrapped(tree: Node) -> Node:
    """The answers themselves, where they stand below a heading of their own or as a list of one each."""
    if isinstance(tree, MappingNode) and len(tree.entries) == 1:
        key, inner = tree.entries[0]
        if key.text in _OVER_ALL and isinstance(inner, MappingNode):
            return inner
    if isinstance(tree, SequenceNode) and tree.items and all(isinstance(item, MappingNode) for item in tree.items):
        entries = tuple(entry for item in tree.items if isinstance(item, MappingNode) for entry in item.entries)
        if len({key.text for key, _ in entries}) == len(entries):
            return MappingNode(entries, tree.source, tree.line, tree.column)
    return tree


def no_answers(tree: Scalar | SequenceNode) -> Diagnostic:
    """What is wrong with a file that has no `名称: 回答`: most often the sign behind the name of its first line."""
    line, column = tree.place() if isinstance(tree, Scalar) else (tree.line, tree.column)
    row = tree.source.lines[line - 1][column - 1 :] if isinstance(tree, Scalar) else ""
    found = re.match(r"(?P<name>[^\s:：=＝,，∶﹕#'\"]{1,40})(?P<between>\s*)(?P<sign>[:：=＝,，∶﹕]|\t|(?<=\t))(?P<said>.*)", row)
    if not found:
        return tree.diagnostic("回答文件要一行写一个：名称: 回答", code="answers-syntax")
    sign = found["sign"] or "\t"
    name, length = found["name"], found.end("sign") - found.start()
    if sign == "：":
        told = full_width_colon(name)
    elif sign == ":" and found["said"][:1] and found["said"][0] in ODD:
        return tree.source.diagnostic(odd_blank(found["said"][0]), line, column + length, 1, code="yaml-blank")
    elif sign == ":":
        told = no_space(name)
    else:
        called = " Tab" if sign == "\t" else f"“{sign}”"
        told = f"{name} 后面用半角冒号加一个空格，不用{called}，写成“{name}: {found['said'].strip()[:30]}”。"
    return tree.source.diagnostic(told, line, column, length, ONE_A_LINE, code="answers-syntax")


def no_outline(tree: MappingNode) -> Diagnostic | None:
    """What is said of an outline given for answers."""
    if isinstance(tree.get("speech"), SequenceNode) or isinstance(tree.get("fields"), MappingNode):
        return tree.diagnostic("这是一份提纲，不是回答文件。", hint=f"提纲用 --outline；{ONE_A_LINE}", code="answers-syntax")
    return None


def shape(key: Scalar, node: Node) -> Diagnostic:
    """What is said of an answer that is neither words nor a list of them."""
    hint = ""
    if isinstance(node, MappingNode):
        inner = node.entries[0][0]
        hint = f"{inner.text} 也是一个回答，就和 {key.text} 并列，前面不空格；{key.text} 的回答里有冒号，就给整个回答加上引号。"
        return inner.diagnostic(f"{inner.text} 写到 {key.text} 下面去了。", hint=hint, code="answer-shape")
    return node.diagnostic(f"{key.text} 的回答应当是一段文字，或者一行一个、行首写“- ”。", hint=hint, code="answer-shape")


def dashes(node: Scalar) -> Diagnostic | None:
    """What is said of entries whose dash has no blank behind it, which are one text."""
    rows = node.raw
    if len(rows) < 2 or not all(re.match(r"-[^\s-]", row[2]) for row in rows):
        return None
    line, column, text = rows[0]
    return node.source.diagnostic("“-”后面要有一个空格。", line, column, 1, f"写成 - {text[1:].strip()[:30]}", code="yaml-dash")


def name_meant(name: str, fields: Iterable[str]) -> str:
    """The field a name stands for that is written with brackets, blanks, a number or full-width letters; "" for none."""
    known = set(fields)
    folded = unicodedata.normalize("NFKC", name)
    bare = re.sub(r"^\s*(?:\d{1,3}\s*[.、)）]|[-*•]|[(（]\d{1,3}[)）])\s*", "", folded)
    squeezed = re.sub(r"[\s【】\[\]{}<>《》“”\"'‘’「」（）()*`:：]", "", bare)
    return next((word for word in (folded.strip(), bare.strip(), squeezed) if word in known), "")


def known_names(name: str, fields: Mapping[str, object]) -> str:
    """The names there are, the nearest first."""
    if not fields:
        return "这份提纲没有要填的空。"
    return f"{nearest(name, fields)}有：{'、'.join(list(fields)[:20])}。"


#: What programs write for nothing.
_NOTHING = ("null", "Null", "NULL", "~", "None", "none", "nan", "NaN", "nil", "#N/A", "N/A", "undefined")

#: What looks like a blank nobody has filled in.
_BLANK = re.compile(r"【[^【】\n]{1,40}】")


#: Signs and words that people write where there is nothing to write yet, and for what stands above.
_NOTHING_YET = re.compile(r"[/／\\—–\-－_…·.。*×xX?？]{1,8}|某{1,3}|n/?a|略", re.IGNORECASE)
_AS_ABOVE = ("同上", "同前", "如上", "同左", "〃", "″", "〞", "ditto")


def doubtful(said: str) -> str:
    """What there is to say of a text that will be printed as it stands, "" for nothing."""
    if told := no_words(said):
        return told
    if said.endswith((",", ";", "，", "；")) and re.search(r"[\u4e00-\u9fff]", said):
        return f"末尾的“{said[-1]}”会照样印出来；不要就删掉。"
    if found := _BLANK.search(said):
        return f"“{found[0]}”会照样印出来，像是还没有填的空；换成要说的话。"
    return ""


def no_words(said: str) -> str:
    """What there is to say of a text that stands for nothing (待定, /) or for what is above it (同上), "" for any other."""
    from drafter.chinese.days import is_unsettled

    if said in _AS_ABOVE:
        return f"“{said}”会照样印出来；把上面的话再写一遍。"
    if said in _NOTHING or is_unsettled(said) or _NOTHING_YET.fullmatch(said):
        return f"“{said}”会照样印出来；不填就把它删掉。"
    return ""


# ── JSON ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_JSON_TWINS = {"“": '"', "”": '"', "‘": '"', "’": '"', "：": ":", "，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[", "】": "]", "、": ",", "＂": '"'}


def json_cause(source: Source, offset: int, said: str) -> Diagnostic:
    """Why JSON gave up at this place, as a person would say it."""
    text = source.text
    begun = len(text[:offset]) - len(text[:offset].rstrip())
    sign = text[offset : offset + 1]
    before = text[: offset - begun][-1:]
    told, hint, at, length = "JSON 在这里读不懂。", '写成 {"名称": "回答", "名称": "回答"}，标点都用英文的。', offset, 1
    word = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*").match(text, offset)
    if not text.strip():
        told, hint = "这个文件是空的。", '写成 {"名称": "回答"}'
    elif sign in _JSON_TWINS:
        told, hint = f"“{sign}”是全角的，换成英文的 {_JSON_TWINS[sign]}。" if sign not in "“”‘’" else f"引号{sign}是中文的，换成英文的 \"。", "引号、冒号、逗号都要用英文的。"
    elif text.startswith(("//", "/*", "#"), offset):
        told, hint = "JSON 里不能写注释。", "删掉这一行；要写注释，用 .yaml 的回答文件，注释以 # 开头。"
    elif sign in "}]" and sign and before == ",":
        at = offset - begun - 1
        told, hint = "最后一项后面的逗号多了。", "删掉这个逗号。"
    elif sign == "'":
        told, hint = "JSON 的引号要用双引号。", '写成 {"名称": "回答"}'
    elif sign == '"' and "delimiter" in said and "," in said:
        at = max(0, offset - begun - 1)
        told, hint = "这一项后面少了逗号。", "两项之间加一个英文逗号。"
    elif offset >= len(text.rstrip()):
        at = max(0, len(text.rstrip()) - 1)
        told, hint = "文件没有写完：后面少了 }。", "末尾补上 }。"
    elif word and word[0] in ("True", "False", "None", "NaN"):
        told, length = f"“{word[0]}”读不懂。", len(word[0])
        hint = f"写成 {({'True': 'true', 'False': 'false'}).get(word[0], 'null')}"
    elif word:
        told, length, hint = "文字要加英文双引号。", len(word[0]), f'写成 "{word[0][:40]}"'
    elif "Invalid control character" in said:
        told, hint = "引号里不能直接换行。", "换行写成 \\n，或者用 .yaml 的回答文件。"
    elif "escape" in said:
        told, hint = "引号里的反斜杠 \\ 读不懂。", "写成两个：\\\\"
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return source.diagnostic(told, line, column, length, hint, code="answers-syntax")
