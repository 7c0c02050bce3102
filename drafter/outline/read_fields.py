"""Reading what stands under `fields` and `numbering`."""

from collections.abc import Sequence
from datetime import date

from drafter.chinese.numerals import read_date
from drafter.diagnostic import Place
from drafter.outline.expression import usable_name
from drafter.outline.field import TYPES, Field, number_of
from drafter.outline.reading import OutlineReading, quotes_said, within_quotes
from drafter.outline.yaml import MappingNode, Node, Scalar, SequenceNode, full_width_colon
from drafter.speech.numbering import Numbering

#: The characters of a `pattern`.
MAX_PATTERN = 500


def read_numbering(reading: OutlineReading, node: Node) -> tuple[Numbering, ...]:
    """The numbering of each level."""
    samples = node.items if isinstance(node, SequenceNode) else (node,)
    out = []
    for sample in samples:
        if not isinstance(sample, Scalar):
            reading.problems.append(sample.diagnostic("numbering 一行写一级的样子，例如 一、", code="numbering-sample"))
            continue
        try:
            out.append(Numbering.from_sample(sample.text))
        except ValueError as error:
            told = quotes_said(sample.text) if within_quotes(sample.text) else str(error)
            reading.problems.append(sample.diagnostic(told, code="numbering-sample"))
    return tuple(out)


def read_fields(reading: OutlineReading, node: Node) -> dict[str, Field]:
    """The fields by name, in the order they are asked."""
    if not isinstance(node, MappingNode):
        name, colon, _ = node.text.partition("：") if isinstance(node, Scalar) else ("", "", "")
        if colon and usable_name(name):
            reading.problems.append(node.diagnostic(full_width_colon(name), 0, len(name) + 1, code="colon-full-width"))
        else:
            reading.problems.append(node.diagnostic("fields 下面一行一个空，写成“名称: 问题”。", code="field-syntax"))
        return {}
    out = {}
    for key, value in node.entries:
        name = key.text
        if not usable_name(name):
            bare = "".join(c for c in name if c.isalnum() or c == "_").lstrip("0123456789")
            hint = "名称用汉字、字母和数字，不以数字开头，不带空格和标点，最多 40 个字。"
            if usable_name(bare):
                hint += f"例如写成 {bare}。"
                reading.misnamed.add(bare)
            reading.problems.append(key.diagnostic(f"“{name}”不能作空的名称。", hint=hint, code="field-name"))
            continue
        out[name] = _field(reading, key, value)
    return out


def _field(reading: OutlineReading, key: Scalar, node: Node) -> Field:
    place = Place(key.source.file, *key.place())
    if isinstance(node, Scalar):
        return Field(key.text, ask=reading.words(node, key.text), place=place)
    if not isinstance(node, MappingNode):
        reading.problems.append(node.diagnostic(f"{key.text} 后面写问题，或者写 ask、type、default ……", code="field-syntax"))
        return Field(key.text, place=place)
    keys = reading.keys(node, "field")
    said: dict[str, str] = {
        w: reading.words(keys[w], w) for w in ("ask", "help", "type", "min", "max", "pattern", "vary") if w in keys
    }
    choices = _choices(reading, keys)
    kind = _kind(reading, keys, said.get("type", ""), choices)
    _check_bounds(reading, keys, said, kind, choices)
    return Field(
        name=key.text,
        ask=said.get("ask", ""),
        help=said.get("help", ""),
        type=kind,
        choices=choices,
        default=reading.answer(keys["default"], "default", kind) if "default" in keys else None,
        example=_example(reading, keys["example"], kind) if "example" in keys else "",
        when=reading.condition(keys["when"], "when") if "when" in keys else None,
        minimum=said.get("min", ""),
        maximum=said.get("max", ""),
        pattern=said.get("pattern", ""),
        place=place,
        vary=said.get("vary", ""),
    )


