"""Answers: read from a file or from `--set`, checked against the fields, and written down for next time.

In order of strength: `--set` > the answers file > asked > the field's default > left blank.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from drafter.diagnostic import ADVICE, MAX_PROBLEMS, WARNING, Diagnostic, Place, Problems, Rejected, nearest
from drafter.outline.field import RANK, Field, Unfit, Value, echo, read, save_form, take
from drafter.outline.values import ReadAnswer
from drafter.outline.yaml import MappingNode, Scalar, SequenceNode, Source, parse


class Typed(NamedTuple):
    """An answer as somebody gave it. `origin` is where, for the message when it does not fit; `remarks` what there is
    to say of how it is written."""

    said: str | tuple[str, ...]
    origin: Diagnostic
    remarks: tuple[Diagnostic, ...] = ()


def from_yaml(source: Source) -> dict[str, Typed]:
    """The answers of a YAML file: one `名称: 回答` a line, a list as `- ` entries; one with nothing in it says that there
    is to be no answer. Raises Rejected."""
    tree = _tree(source)
    out: dict[str, Typed] = {}
    problems = Problems()
    commented = " #" in source.text  # looked for once, not for every answer
    for key, node in tree.entries:
        if isinstance(node, Scalar):
            said: str | tuple[str, ...] = "\n".join(p.text for p in node.paragraphs()) if node.raw else node.text
        elif isinstance(node, SequenceNode) and all(isinstance(item, Scalar) for item in node.items):
            said = tuple(item.text for item in node.items if isinstance(item, Scalar))
        else:
            from drafter.outline.answer_slips import shape

            problems.append(shape(key, node))
            continue
        if isinstance(node, Scalar) and node.raw and said[:1] == "-":
            from drafter.outline.answer_slips import dashes

            if problem := dashes(node):
                problems.append(problem)
                continue
        out[key.text] = Typed(said, key.diagnostic("", code="answers-syntax"), _lost(node) if commented else ())
    if problems:
        raise Rejected(*problems)
    return out


def _tree(source: Source) -> MappingNode:
    """The answers of a YAML file as they stand in it. Raises Rejected."""
    try:
        tree = parse(source)
    except Rejected as error:
        hint = "回答文件一行写一个：名称: 回答；一个回答写几行，用“|”。"
        told = [d._replace(hint=hint) if d.code == "yaml-syntax" and not d.hint else d for d in error.diagnostics]
        told = [d._replace(hint="删掉这一行。") if "第二个文档" in d.message else d for d in told]
        raise Rejected(*told) from None
    if isinstance(tree, MappingNode) and not any(
        isinstance(node, MappingNode) or key.text == "speech" for key, node in tree.entries[:100]
    ):
        return tree
    from drafter.outline.answer_slips import no_answers, no_outline, unwrapped

    tree = unwrapped(tree)
    if not isinstance(tree, MappingNode):
        raise Rejected(no_answers(tree))
    if problem := no_outline(tree):
        raise Rejected(problem)
    return tree


def _lost(node: Scalar | SequenceNode) -> tuple[Diagnostic, ...]:
    """Remarks on words of an answer that ` #` has made a comment."""
    from drafter.outline.reading import words_in_a_comment

    scalars = node.items if isinstance(node, SequenceNode) else (node,)
    found = (words_in_a_comment(scalar) for scalar in scalars if isinstance(scalar, Scalar))
    return tuple(remark for remark in found if remark)


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
        from drafter.outline.answer_slips import json_cause

        raise Rejected(json_cause(source, error.pos, error.msg)) from None
    except RecursionError:
        raise Rejected(where._replace(message="JSON 嵌套太深。")) from None
    if not isinstance(tree, dict):
        raise Rejected(where._replace(message='回答文件最外层要是 {"名称": "回答"}。'))
    if len(tree) == 1 and isinstance(next(iter(tree.values())), dict) and next(iter(tree)) in ("answers", "回答"):
        tree = next(iter(tree.values()))
    out: dict[str, Typed] = {}
    few = len(tree) <= MAX_PROBLEMS  # each is looked for in the text
    for name, value in tree.items():
        if value is None:
            continue
        if isinstance(value, bool):
            value = "是" if value else "否"
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = tuple(value)
        if not isinstance(value, str | tuple):
            raise Rejected(where._replace(message=f"“{name}”的回答应当是文字、数、true/false，或者文字的数组。"))
        out[name] = Typed(value, _of_json(source, name) or where if few else where)
    return out


def _of_json(source: Source, name: str) -> Diagnostic | None:
    """Where a name stands in a JSON file, None where it is written otherwise there."""
    found = re.search(rf'"{re.escape(name)}"\s*:', source.text)
    if not found:
        return None
    line = source.text.count("\n", 0, found.start()) + 1
    column = found.start() - (source.text.rfind("\n", 0, found.start()) + 1) + 1
    return source.diagnostic("", line, column, len(name) + 2, code="answer-unfit")


def from_options(options: Iterable[str]) -> dict[str, Typed]:
    """The answers of `--set 名称=回答`; of two for one name the later one stands. Raises Rejected."""
    out = {}
    for option in options:
        name, equals, said = option.partition("=")
        if not equals:
            name, equals, said = option.partition("＝")
        where = Diagnostic(f"--set {option}", code="answer-unfit")
        if not equals or not name.strip():
            colon = re.match(r"\s*([^\s:：，,]{1,40})\s*([:：])\s*(.+)", option)
            told = f"--set {option}：要写成 --set 名称=回答。"
            if colon:
                told = f"--set {option}：名称和回答之间用等号，不用“{colon[2]}”。"
            hint = f"写成 --set {_typed(f'{colon[1]}={colon[3]}')}" if colon else ""
            raise Rejected(Diagnostic(told, None, hint, code="set-syntax"))
        out[name.strip()] = Typed(said, where)
    return out


def _typed(word: str) -> str:
    """A word as it is typed on a command line."""
    return word if re.fullmatch(r"[^\s\"'|&<>()$`\\*?;#!{}\[\]~]+", word) else "'" + word.replace("'", "") + "'"


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
    strange: list[tuple[str, Typed]] = []
    for written, answer in typed.items():
        known = written in fields or len(strange) > MAX_PROBLEMS
        name = written if known else _meant(written, fields, typed)
        remarks += answer.remarks[: max(0, MAX_PROBLEMS - len(remarks))]
        field = fields.get(name)
        if field is None:
            if name in strict_names:
                told = f"这份提纲没有“{name}”这个空。"
                problems.append(_blamed(answer.origin, told, _known(name, fields), code="answer-unknown"))
            else:
                strange.append((name, answer))
            continue
        if not any(map(str.strip, (answer.said,) if isinstance(answer.said, str) else answer.said)):
            blank.add(name)
            continue
        try:
            taken = as_typed(field, answer.said, today)
            values[name] = taken.value
            if len(remarks) < MAX_PROBLEMS and (taken.word or taken.doubt):
                remarks.append(_understood(field, answer, taken))
        except Unfit as error:
            problems.append(
                _blamed(answer.origin, f"【{name}】{error}", field.ask and f"问题：{field.ask[:200]}", code="answer-unfit")
            )
            continue
        if isinstance(answer.said, str) and (told := doubtful(field, answer.said)) and len(remarks) < MAX_PROBLEMS:
            remarks.append(_blamed(answer.origin, f"【{name}】{told}", "", WARNING, code="answer-doubtful"))
    if problems:
        raise Rejected(*problems)
    remarks += _of_strange(strange, fields)[: max(0, MAX_PROBLEMS - len(remarks))]
    return Settled(values, frozenset(blank), tuple(remarks))


#: So many answers that no field asks for are told one by one; more of them are answers to another outline.
_FEW = 5


def _of_strange(strange: list[tuple[str, Typed]], fields: Mapping[str, Field]) -> list[Diagnostic]:
    """What there is to say of answers no field asks for."""
    if len(strange) > _FEW:
        names = "、".join(name for name, _ in strange[:20]) + (" 等" if len(strange) > 20 else "")
        told = f"这份提纲没有这些空，{len(strange):,} 条回答没有用上：{names}。"
        return [_blamed(strange[0][1].origin, told, "回答文件是不是别的提纲的？", WARNING, code="answer-unknown")]
    return [
        _blamed(answer.origin, f"这份提纲没有“{name}”这个空，这条回答没有用上。", _near(name, fields), WARNING, code="answer-unknown")
        for name, answer in strange
    ]


def _meant(name: str, fields: Mapping[str, Field], typed: Mapping[str, Typed]) -> str:
    """The field a name that is none stands for, 【会议名称】 or “1. 会议名称”; the name itself where it is not plain."""
    from drafter.outline.answer_slips import name_meant

    found = name_meant(name, fields)
    return found if found and found not in typed else name


def _known(name: str, fields: Mapping[str, Field]) -> str:
    return f"有：{'、'.join(list(fields)[:20])}。{nearest(name, fields)}" if fields else "这份提纲没有要填的空。"


def _near(name: str, fields: Mapping[str, Field]) -> str:
    """The nearest name, where it is near enough to be the one meant."""
    from difflib import get_close_matches

    found = get_close_matches(name[:40], list(fields)[:200], 1, 0.5)
    return f"是不是 {found[0]}？" if found else ""


def as_typed(field: Field, said: str | tuple[str, ...], today: date) -> ReadAnswer:
    """The value of an answer; without Chinese quotation marks and a comma at its end where only so it fits. Raises Unfit."""
    if field.type == "list" and isinstance(said, str) and said[:1] + said[-1:] in ("［］", "[]", "【】"):
        said = said[1:-1]
    try:
        return take(field, said, today)
    except Unfit:
        if not isinstance(said, str) or field.type in ("text", "long text", "list"):
            raise
        bare = said.strip().rstrip(",;，；。、").strip()
        if bare[:1] in "“‘「\"'" and bare[-1:] in "”’」\"'":
            bare = bare[1:-1].strip()
        if not bare or bare == said.strip():
            raise
        try:
            return take(field, bare, today)
        except Unfit:
            pass
        raise


def doubtful(field: Field, said: str) -> str:
    """What there is to say of a text that is printed as it stands."""
    if field.type not in ("text", "long text", "list") or not (said[-1:] in (",", ";", "，", "；") or len(said) <= 9):
        return ""
    from drafter.outline.answer_slips import doubtful as told
    from drafter.outline.answer_slips import no_words

    return no_words(said) if field.type == "list" else told(said)


def _understood(field: Field, answer: Typed, taken: ReadAnswer) -> Diagnostic:
    """What there is to say of an answer that was not said in plain words, or is hardly meant."""
    day = echo(field, taken.value)
    read_as = f"“{taken.word}”读作{day}" if taken.word else day
    if taken.doubt is None:
        return _blamed(answer.origin, f"【{field.name}】{read_as}。", "", ADVICE, code="answer-understood")
    told = f"【{field.name}】{read_as}{'' if taken.doubt.told[0] == '，' or not taken.word else '，'}{taken.doubt.told}。"
    others = [choice.typed for choice in taken.doubt.choices if choice.typed != save_form(taken.value)]
    hint = f"是这一天就不用管；不是，就写明年月日{f'，例如 {others[0]}' if others else ''}。"
    return _blamed(answer.origin, told, hint, WARNING, code="answer-day-doubtful")


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
        told = f"{origin.message}：{message}" if origin.message else message  # "" of what was typed into a form
        return Diagnostic(told, None, hint, level=level, code=code)
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
