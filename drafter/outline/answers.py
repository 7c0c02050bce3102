"""Answers: read from a file or from `--set`, checked against the fields, and written down for next time.

In order of strength: `--set` > the answers file > asked > the field's default > left blank.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from drafter.diagnostic import MAX_PROBLEMS, WARNING, Diagnostic, Place, Problems, Rejected, nearest
from drafter.outline.field import RANK, Field, Unfit, Value, read, save_form
from drafter.outline.yaml import MappingNode, Scalar, SequenceNode, Source, full_width_colon, no_space, parse


class Typed(NamedTuple):
    """An answer as somebody gave it. `origin` is where, for the message when it does not fit; `remarks` what there is
    to say of how it is written."""

    said: str | tuple[str, ...]
    origin: Diagnostic
    remarks: tuple[Diagnostic, ...] = ()


def from_yaml(source: Source) -> dict[str, Typed]:
    """The answers of a YAML file: one `名称: 回答` a line, a list as `- ` entries. A name with nothing behind it is not
    answered; with '' it is to have no answer. Raises Rejected."""
    tree = parse(source)
    if not isinstance(tree, MappingNode):
        raise Rejected(_no_answers(tree))
    out: dict[str, Typed] = {}
    problems = Problems()
    commented = " #" in source.text  # looked for once, not for every answer
    for key, node in tree.entries:
        if isinstance(node, Scalar):
            said: str | tuple[str, ...] = "\n".join(p.text for p in node.paragraphs()) if node.raw else node.text
        elif isinstance(node, SequenceNode) and all(isinstance(item, Scalar) for item in node.items):
            said = tuple(item.text for item in node.items if isinstance(item, Scalar))
        else:
            problems.append(node.diagnostic(f"{key.text} 的回答应当是一段文字，或者一行一个、行首写“- ”。", code="answer-shape"))
            continue
        if said == "" and _nothing_stands(node):
            continue
        out[key.text] = Typed(said, key.diagnostic("", code="answers-syntax"), _lost(node) if commented else ())
    if problems:
        raise Rejected(*problems)
    return out


def _nothing_stands(node: Scalar | SequenceNode) -> bool:
    """Whether an empty answer is not even a pair of quotes."""
    if isinstance(node, SequenceNode):
        return False
    return node.line > len(node.source.lines) or node.source.lines[node.line - 1][node.column - 1 :].lstrip()[:1] in ("", "#")


def _lost(node: Scalar | SequenceNode) -> tuple[Diagnostic, ...]:
    """Remarks on words of an answer that ` #` has made a comment."""
    from drafter.outline.reading import words_in_a_comment

    scalars = node.items if isinstance(node, SequenceNode) else (node,)
    found = (words_in_a_comment(scalar) for scalar in scalars if isinstance(scalar, Scalar))
    return tuple(remark for remark in found if remark)


def _no_answers(tree: Scalar | SequenceNode) -> Diagnostic:
    """What is wrong with a file that has no `名称: 回答`: most often the colon of its first line."""
    line, column = tree.place() if isinstance(tree, Scalar) else (tree.line, tree.column)
    row = tree.source.lines[line - 1][column - 1 :] if isinstance(tree, Scalar) else ""
    found = re.match(r"(?P<name>[^\s:：#'\"]{1,40})\s*(?P<colon>[:：])(?P<said>.*)", row)
    if not found:
        return tree.diagnostic("回答文件要一行写一个：名称: 回答", code="answers-syntax")
    told = full_width_colon(found["name"]) if found["colon"] == "：" else no_space(found["name"])
    length = found.end("colon") - found.start()
    return tree.source.diagnostic(told, line, column, length, "回答文件一行写一个：名称: 回答", code="answers-syntax")


def from_json(source: Source) -> dict[str, Typed]:
    """The answers of a JSON file: one object; numbers keep the digits they were written with. Raises Rejected."""
    import json

    where = Diagnostic("", Place(source.file), code="answer-unfit")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            last = {name: at for at, (name, _) in enumerate(pairs)}
            twice = next(name for at, (name, _) in enumerate(pairs) if last[name] != at)
            raise Rejected(where._replace(message=f"“{twice}”写了两次。"))
        return found

    try:
        tree = json.loads(source.text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise Rejected(
            source.diagnostic(f"JSON 在这里读不懂（{error.msg}）。", error.lineno, error.colno, code="answers-syntax")
        ) from None
    except RecursionError:
        raise Rejected(where._replace(message="JSON 嵌套太深。")) from None
    if not isinstance(tree, dict):
        raise Rejected(where._replace(message='回答文件最外层要是 {"名称": "回答"}。'))
    out: dict[str, Typed] = {}
    for name, value in tree.items():
        if value is None:
            continue
        if isinstance(value, bool):
            value = "是" if value else "否"
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = tuple(value)
        if not isinstance(value, str | tuple):
            raise Rejected(where._replace(message=f"“{name}”的回答应当是文字、数、true/false，或者文字的数组。"))
        out[name] = Typed(value, where)
    return out


def from_options(options: Iterable[str]) -> dict[str, Typed]:
    """The answers of `--set 名称=回答`; of two for one name the later one stands. Raises Rejected."""
    out = {}
    for option in options:
        name, equals, said = option.partition("=")
        if not equals:
            name, equals, said = option.partition("＝")
        where = Diagnostic(f"--set {option}", code="answer-unfit")
        if not equals or not name.strip():
            raise Rejected(Diagnostic(f"--set {option}：要写成 --set 名称=回答。", code="set-syntax"))
        out[name.strip()] = Typed(said, where)
    return out


class Settled(NamedTuple):
    """Checked answers: `values` by name, `blank` the names left blank on purpose (an empty answer), and remarks."""

    values: dict[str, Value]
    blank: frozenset[str]
    remarks: tuple[Diagnostic, ...]


def settle(
    fields: Mapping[str, Field], typed: Mapping[str, Typed], today: date, strict_names: frozenset[str] = frozenset()
) -> Settled:
    """The values of typed answers. An answer no field asks for is remarked upon; for names in `strict_names`, given by
    hand, it is a mistake. Raises Rejected with every answer that does not fit."""
    values: dict[str, Value] = {}
    blank: set[str] = set()
    problems = Problems()
    remarks: list[Diagnostic] = []
    for name, answer in typed.items():
        remarks += answer.remarks[: max(0, MAX_PROBLEMS - len(remarks))]
        field = fields.get(name)
        if field is None:
            if name in strict_names:
                hint = f"有：{'、'.join(list(fields)[:20])}。{nearest(name, fields)}" if fields else "这份提纲没有要填的空。"
                problems.append(_blamed(answer.origin, f"这份提纲没有“{name}”这个空。", hint, code="answer-unknown"))
            elif len(remarks) < MAX_PROBLEMS:
                remarks.append(
                    _blamed(answer.origin, f"这份提纲没有“{name}”这个空，这条回答没有用上。", "", WARNING, code="answer-unknown")
                )
            continue
        if not any(map(str.strip, (answer.said,) if isinstance(answer.said, str) else answer.said)):
            blank.add(name)
            continue
        try:
            values[name] = read(field, answer.said, today)
        except Unfit as error:
            problems.append(
                _blamed(answer.origin, f"【{name}】{error}", field.ask and f"问题：{field.ask[:200]}", code="answer-unfit")
            )
    if problems:
        raise Rejected(*problems)
    return Settled(values, frozenset(blank), tuple(remarks))


def defaults(fields: Mapping[str, Field], settled: Settled, today: date) -> dict[str, Value]:
    """The defaults of the fields that nobody has answered or left blank on purpose, and the choices that follow from other
    answers. Raises Rejected where a default does not fit its own field."""
    out: dict[str, Value] = {}
    for name, field in fields.items():
        if field.default is not None and not _follows(field) and name not in settled.values and name not in settled.blank:
            try:
                out[name] = read(field, field.default, today)
            except Unfit as error:
                raise Rejected(
                    Diagnostic(f"【{name}】的 default 不合要求：{error}", field.place, code="field-default-unfit")
                ) from None
    return out | _followed(fields, settled.values | out, settled.blank)


def _follows(field: Field) -> bool:
    return bool(field.vary) or (field.name == RANK and field.type == "choice")


def _followed(
    fields: Mapping[str, Field], values: Mapping[str, Value], blank: frozenset[str] = frozenset()
) -> dict[str, Value]:
    """The choices that follow from the answers there are, where nobody has made them."""
    if not any(map(_follows, fields.values())):
        return {}
    from drafter.outline.follow import followed, following

    out: dict[str, Value] = {}
    for field in following(fields):
        if field.name not in values and field.name not in blank:
            chosen = followed(field, fields, {**values, **out})
            if chosen is not None:
                out[field.name] = chosen
    return out


def to_yaml(values: Mapping[str, Value], blank: Iterable[str] = ()) -> str:
    """The answers as a file that `--answers` reads back to the same values; names left blank on purpose stay so."""
    from drafter.outline.written import Layout, answer_tree, written

    return written({name: answer_tree(said) for name, said in saved(values, blank).items()}, Layout(typed=True))


def to_json(values: Mapping[str, Value], blank: Iterable[str] = ()) -> str:
    """The same as JSON."""
    import json

    return json.dumps(saved(values, blank), ensure_ascii=False, indent=2) + "\n"


def saved(values: Mapping[str, Value], blank: Iterable[str]) -> dict[str, str | list[str]]:
    """The answers in the form of an answers file."""
    return {name: save_form(value) for name, value in values.items()} | dict.fromkeys(sorted(blank), "")


def _blamed(origin: Diagnostic, message: str, hint: str, level: str = "error", *, code: str) -> Diagnostic:
    if origin.place is None:
        return Diagnostic(f"{origin.message}：{message}", None, hint, level=level, code=code)
    return origin._replace(message=message, hint=hint, level=level, code=code)


def examples(fields: Mapping[str, Field], today: date, answered: Mapping[str, Value] | None = None) -> dict[str, Value]:
    """The examples of the fields as answers, their defaults where there is no example; choices that follow from others
    follow from what is `answered` first."""
    out: dict[str, Value] = {}
    for name, field in fields.items():
        said = "" if _follows(field) else field.example or field.default
        if said:
            try:
                out[name] = read(field, said, today)
            except Unfit:
                continue
    return out | _followed(fields, {**out, **(answered or {})})
