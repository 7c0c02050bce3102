"""Reading a file of the outline language: its limits, its problems, and the values every part of it is made of."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import WARNING, Diagnostic, Place, Problems, Rejected
from drafter.outline.blank import OutlineText, find
from drafter.outline.expression import Expression, Malformed, read, usable_name
from drafter.outline.field import Field
from drafter.outline.model import Condition, Each, Outline
from drafter.outline.vocabulary import KEYS, PARTS, Word, words
from drafter.outline.yaml import MappingNode, Node, Scalar, SequenceNode, Source, full_width_colon, no_space
from drafter.outline.yaml import parse as parse_yaml

if TYPE_CHECKING:
    from drafter.outline.basis import BasisTable

#: Blanks and conditions of one outline, and how many different ones that are more than a name; reading one of these
#: takes a twentieth of a millisecond and more.
MAX_BLANKS = 200_000
MAX_EXPRESSIONS = 5_000

#: Files one outline may be made of, and their characters together: files that each include another twice would never
#: come to an end.
MAX_FILES = 50
MAX_CHARACTERS = 2_000_000

#: Finds the file an `extends`, an `include` or a `basis` (the first argument) of a file means by a name; raises Rejected
#: with why not.
Load = Callable[[str, str, Source], Source]


#: A text between the quotation marks of YAML.
_QUOTED = r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*\""""

#: Quotation marks of Chinese, which are letters to YAML.
_QUOTES = ("“”", "‘’", "「」", "『』", "＂＂", "＇＇", "””", "““")


def within_quotes(text: str) -> str | None:
    """What stands between Chinese quotation marks around all of a text; None where there are none."""
    return text[1:-1] if len(text) > 2 and text[0] + text[-1] in _QUOTES else None


def quotes_said(text: str) -> str:
    """What is said of a word of ours, or an answer, in Chinese quotation marks."""
    return f"外面的中文引号{text[0]}{text[-1]}也算内容；去掉它，或者改成半角引号：'{text[1:-1]}'。"


class Asker(NamedTuple):
    """Who includes: the file, the files that led to it, the fields its includes bring with them, and what reads the
    file a node names (None, and a problem, where there is none)."""

    source: Source
    chain: tuple[str, ...]
    included: dict[str, Field]
    include: "Callable[[Node, Asker], Outline | None]"


def words_in_a_comment(node: Scalar) -> Diagnostic | None:
    """A remark on words that ` #` has made a comment, None where there are none: a comment has a space behind its sign,
    and mostly several before it."""
    if node.raw and node.raw[0][0] != node.line:
        return None  # below a bar every sign is meant
    last = node.raw[-1][0] if node.raw else node.place(len(node.text))[0]
    line = node.source.lines[last - 1] if 0 < last <= len(node.source.lines) else ""
    if " #" not in line:
        return None
    row = node.raw[-1][2] if node.raw else node.text
    start = node.raw[-1][1] - 1 if node.raw else node.column - 1
    quoted = re.compile(_QUOTED).match(line, start) if node.segments and not node.raw else None
    found = re.compile(r" #(?=[^\s#!])(.*)").match(line, quoted.end() if quoted else start + len(row))
    if not found:
        return None
    said = found[1].strip()
    hint = "要写进去，就给整个值加上引号；确实是注释，就在 # 后面空一格。"
    told = f"# 后面的“{said[:30]}”当成了注释，不会写进讲话。"
    return node.source.diagnostic(
        told, last, found.start() + 2, len(said) + 1, hint, WARNING, code="words-in-a-comment"
    )


