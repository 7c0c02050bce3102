"""An answers file as it is written for next time: the answers, and below them, as comments to be filled in, what nobody
has answered yet."""

import re
from collections.abc import Iterable, Mapping, Sequence

from drafter.outline.answers import Typed, from_json, from_yaml, to_json, to_yaml
from drafter.outline.field import Field, Value
from drafter.outline.written import Layout, answer_tree, remark, typed_scalar, written
from drafter.outline.yaml import Source

#: The comment above what is open, how it begins, and a line that waits for an answer.
_HEAD = "# 下面 {} 个空还没填，下次会再问。也可以填在这里：去掉行首的 #，写在冒号后面。"
_IS_HEAD = re.compile(r"# 下面 \d+ 个空还没填，")
_KEY = re.compile(r"(?P<name>[^\s#'\"-][^:]*|'[^']+'|\"[^\"]+\"):(?:\s|$)")
_WAITS = re.compile(r"#(?:[^\s#].*|'.*'): ?")


def as_file(name: str, values: Mapping[str, Value], blank: Iterable[str], unanswered: Sequence[Field]) -> str:
    """The text of a file of that name. `blank` are the names that are to have no answer; the fields `unanswered` are
    listed with their questions where a file can have comments."""
    if name.endswith(".json"):
        return to_json(values, blank)
    return to_yaml(values, blank) + _to_fill(unanswered)


def _to_fill(fields: Sequence[Field]) -> str:
    if not fields:
        return ""
    lines = [_HEAD.format(len(fields))]
    for field in fields:
        choices = ("是", "否") if field.type == "yes/no" else field.choices
        more = f"（{'、'.join(choices)}）" if choices else f"例如：{field.example}" if field.example else ""
        asked = ((field.ask or field.name) + more).replace("\n", "；")
        lines += [f"# {remark(asked)}", f"#{typed_scalar(field.name)}: "]
    return "\n".join(lines) + "\n"


def answers_in(source: Source) -> dict[str, Typed]:
    """The answers of a file. Raises Rejected."""
    return (from_json if source.file.endswith(".json") else from_yaml)(source)


def grown(source: Source, more: Mapping[str, str | list[str]], unanswered: Sequence[Field]) -> str:
    """A file that was read, with `more` answers, in place of those of their names: what else stands in it stays, whatever it
    is for, with its comments. Raises Rejected where it cannot be read."""
    before = {name: said for name, said in answers_in(source).items() if name not in more}
    if source.file.endswith(".json"):
        import json

        return json.dumps({**json.loads(source.text), **more}, ensure_ascii=False, indent=2) + "\n"
    lines = _without(_without_what_waits(source.lines), more)
    text = "\n".join(lines).rstrip()
    text += ("\n" if text else "") + _yaml(more) + _to_fill(unanswered)
    meant = {name: _meant(said.said) for name, said in before.items()} | {name: _meant(_said(said)) for name, said in more.items()}
    if {name: _meant(said.said) for name, said in from_yaml(Source(source.file, text)).items()} == meant:
        return text
    kept = {name: said.said if isinstance(said.said, str) else list(said.said) for name, said in before.items()}
    return _yaml({**kept, **more}) + _to_fill(unanswered)


def _yaml(answers: Mapping[str, str | list[str]]) -> str:
    return written({name: answer_tree(said) for name, said in answers.items()}, Layout(typed=True))


def _said(said: str | list[str]) -> str | tuple[str, ...]:
    return said if isinstance(said, str) else tuple(said)


def _meant(said: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return said.strip() if isinstance(said, str) else said


def _without_what_waits(lines: Sequence[str]) -> list[str]:
    """The lines without those of before that still wait for an answer, and their questions."""
    out: list[str] = []
    below = False
    for line in lines:
        if _IS_HEAD.match(line):
            below = True
        elif below and _WAITS.fullmatch(line):
            if out and out[-1].startswith("# "):
                out.pop()
        else:
            out.append(line)
    return out


def _without(lines: Sequence[str], names: Iterable[str]) -> list[str]:
    """The lines without those of the answers of these names."""
    gone, out = frozenset(names), list[str]()
    inside = False
    for line in lines:
        begins = _KEY.match(line)
        if begins:
            inside = begins["name"].strip("'\" ") in gone
        elif line.startswith("#"):
            inside = False
        if not inside:
            out.append(line)
    return out
