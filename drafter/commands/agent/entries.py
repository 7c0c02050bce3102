"""An entry put into a client's settings, or taken out, with everything else in them as somebody wrote it: JSON by the places of
its members, TOML by tomlkit. What is no plain JSON (comments, a comma too many) is not touched."""

import json
from typing import Any, NamedTuple


class Unplain(ValueError):
    """Settings that cannot be changed without losing something."""


class JsonMember(NamedTuple):
    """A member of a JSON object: its name, where the name begins, where its value begins and ends."""

    name: str
    start: int
    value: int
    end: int


def entry_in(text: str, toml: bool, key: str, name: str) -> object:
    """The entry of a name, None where there is none. Raises Unplain."""
    held = _parsed(text, toml)
    table = held.get(key)
    return table.get(name) if isinstance(table, dict) else None


def _parsed(text: str, toml: bool) -> dict[str, Any]:
    import tomllib

    try:
        held = tomllib.loads(text) if toml else json.loads(text.removeprefix("\ufeff") if text.strip("\ufeff \t\r\n") else "{}")
    except (ValueError, RecursionError) as error:
        raise Unplain(str(error)) from None
    if not isinstance(held, dict):
        raise Unplain("no object")
    return held


def with_entry(text: str, toml: bool, key: str, name: str, entry: dict[str, object]) -> str:
    """The settings with the entry. Raises Unplain."""
    held = _parsed(text, toml)
    if not isinstance(held.get(key, {}), dict):
        raise Unplain(f"{key} is no table")
    try:
        done = _toml_with(text, key, name, entry) if toml else _json_with(text, key, name, entry)
    except (ValueError, TypeError) as error:  # tomlkit, of a table that is written in a line
        raise Unplain(str(error)) from None
    held.setdefault(key, {})[name] = entry
    if _parsed(done, toml) != held:
        raise Unplain("changed more than the entry")
    return done


def without_entry(text: str, toml: bool, key: str, name: str) -> str:
    """The settings without the entry, and without the table of servers where it was the last. Raises Unplain."""
    held = _parsed(text, toml)
    if not isinstance(held.get(key), dict) or name not in held[key]:
        return text
    del held[key][name]
    if not held[key]:
        del held[key]
    try:
        done = _toml_without(text, key, name) if toml else _json_without(text, key, name)
    except (ValueError, TypeError) as error:
        raise Unplain(str(error)) from None
    if _parsed(done, toml) != held:
        raise Unplain("changed more than the entry")
    return done


# ── TOML ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _toml_with(text: str, key: str, name: str, entry: dict[str, object]) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    if key not in document:
        document[key] = tomlkit.table(is_super_table=True)
    servers: Any = document[key]
    if name in servers:
        for word in [*servers[name]]:
            if word not in entry:
                del servers[name][word]
        servers[name].update(entry)
    else:
        row = tomlkit.table()
        row.update(entry)
        servers[name] = row
    return tomlkit.dumps(document)


def _toml_without(text: str, key: str, name: str) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    servers: Any = document[key]
    del servers[name]
    if not servers:
        del document[key]
    return tomlkit.dumps(document)


# ── JSON ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _json_with(text: str, key: str, name: str, entry: dict[str, object]) -> str:
    if not text.strip("\ufeff \t\r\n"):
        return json.dumps({key: {name: entry}}, ensure_ascii=False, indent=2) + "\n"
    root = text.index("{")
    table = next((member for member in _members(text, root) if member.name == key), None)
    if table is None:
        return _put(text, root, key, {name: entry}, _unit(text))
    return _put(text, table.value, name, entry, _unit(text))


def _json_without(text: str, key: str, name: str) -> str:
    root = text.index("{")
    table = next(member for member in _members(text, root) if member.name == key)
    members = _members(text, table.value)
    if len(members) == 1:
        return _cut(text, root, key)
    return _cut(text, table.value, name)


def _members(text: str, at: int) -> list[JsonMember]:
    """The members of the object that begins here; the text is sound JSON."""
    out: list[JsonMember] = []
    decoder = json.JSONDecoder()
    at = _blank(text, at + 1)
    while text[at] != "}":
        name, end = decoder.raw_decode(text, at)
        value = _blank(text, _blank(text, end) + 1)
        _, after = decoder.raw_decode(text, value)
        out.append(JsonMember(name, at, value, after))
        at = _blank(text, after)
        if text[at] == ",":
            at = _blank(text, at + 1)
    return out


def _blank(text: str, at: int) -> int:
    """Where the next sign stands."""
    while text[at] in " \t\r\n":
        at += 1
    return at


def _put(text: str, at: int, name: str, value: object, unit: str) -> str:
    """The text with a member of the object that begins here, the last one where it is new."""
    members = _members(text, at)
    line = "\r\n" if "\r\n" in text else "\n"
    if members:
        gap = text[at + 1 : members[0].start]
        indent = gap.rpartition("\n")[2] if "\n" in gap else None
    else:
        gap, indent = line + _indent_at(text, at) + unit, _indent_at(text, at) + unit
    said = json.dumps(value, ensure_ascii=False, indent=None if indent is None else unit)
    said = said if indent is None else said.replace("\n", line + indent)
    old = next((member for member in members if member.name == name), None)
    if old:
        return text[: old.value] + said + text[old.end :]
    row = f"{json.dumps(name, ensure_ascii=False)}: {said}"
    if members:
        return text[: members[-1].end] + "," + (gap or " ") + row + text[members[-1].end :]
    close = _blank(text, at + 1)
    return text[: at + 1] + gap + row + line + _indent_at(text, at) + text[close:]


def _cut(text: str, at: int, name: str) -> str:
    """The text without a member of the object that begins here."""
    members = _members(text, at)
    number = next(n for n, member in enumerate(members) if member.name == name)
    if len(members) == 1:
        return text[: at + 1] + text[_blank(text, members[0].end) :]
    if number:
        return text[: members[number - 1].end] + text[members[number].end :]
    return text[: members[0].start] + text[members[1].start :]


def _indent_at(text: str, at: int) -> str:
    """The blanks the line of a place begins with."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _unit(text: str) -> str:
    """What a step is indented by."""
    for line in text.split("\n")[1:]:
        if line.strip() and line[0] in " \t":
            return line[: len(line) - len(line.lstrip(" \t"))]
    return "  "