class OutlineReading:
    """The reading of one outline and the files it leads to, gathering problems."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.problems = Problems()
        self.sources: list[Source] = []
        self.tables: dict[str, BasisTable | None] = {}  # by the name they were asked for by
        self.expressions: dict[str, Expression] = {}
        self.blanks = 0
        self.worked_out = 0
        self.misnamed: set[str] = set()  # names that are at fault where they are given; their use is no second fault

    def tree(self, source: Source, asked_for: bool) -> MappingNode | None:
        """The words of a file; None (and a problem) where it has none. Raises Rejected where the files that others have
        `asked_for` become too many."""
        self.sources.append(source)
        if asked_for and (len(self.sources) > MAX_FILES or sum(len(s.text) for s in self.sources) > MAX_CHARACTERS):
            limits = f"一份提纲连同它的 extends、include 和 basis，最多 {MAX_FILES} 个文件、{MAX_CHARACTERS:,} 字。"
            raise Rejected(Diagnostic(f"放进来的提纲太多了；{limits}", Place(source.file), code="outline-too-large"))
        tree = parse_yaml(source, KEYS)
        if not isinstance(tree, MappingNode):
            self.problems.append(self.not_mapping(tree, "outline"))
            return None
        if not tree.entries:
            hint = "可以用 drafter outlines new 名称 起一份。"
            self.problems.append(Diagnostic("这份提纲是空的。", Place(source.file), hint, code="outline-empty"))
            return None
        return tree

    def not_mapping(self, node: Node, where: str) -> Diagnostic:
        if isinstance(node, Scalar):
            word = node.text.split("：")[0].strip()
            if "：" in node.text and word in KEYS:
                return node.diagnostic(full_width_colon(word), 0, len(word) + 1, code="colon-full-width")
            word = node.text.split(":")[0]
            if ":" in node.text and word in KEYS:
                return node.diagnostic(no_space(word), 0, len(word) + 1, code="colon-without-space")
        wanted = "、".join(words(where)) if where != "part" else "、".join(PARTS)
        hint = ""
        if isinstance(node, Scalar) and where in ("part", "requirement") and node.text and not node.raw:
            word = "greeting" if where == "part" and node.text.endswith(("：", ":")) else "text"
            hint = f"例如写成 - {word}: {node.text[:30]}" + ("……" if len(node.text) > 30 else "")
        return node.diagnostic(f"这里应当写成“词: 内容”，词有：{wanted}。", hint=hint, code="word-expected")

    def keys(self, node: MappingNode, *wheres: str) -> dict[str, Node]:
        """The known keys of a mapping; unknown ones are problems, x-… are left alone."""
        known: dict[str, Word] = {}
        for where in wheres:
            known |= words(where)
        out: dict[str, Node] = {}
        for key, value in node.entries:
            if key.text in known:
                out[key.text] = value
            elif (bare := within_quotes(key.text)) in known:
                self.problems.append(key.diagnostic(quotes_said(key.text), hint=f"写成 {bare}: ", code="chinese-quotes"))
            elif not key.text.startswith("x-"):
                from drafter.outline.word_slips import strange

                self.problems.append(strange(key, known, wheres))
        return out

    def words(self, node: Node, word: str) -> str:
        """A plain text in which 【 means nothing."""
        if not isinstance(node, Scalar):
            self.problems.append(node.diagnostic(f"{word} 后面应当是一段文字。", code="text-expected"))
            return ""
        self.lost(node)
        return " ".join(p.text for p in node.paragraphs()) if node.raw else node.text.strip()

    def lost(self, node: Scalar) -> None:
        """Remarks on words that ` #` has made a comment."""
        found = words_in_a_comment(node)
        if found:
            self.problems.append(found)

    def one_text(self, node: Node, word: str, path: str) -> OutlineText | None:
        texts = self.paragraphs(node, word, path)
        if len(texts) > 1:
            self.problems.append(texts[1].scalar.diagnostic(f"{word} 只能有一段。", hint="去掉中间的空行。", code="one-paragraph"))
        return texts[0] if texts else None

    def paragraphs(self, node: Node, word: str, path: str) -> tuple[OutlineText, ...]:
        if not isinstance(node, Scalar):
            self.problems.append(node.diagnostic(f"{word} 后面应当是一段文字。", hint="几段文字用“|”，段与段之间空一行。", code="text-expected"))
            return ()
        self.lost(node)
        parts = node.paragraphs()
        if not parts:
            self.problems.append(node.diagnostic(f"{word} 后面是空的。", hint="写上内容，或者删掉这一行。", code="text-empty"))
        return tuple(find(p, self.problems, f"{path}.p{n}", self.read) for n, p in enumerate(parts, 1))

    def read(self, source: str) -> Expression:
        self.blanks += 1
        if self.blanks > MAX_BLANKS:
            raise Rejected(Diagnostic(f"一份提纲里最多 {MAX_BLANKS:,} 个空和条件。", code="outline-too-large"))
        found = self.expressions.get(source)
        if found is None:
            if self.worked_out == MAX_EXPRESSIONS:
                raise Malformed(f"一份提纲里最多 {MAX_EXPRESSIONS:,} 种要算的空和条件。")
            found = self.expressions[source] = read(source)
            self.worked_out += found.tree is not None
        return found

    def condition(self, node: Node, word: str) -> Condition | None:
        if not isinstance(node, Scalar):
            self.problems.append(node.diagnostic(f"{word} 后面应当是一个条件。", hint='例如 when: 层级 == "县"', code="when-syntax"))
            return None
        source = node.text.strip()
        bare = source[1:-1] if source.startswith("【") and source.endswith("】") else source
        try:
            return Condition(self.read(bare), node)
        except Malformed as error:
            from drafter.outline.expression_slips import meant

            if way := meant(source):
                told = f"{word} 里的“{way.words}”" + (f"要写成 {way.instead}。" if way.instead else "不用写。")
                hint = f"写成 {word}: {way.whole}"
                problem = node.diagnostic(told, node.text.find(source) + way.offset, len(way.words), hint, code="when-syntax")
            else:
                hint = '例如 when: 调研；when: 层级 == "县" and 人数 > 100'
                problem = node.diagnostic(f"{word}: {error}", hint=hint, code="when-syntax")
            self.problems.append(problem)
            return None

    def each(self, node: Node) -> Each | None:
        parts = node.text.split() if isinstance(node, Scalar) else []
        if not isinstance(node, Scalar) or len(parts) != 3 or parts[1] != "as" or not usable_name(parts[2]):
            from drafter.outline.word_slips import each_meant

            hint = each_meant(node.text if isinstance(node, Scalar) else "")
            self.problems.append(node.diagnostic("each 要写成“名称 as 新名称”。", hint=hint, code="each-syntax"))
            if len(parts) == 3 and usable_name(parts[2]) and usable_name(parts[0]):
                self.misnamed.update((parts[0], parts[2]))  # so that its name is no second fault
            return None
        return Each(parts[0], parts[2], node)

    def yes(self, node: Node, word: str) -> bool:
        said = node.text.strip() if isinstance(node, Scalar) else ""
        if (within_quotes(said) or "?") in ("yes", "no", "是", "否", "true", "false"):
            self.problems.append(node.diagnostic(quotes_said(said), code="chinese-quotes"))
        elif said not in ("yes", "no", "是", "否", "true", "false"):
            self.problems.append(node.diagnostic(f"{word} 后面写 yes 或 no。", code="yes-or-no"))
        return said in ("yes", "是", "true")

    def list_of_words(self, node: Node, word: str) -> tuple[str, ...]:
        if not isinstance(node, SequenceNode):
            hint = ""
            entries = re.split(r"[、，,/；;|｜]\s*", node.text.strip("[]()（）［］【】 ")) if isinstance(node, Scalar) else []
            if 1 < len(entries) <= 12:
                rows = "\n".join(f"  - {entry.strip()}" for entry in entries if entry.strip())
                hint = f"写成：\n{word}:\n{rows}"
            self.problems.append(node.diagnostic(f"{word} 下面一行写一个，行首写“- ”。", hint=hint, code="list-expected"))
            return ()
        return tuple(self.words(item, word) for item in node.items)

    def answer(self, node: Node, word: str, kind: str) -> str | tuple[str, ...]:
        if isinstance(node, SequenceNode):
            if kind != "list":
                self.problems.append(node.diagnostic(f"只有 type: list 的空，{word} 才能写几条。", code="field-list-only"))
            return self.list_of_words(node, word)
        if kind == "long text" and isinstance(node, Scalar):
            return "\n".join(p.text for p in node.paragraphs())
        return self.words(node, word)