def _choices(reading: OutlineReading, keys: dict[str, Node]) -> tuple[str, ...]:
    """The answers to choose from. One in Chinese quotation marks, which the default names without, is told and taken without."""
    if "choices" not in keys:
        return ()
    node, default = keys["choices"], keys.get("default")
    choices = reading.list_of_words(node, "choices")
    named = default.text.strip() if isinstance(default, Scalar) else ""
    bare = [within_quotes(choice) for choice in choices]
    if isinstance(node, SequenceNode) and choices and (all(bare) or (named and named in bare)):
        at = next(n for n, said in enumerate(bare) if said and (all(bare) or said == named))
        item = node.items[at]
        reading.problems.append(item.diagnostic(quotes_said(choices[at]), 0, len(choices[at]), code="chinese-quotes"))
        return tuple(said or choice for said, choice in zip(bare, choices, strict=True))
    return choices


def _kind(reading: OutlineReading, keys: dict[str, Node], said: str, choices: tuple[str, ...]) -> str:
    """The type of a field; `choices` imply one."""
    problems = reading.problems
    kind = said or ("choice" if choices else "text")
    if within_quotes(kind) in TYPES:
        problems.append(keys["type"].diagnostic(quotes_said(kind), code="chinese-quotes"))
        kind = kind[1:-1]
    elif kind not in TYPES:
        from drafter.outline.word_slips import type_meant

        hint = f"{type_meant(kind, TYPES)}有：{'、'.join(TYPES)}。"
        problems.append(keys["type"].diagnostic(f"没有 {kind} 这种 type。", hint=hint, code="field-type"))
        kind = "choice" if choices else "text"
    if kind == "choice" and "choices" not in keys:
        hint = "choices: 下面一行写一个，行首写“- ”。"
        problems.append(keys["type"].diagnostic("type 是 choice，还要用 choices 写出可选的回答。", hint=hint, code="field-choices"))
    if len(choices) == 1:
        problems.append(keys["choices"].diagnostic("choices 至少写两个可选的回答。", code="field-choices"))
    if choices and kind != "choice":
        told = f"有 choices 的空，type 是 choice，不是 {kind}。"
        problems.append(keys["type"].diagnostic(told, hint="去掉这一行。", code="field-choices"))
    return kind


def _check_bounds(
    reading: OutlineReading, keys: dict[str, Node], said: dict[str, str], kind: str, choices: tuple[str, ...]
) -> None:
    """What `min`, `max`, `pattern` and the answers given beforehand may say."""
    for word in ("default", "example"):
        node = keys.get(word)
        bare = within_quotes(node.text) if isinstance(node, Scalar) and not node.is_quoted else None
        if isinstance(node, Scalar) and bare and (bare in choices or kind in ("yes/no", "number", "date")):
            reading.problems.append(node.diagnostic(quotes_said(node.text), code="chinese-quotes"))
    if "vary" in keys and kind != "choice":
        told = "vary 只用于有 choices 的空。"
        reading.problems.append(keys["vary"].diagnostic(told, hint="写上 choices，或者去掉这一行。", code="field-choices"))
    if len(said.get("pattern", "")) > MAX_PATTERN:
        reading.problems.append(keys["pattern"].diagnostic(f"pattern 太长，最多 {MAX_PATTERN} 个字符。", code="field-bounds"))
    for word in ("min", "max"):
        if word not in keys:
            continue
        if kind not in ("number", "date"):
            reading.problems.append(
                keys[word].diagnostic(f"{word} 只用于 type: number 和 type: date。", code="field-bounds")
            )
        elif (number_of(said[word]) if kind == "number" else read_date(said[word], date(2000, 1, 1))) is None:
            what = "数" if kind == "number" else "日期"
            reading.problems.append(keys[word].diagnostic(f"{word} 后面应当是一个{what}。", code="field-bounds"))


def _example(reading: OutlineReading, node: Node, kind: str) -> str:
    found = reading.answer(node, "example", kind)
    return found if isinstance(found, str) else joined_example(found)


def joined_example(entries: Sequence[str]) -> str:
    """An example of several entries as one text: a line each where the enumeration comma would cut an entry."""
    return ("\n" if any(set(entry) & set("、，；") for entry in entries) else "、").join(entries)
