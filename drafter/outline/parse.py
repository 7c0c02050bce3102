"""Outlines: what the YAML says, every node with its place; all problems at once."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from drafter.chinese.numerals import read_date
from drafter.diagnostic import WARNING, Diagnostic, Place, Problems, Rejected, _closest, nearest
from drafter.outline.blank import Blank, Text, find
from drafter.outline.expression import Expression, Malformed, read, usable_name
from drafter.outline.field import TYPES, Field, number_of
from drafter.outline.lint import _at_field, _in_order
from drafter.outline.model import Condition, Each, Outline, Passage, Requirement, Section
from drafter.outline.passages import Kept, as_requirement, matched
from drafter.outline.vocabulary import KEYS, PARTS, Word, words
from drafter.outline.yaml import Mapping, Node, Scalar, Sequence, Source, full_width_colon, no_space
from drafter.outline.yaml import parse as parse_yaml
from drafter.speech.numbering import Numbering

#: How far `extends` and `include` may lead from file to file.
MAX_CHAIN = 10

#: Files one outline may be made of, and their characters together: files that each include another twice would never
#: come to an end.
MAX_FILES = 50
MAX_CHARACTERS = 2_000_000

#: Blanks and conditions of one outline, and how many different ones that are more than a name; reading one of these takes
#: a twentieth of a millisecond and more.
MAX_BLANKS = 200_000
MAX_EXPRESSIONS = 5_000

#: Fields with a `pattern`, each of which may take a while (see `drafter.outline.field.PATTERN_TIMEOUT_S`), and its characters.
MAX_PATTERNS = 30
MAX_PATTERN = 500


#: Finds the file an `extends` (first argument True) or `include` means; raises Rejected with why not.
Load = Callable[[bool, str, Source], Source]


def _nowhere(extends: bool, name: str, asker: Source) -> Source:
    raise Rejected(f"找不到 {name}。")


def parse(source: Source, load: Load = _nowhere) -> tuple[Outline, tuple[Diagnostic, ...]]:
    """The outline and remarks on it (warnings). Raises Rejected with every problem where it cannot be used."""
    reader = _Reader(load)
    outline = reader.outline(source, ())
    if outline is not None:
        reader.names(outline)
    errors = [p for p in reader.problems if p.level != WARNING]
    if errors or outline is None:
        raise Rejected(*_in_order(reader.problems))
    return outline, tuple(_in_order(reader.problems))


def sketch(source: Source, load: Load = _nowhere) -> Outline | None:
    """The outline as far as it can be told while it is being written, whatever is wrong with it; None where its YAML cannot be
    read at all."""
    try:
        return _Reader(load).outline(source, ())
    except Rejected:
        return None


class _Asker(NamedTuple):
    """Who includes: the file, the files that led to it, and the fields its includes bring with them."""

    source: Source
    chain: tuple[str, ...]
    included: dict[str, Field]


class _Reader:
    """Reads one outline and the files it leads to, gathering problems."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.problems = Problems()
        self.sources: list[Source] = []
        self.expressions: dict[str, Expression] = {}
        self.blanks = 0
        self.worked_out = 0

    # ── whole files ────────────────────────────────────────────────────────────────────────────────────────────────

    def outline(self, source: Source, chain: tuple[str, ...]) -> Outline | None:
        self.sources.append(source)
        if chain and (len(self.sources) > MAX_FILES or sum(len(s.text) for s in self.sources) > MAX_CHARACTERS):
            limits = f"一份提纲连同它的 extends 和 include，最多 {MAX_FILES} 个文件、{MAX_CHARACTERS:,} 字。"
            raise Rejected(Diagnostic(f"放进来的提纲太多了；{limits}", Place(source.file)))
        tree = parse_yaml(source, KEYS)
        if not isinstance(tree, Mapping):
            self.problems.append(self._not_mapping(tree, "outline"))
            return None
        if not tree.entries:
            hint = "可以用 drafter outlines new 名称 起一份。"
            self.problems.append(Diagnostic("这份提纲是空的。", Place(source.file), hint))
            return None
        keys = self._keys(tree, "outline")
        base = None
        if "extends" in keys:
            base = self._base(keys["extends"], source, chain)
        fields = dict(base.fields) if base else {}
        asker = _Asker(source, chain, {})
        own = self._fields(keys["fields"]) if "fields" in keys else {}
        fields.update(own)
        speech = base.speech if base else ()
        passage = base.passage if base else None
        if "passage" in keys:
            if "speech" in keys:
                told = "passage 和 speech 只能写一种。"
                self.problems.append(keys["passage"].diagnostic(told, hint="备选的段落写 passage，整篇讲话写 speech。"))
            passage = self._passage(keys["passage"])
            speech = (_alone(passage),) if passage else ()
        elif "speech" in keys:
            speech = self._speech(keys["speech"], asker, "speech")
        elif "extends" not in keys:
            self.problems.append(tree.diagnostic("没有 speech，不知道要写些什么。", hint="speech: 下面一条一条写各个部分。"))
        for name, field in asker.included.items():
            fields.setdefault(name, field)
        numbering = self._numbering(keys["numbering"]) if "numbering" in keys else base.numbering if base else ()

        def text(word: str) -> Text | None:
            if word in keys:
                return self._one_text(keys[word], word, word)
            return getattr(base, word) if base else None

        def said(word: str) -> str:
            if word in keys:
                return self._words(keys[word], word)
            return getattr(base, word) if base else ""

        return Outline(
            text("title"),
            text("dateline"),
            text("byline"),
            said("about"),
            said("genre"),
            numbering,
            said("template"),
            fields,
            speech,
            source,
            tuple(self.sources),
            passage,
            self._yes(keys["dateline-first"], "dateline-first")
            if "dateline-first" in keys
            else bool(base and base.dateline_first),
        )

    def _base(self, node: Node, source: Source, chain: tuple[str, ...]) -> Outline | None:
        other = self._other(node, source, chain, True)
        return self.outline(other, (*chain, source.file)) if other else None

    def _other(self, node: Node, source: Source, chain: tuple[str, ...], extends: bool) -> Source | None:
        """The file an `extends` or `include` means, None (and a problem) where there is none or it leads in a circle."""
        name = self._words(node, "extends" if extends else "include")
        if not name:
            return None
        try:
            other = self.load(extends, name, source)
        except Rejected as error:
            why = error.diagnostics[0]
            self.problems.append(node.diagnostic(why.message, length=len(name), hint=why.hint))
            return None
        if other.file in (*chain, source.file) or len(chain) >= MAX_CHAIN:
            self.problems.append(node.diagnostic(f"{name} 又绕回到自己了，或者套得太深。", length=len(name)))
            return None
        return other

    # ── mappings and plain values ──────────────────────────────────────────────────────────────────────────────────

    def _not_mapping(self, node: Node, where: str) -> Diagnostic:
        if isinstance(node, Scalar):
            word = node.text.split("：")[0].strip()
            if "：" in node.text and word in KEYS:
                return node.diagnostic(full_width_colon(word), 0, len(word) + 1)
            word = node.text.split(":")[0]
            if ":" in node.text and word in KEYS:
                return node.diagnostic(no_space(word), 0, len(word) + 1)
        wanted = "、".join(words(where)) if where != "part" else "、".join(PARTS)
        return node.diagnostic(f"这里应当写成“词: 内容”，词有：{wanted}。")

    def _keys(self, node: Mapping, *wheres: str) -> dict[str, Node]:
        """The known keys of a mapping; unknown ones are problems, x-… are left alone."""
        known: dict[str, Word] = {}
        for where in wheres:
            known |= words(where)
        out: dict[str, Node] = {}
        for key, value in node.entries:
            if key.text in known:
                out[key.text] = value
            elif not key.text.startswith("x-"):
                said = next((f"是不是 {w.name}？" for w in known.values() if key.text in w.zh.split("、")), "")
                hint = f"这里能用的有：{'、'.join(known)}。{said or nearest(key.text, known)}"
                self.problems.append(key.diagnostic(f"不认识的词 {key.text}。", hint=hint))
        return out

    def _words(self, node: Node, word: str) -> str:
        """A plain text in which 【 means nothing."""
        if not isinstance(node, Scalar):
            self.problems.append(node.diagnostic(f"{word} 后面应当是一段文字。"))
            return ""
        return " ".join(p.text for p in node.paragraphs()) if node.raw else node.text.strip()

    def _one_text(self, node: Node, word: str, path: str) -> Text | None:
        texts = self._paragraphs(node, word, path)
        if len(texts) > 1:
            self.problems.append(texts[1].scalar.diagnostic(f"{word} 只能有一段。", hint="去掉中间的空行。"))
        return texts[0] if texts else None

    def _paragraphs(self, node: Node, word: str, path: str) -> tuple[Text, ...]:
        if not isinstance(node, Scalar):
            self.problems.append(node.diagnostic(f"{word} 后面应当是一段文字。", hint="几段文字用“|”，段与段之间空一行。"))
            return ()
        parts = node.paragraphs()
        if not parts:
            self.problems.append(node.diagnostic(f"{word} 后面是空的。", hint="写上内容，或者删掉这一行。"))
        return tuple(find(p, self.problems, f"{path}.p{n}", self._read) for n, p in enumerate(parts, 1))

    def _read(self, source: str) -> Expression:
        self.blanks += 1
        if self.blanks > MAX_BLANKS:
            raise Rejected(f"一份提纲里最多 {MAX_BLANKS:,} 个空和条件。")
        found = self.expressions.get(source)
        if found is None:
            if self.worked_out == MAX_EXPRESSIONS:
                raise Malformed(f"一份提纲里最多 {MAX_EXPRESSIONS:,} 种要算的空和条件。")
            found = self.expressions[source] = read(source)
            self.worked_out += found.tree is not None
        return found

    def _condition(self, node: Node, word: str) -> Condition | None:
        if not isinstance(node, Scalar):
            self.problems.append(node.diagnostic(f"{word} 后面应当是一个条件。", hint='例如 when: 层级 == "县"'))
            return None
        source = node.text.strip()
        bare = source[1:-1] if source.startswith("【") and source.endswith("】") else source
        try:
            return Condition(self._read(bare), node)
        except Malformed as error:
            self.problems.append(node.diagnostic(f"{word}: {error}", hint='例如 when: 调研；when: 层级 == "县" and 人数 > 100'))
            return None

    def _each(self, node: Node) -> Each | None:
        parts = node.text.split() if isinstance(node, Scalar) else []
        if not isinstance(node, Scalar) or len(parts) != 3 or parts[1] != "as" or not usable_name(parts[2]):
            self.problems.append(node.diagnostic("each 要写成“名称 as 新名称”。", hint="例如 each: 先进单位 as 单位"))
            return None
        return Each(parts[0], parts[2], node)

    def _yes(self, node: Node, word: str) -> bool:
        said = node.text.strip() if isinstance(node, Scalar) else ""
        if said not in ("yes", "no", "是", "否", "true", "false"):
            self.problems.append(node.diagnostic(f"{word} 后面写 yes 或 no。"))
        return said in ("yes", "是", "true")

    def _numbering(self, node: Node) -> tuple[Numbering, ...]:
        samples = node.items if isinstance(node, Sequence) else (node,)
        out = []
        for sample in samples:
            if not isinstance(sample, Scalar):
                self.problems.append(sample.diagnostic("numbering 一行写一级的样子，例如 一、"))
                continue
            try:
                out.append(Numbering.from_sample(sample.text))
            except ValueError as error:
                self.problems.append(sample.diagnostic(str(error)))
        return tuple(out)

    # ── fields ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _fields(self, node: Node) -> dict[str, Field]:
        if not isinstance(node, Mapping):
            name, colon, _ = node.text.partition("：") if isinstance(node, Scalar) else ("", "", "")
            if colon and usable_name(name):
                self.problems.append(node.diagnostic(full_width_colon(name), 0, len(name) + 1))
            else:
                self.problems.append(node.diagnostic("fields 下面一行一个空，写成“名称: 问题”。"))
            return {}
        out = {}
        for key, value in node.entries:
            name = key.text
            if not usable_name(name):
                self.problems.append(
                    key.diagnostic(
                        f"“{name}”不能作空的名称。", hint="名称用汉字、字母和数字，不以数字开头，不带空格和标点，最多 40 个字。"
                    )
                )
                continue
            out[name] = self._field(key, value)
        return out

    def _field(self, key: Scalar, node: Node) -> Field:
        place = Place(key.source.file, *key.place())
        if isinstance(node, Scalar):
            return Field(key.text, ask=self._words(node, key.text), place=place)
        if not isinstance(node, Mapping):
            self.problems.append(node.diagnostic(f"{key.text} 后面写问题，或者写 ask、type、default ……"))
            return Field(key.text, place=place)
        keys = self._keys(node, "field")
        said = {w: self._words(keys[w], w) for w in ("ask", "help", "type", "min", "max", "pattern") if w in keys}
        choices = self._list(keys["choices"], "choices") if "choices" in keys else ()
        kind = said.get("type") or ("choice" if choices else "text")
        if kind not in TYPES:
            self.problems.append(keys["type"].diagnostic(f"没有 {kind} 这种 type。", hint=f"有：{'、'.join(TYPES)}。{nearest(kind, TYPES)}"))
            kind = "choice" if choices else "text"
        if kind == "choice" and "choices" not in keys:
            hint = "choices: 下面一行写一个，行首写“- ”。"
            self.problems.append(keys["type"].diagnostic("type 是 choice，还要用 choices 写出可选的回答。", hint=hint))
        if len(choices) == 1:
            self.problems.append(keys["choices"].diagnostic("choices 至少写两个可选的回答。"))
        if choices and kind != "choice":
            told = f"有 choices 的空，type 是 choice，不是 {kind}。"
            self.problems.append(keys["type"].diagnostic(told, hint="去掉这一行。"))
        if len(said.get("pattern", "")) > MAX_PATTERN:
            self.problems.append(keys["pattern"].diagnostic(f"pattern 太长，最多 {MAX_PATTERN} 个字符。"))
        for word in ("min", "max"):
            if word not in keys:
                continue
            if kind not in ("number", "date"):
                self.problems.append(keys[word].diagnostic(f"{word} 只用于 type: number 和 type: date。"))
            elif (number_of(said[word]) if kind == "number" else read_date(said[word], date(2000, 1, 1))) is None:
                what = "数" if kind == "number" else "日期"
                self.problems.append(keys[word].diagnostic(f"{word} 后面应当是一个{what}。"))
        return Field(
            key.text,
            said.get("ask", ""),
            said.get("help", ""),
            kind,
            choices,
            self._answer(keys["default"], "default", kind) if "default" in keys else None,
            self._example(keys["example"], kind) if "example" in keys else "",
            self._condition(keys["when"], "when") if "when" in keys else None,
            said.get("min", ""),
            said.get("max", ""),
            said.get("pattern", ""),
            place,
        )

    def _list(self, node: Node, word: str) -> tuple[str, ...]:
        if not isinstance(node, Sequence):
            self.problems.append(node.diagnostic(f"{word} 下面一行写一个，行首写“- ”。"))
            return ()
        return tuple(self._words(item, word) for item in node.items)

    def _answer(self, node: Node, word: str, kind: str) -> str | tuple[str, ...]:
        if isinstance(node, Sequence):
            if kind != "list":
                self.problems.append(node.diagnostic(f"只有 type: list 的空，{word} 才能写几条。"))
            return self._list(node, word)
        if kind == "long text" and isinstance(node, Scalar):
            return "\n".join(p.text for p in node.paragraphs())
        return self._words(node, word)

    def _example(self, node: Node, kind: str) -> str:
        found = self._answer(node, "example", kind)
        return found if isinstance(found, str) else "、".join(found)

    # ── the speech ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _speech(self, node: Node, asker: _Asker, path: str) -> tuple[Section, ...]:
        if not isinstance(node, Sequence) or not node.items:
            self.problems.append(node.diagnostic("speech 下面一条一条写各个部分，行首写“- ”。", hint=f"有：{'、'.join(PARTS)}。"))
            return ()
        out = []
        for number, item in enumerate(node.items, 1):
            section = self._section(item, asker, f"{path}.{number}")
            if section:
                out.append(section)
        return tuple(out)

    def _section(self, node: Node, asker: _Asker, path: str) -> Section | None:
        if not isinstance(node, Mapping):
            self.problems.append(self._not_mapping(node, "part"))
            return None
        keys = self._keys(node, "part", "beside")
        kinds = [name for name in keys if name in PARTS]
        if not kinds:
            self.problems.append(node.diagnostic("这个部分没有内容。", hint=f"写上其中一个：{'、'.join(PARTS)}。"))
            return None
        if len(kinds) > 1:
            said = "、".join(kinds)
            self.problems.append(
                node.diagnostic(f"一个部分只能写一种内容，这里写了 {said}。", hint="另起一个部分，行首写“- ”。")
            )
            return None
        kind = kinds[0]
        texts: tuple[Text, ...] = ()
        items: tuple[Requirement, ...] = ()
        sections: tuple[Section, ...] = ()
        if kind == "requirements":
            items = self._requirements(keys[kind], asker, path)
        elif kind == "include":
            inner = self._included(keys[kind], asker)
            if inner:
                sections = tuple(_moved(s, f"{path}.") for s in inner.speech)
        else:
            texts = self._paragraphs(keys[kind], kind, path)
        return Section(
            kind,
            texts,
            items,
            sections,
            self._condition(keys["when"], "when") if "when" in keys else None,
            self._each(keys["each"]) if "each" in keys else None,
            self._yes(keys["run-on"], "run-on") if "run-on" in keys else False,
            self._words(keys["note"], "note") if "note" in keys else "",
            path,
        )

    def _included(self, node: Node, asker: _Asker) -> Outline | None:
        other = self._other(node, asker.source, asker.chain, False)
        inner = self.outline(other, (*asker.chain, asker.source.file)) if other else None
        if inner:
            asker.included.update(inner.fields)
        return inner

    def _requirements(self, node: Node, asker: _Asker, path: str) -> tuple[Requirement, ...]:
        if not isinstance(node, Sequence) or not node.items:
            self.problems.append(node.diagnostic("requirements 下面一条一条写，行首写“- ”。", hint="每一条有 heading 和 text。"))
            return ()
        out = []
        for number, item in enumerate(node.items, 1):
            found = self._requirement(item, asker, f"{path}.r{number}")
            if found:
                out.append(found)
        return matched(out)

    def _requirement(self, node: Node, asker: _Asker, path: str) -> "Requirement | Kept | None":
        if not isinstance(node, Mapping):
            self.problems.append(self._not_mapping(node, "requirement"))
            return None
        keys = self._keys(node, "requirement")
        if "include" in keys:
            return self._kept(node, keys, asker, path)
        if "brief" in keys:
            self.problems.append(keys["brief"].diagnostic("brief 和 include 写在一起，说的是用备选段落的短文。", hint="去掉这一行。"))
        if not {"heading", "text", "points"} & keys.keys():
            self.problems.append(node.diagnostic("这一条里没有 heading，也没有 text。"))
        points: list[Text | Requirement | Kept] = []
        if "points" in keys:
            inner = keys["points"]
            if not isinstance(inner, Sequence) or not inner.items:
                self.problems.append(inner.diagnostic("points 下面一条一条写，行首写“- ”。"))
            else:
                for number, item in enumerate(inner.items, 1):
                    point = f"{path}.{number}"
                    if isinstance(item, Scalar):
                        points.extend(find(p, self.problems, point, self._read) for p in item.paragraphs())
                    else:
                        found = self._requirement(item, asker, point)
                        if found:
                            points.append(found)
        return Requirement(
            self._one_text(keys["heading"], "heading", path) if "heading" in keys else None,
            self._paragraphs(keys["text"], "text", path) if "text" in keys else (),
            matched(points),
            self._condition(keys["when"], "when") if "when" in keys else None,
            self._each(keys["each"]) if "each" in keys else None,
            self._words(keys["note"], "note") if "note" in keys else "",
            path,
            self._label(keys["label"]) if "label" in keys else None,
            self._yes(keys["alone"], "alone") if "alone" in keys else None,
        )

    def _label(self, node: Node) -> str:
        """A number as typed, its spaces kept: `3. ` in quotes has one."""
        if isinstance(node, Scalar) and not node.raw:
            return node.text
        self.problems.append(node.diagnostic("label 后面写这一条的序号，例如 1．"))
        return ""

    # ── passages ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _passage(self, node: Node) -> Passage | None:
        if not isinstance(node, Mapping):
            self.problems.append(self._not_mapping(node, "passage"))
            return None
        keys = self._keys(node, "passage")
        for word in ("headings", "text"):
            if word not in keys:
                hint = "passage 下面要有 headings（小标题，一行一种形式）和 text（正文）。"
                self.problems.append(node.diagnostic(f"这一段没有 {word}。", hint=hint))
        headings: list[Text] = []
        if "headings" in keys:
            listed = keys["headings"]
            if not isinstance(listed, Sequence) or not listed.items:
                self.problems.append(listed.diagnostic("headings 下面一行写一种小标题，行首写“- ”。"))
            else:
                found = (self._one_text(item, "headings", "passage.heading") for item in listed.items)
                headings += [text for text in found if text]
        return Passage(
            tuple(headings),
            self._paragraphs(keys["text"], "text", "passage") if "text" in keys else (),
            self._paragraphs(keys["short"], "short", "passage.short") if "short" in keys else (),
            self._words(keys["note"], "note") if "note" in keys else "",
        )

    def _kept(self, node: Mapping, keys: dict[str, Node], asker: _Asker, path: str) -> "Kept | None":
        """A requirement that is a passage of the stock."""
        for word in ("heading", "text", "points", "label", "alone"):
            if word in keys:
                self.problems.append(keys[word].diagnostic(f"这一条写了 include，就不能再写 {word}。", hint="去掉其中一个。"))
        inner = self._included(keys["include"], asker)
        if inner is None:
            return None
        if inner.passage is None:
            told = "这里只能放备选的段落（里面写的是 passage），放整份提纲要和各个部分并列。"
            self.problems.append(keys["include"].diagnostic(told))
            return None
        return Kept(
            inner.passage,
            self._yes(keys["brief"], "brief") if "brief" in keys else False,
            self._condition(keys["when"], "when") if "when" in keys else None,
            self._each(keys["each"]) if "each" in keys else None,
            self._words(keys["note"], "note") if "note" in keys else inner.passage.note,
            path,
        )

    # ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def names(self, outline: Outline) -> None:
        """Every name used must be a field, or what an enclosing `each` calls its entry."""
        fields = outline.fields
        for text in (outline.title, outline.dateline, outline.byline):
            if text is not None:
                self._declared(text, fields, frozenset())
        for field in fields.values():
            if field.when:
                self._asked(field.when, fields, frozenset())
        patterned = [field for field in fields.values() if field.pattern]
        for field in patterned[MAX_PATTERNS:]:
            self.problems.append(_at_field(outline, field, f"最多 {MAX_PATTERNS} 个空可以有 pattern。", ""))
        for section in outline.speech:
            self._section_names(outline, section, frozenset())

    def _section_names(self, outline: Outline, section: Section, scope: frozenset[str]) -> None:
        scope = self._scope(outline, section.when, section.each, scope)
        for text in section.texts:
            self._declared(text, outline.fields, scope)
        for item in section.items:
            self._requirement_names(outline, item, scope)
        for inner in section.sections:
            self._section_names(outline, inner, scope)

    def _requirement_names(self, outline: Outline, item: Requirement, scope: frozenset[str]) -> None:
        scope = self._scope(outline, item.when, item.each, scope)
        for text in (*((item.heading,) if item.heading else ()), *item.texts):
            self._declared(text, outline.fields, scope)
        for point in item.points:
            if isinstance(point, Text):
                self._declared(point, outline.fields, scope)
            else:
                self._requirement_names(outline, point, scope)

    def _scope(
        self, outline: Outline, when: Condition | None, each: Each | None, scope: frozenset[str]
    ) -> frozenset[str]:
        """The names known inside a part with this `when` and `each`."""
        if each:
            field = outline.fields.get(each.field)
            if field is None or field.type != "list":
                at = each.scalar.text.index(each.field)
                if field is None:
                    told, hint = f"each 里有不认识的名称“{each.field}”。", _known(each.field, outline.fields)
                else:
                    told, hint = f"each 里的“{each.field}”不是 list。", f"在 fields 里给 {each.field} 写上 type: list。"
                self._blame(each.scalar, told, hint, at, len(each.field))
            scope = scope | {each.name}
        if when:
            self._asked(when, outline.fields, scope)
        return scope

    def _asked(self, when: Condition, fields: dict[str, Field], scope: frozenset[str]) -> None:
        for name in when.names:
            if name not in fields and name not in scope:
                hint = _known(name, fields) + f'\n如果“{name}”是文字，要加引号："{name}"'
                self._blame(when.scalar, f"when 里有不认识的名称“{name}”。", hint)

    def _blame(self, scalar: Scalar, message: str, hint: str, offset: int = 0, length: int = 0) -> None:
        self.problems.append(scalar.diagnostic(message, offset, length, hint))

    def _declared(self, text: Text, fields: dict[str, Field], scope: frozenset[str]) -> None:
        for piece in text.pieces:
            if isinstance(piece, Blank):
                for name in piece.expression.names:
                    if name not in fields and name not in scope:
                        known = _known(name, [*fields, *scope])
                        self._blame(text.scalar, f"不认识的空【{name}】。", known, piece.offset, len(piece.source) + 2)


def _alone(passage: Passage) -> Section:
    """A passage as a speech of one requirement."""
    kept = Kept(passage, False, None, None, passage.note, "passage")
    return Section("requirements", (), (as_requirement(kept, None),), (), None, None, False, "", "passage")


def _moved(section: Section, prefix: str) -> Section:
    """A section of an included file, its nodes named under the include's own."""

    def text(t: Text) -> Text:
        return t._replace(node=prefix + t.node)

    def item(r: Requirement) -> Requirement:
        return r._replace(
            heading=text(r.heading) if r.heading else None,
            texts=tuple(map(text, r.texts)),
            points=tuple(text(p) if isinstance(p, Text) else item(p) for p in r.points),
            node=prefix + r.node,
        )

    return section._replace(
        texts=tuple(map(text, section.texts)),
        items=tuple(map(item, section.items)),
        sections=tuple(_moved(s, prefix) for s in section.sections),
        node=prefix + section.node,
    )


def _known(name: str, known: Iterable[str]) -> str:
    names = list(known)
    if not names:
        return "fields 里还没有任何空；先在 fields 下面写上它。"
    found = _closest(name, names)
    shown = "、".join(names[:12]) + (" 等" if len(names) > 12 else "")
    return f"fields 里有：{shown}。" + (f"是不是【{found}】？" if found else "")
