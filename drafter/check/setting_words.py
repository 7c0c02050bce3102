"""What `drafter.toml` knows, and what is said of what it does not: names that are none, and lines TOML cannot read.

Light on purpose: it is asked for beside every command of a folder that has settings.
"""

import re
import unicodedata
from typing import NamedTuple

KEYS = ("select", "ignore", "level", "levels", "minutes", "plain", "comments", "kept", "shelf")

#: What people call a setting otherwise: options of commands, other programs' words, Chinese.
_CALLED = {
    "template": "模板写在提纲的 template 里，或者用 --template；drafter.toml 里没有这一项。",
    "styles": "字体、字号写在模板的 styles.yaml 里；drafter.toml 里没有这一项。",
    "output": "写到哪里用 -o；drafter.toml 里没有这一项。",
    "to": "写成什么用 --to；drafter.toml 里没有这一项。",
    "no-comments": "写成 comments = false。",
    "no_comments": "写成 comments = false。",
    "disable": "写成 ignore。",
    "exclude": "写成 ignore。",
    "rules": "只用哪几条写成 select，改级别写在 [levels] 下面。",
    "severity": "写成 level。",
    "shelves": "写成 shelf。",
    "source": "提纲从哪里取写成 shelf。",
    "formulations": "本单位的提法写在 formulations 文件夹里；drafter.toml 里没有这一项。",
}
_ZH = {
    "级别": "level",
    "等级": "level",
    "规则": "select",
    "只用": "select",
    "忽略": "ignore",
    "不用": "ignore",
    "分钟": "minutes",
    "时长": "minutes",
    "时间": "minutes",
    "普通文字": "plain",
    "批注": "comments",
    "模板": "template",
    "书架": "shelf",
    "提纲": "shelf",
    "提纲库": "shelf",
}

#: Headings people put over the settings that stand at the top.
_HEADINGS = ("check", "checks", "tool", "drafter", "settings", "general", "new", "lint")

#: What the levels are called on the screen.
LEVELS_ZH = {"错误": "error", "提醒": "warning", "警告": "warning", "建议": "advice", "关": "off", "不用": "off"}

_TRUE = ("true", "yes", "on", "是", "真", "开", "要", "1")
_FALSE = ("false", "no", "off", "否", "假", "关", "不", "不要", "0")

#: Full-width marks and blanks, and what stands for them in TOML.
_MARKS = {
    "＝": "=", "：": "=", "“": '"', "”": '"', "‘": "'", "’": "'", "＂": '"', "＇": "'", "，": ",", "、": ",", "［": "[", "］": "]",
    "【": "[", "】": "]", "＃": "#", "；": "", "。": "", "｛": "{", "｝": "}", "\u3000": " ", "\xa0": " ", "．": ".",
}  # fmt: skip


def key_hint(key: str) -> str:
    """What to type instead of a name that is no setting."""
    folded = unicodedata.normalize("NFKC", key).strip().lower()
    if folded in KEYS:
        return f"写成 {folded}，用小写的英文字母。"  # Plain, ｐｌａｉｎ
    said = _CALLED.get(folded)
    if said is None and folded in _ZH:
        said = _CALLED.get(_ZH[folded], f"写成 {_ZH[folded]}。")
    if said is None and folded in _HEADINGS:
        said = f"去掉 [{key}] 这一行，下面的设置直接写在最上面。" if key != "tool" else (
            "[tool.drafter] 这一行是 pyproject.toml 里用的；drafter.toml 里去掉它，设置直接写在最上面。"
        )
    if said is None:
        from difflib import get_close_matches

        near = get_close_matches(folded[:40], [*KEYS, *_CALLED], 1, 0.6)
        said = f"是不是 {near[0]}？" + _CALLED.get(near[0], "") if near else ""
    return said if said.startswith(("写成", "去掉", "[")) else said + f"有：{'、'.join(KEYS)}。"


#: So many lines are looked at where TOML does not say which it is.
_MOST = 200


class Cause(NamedTuple):
    """Why a line of settings cannot be read: what is wrong, where (line and column from 1, so many characters), and what to
    type."""

    message: str
    hint: str
    line: int
    column: int
    length: int = 1


def cause(text: str, line: int, column: int) -> Cause | None:
    """Why TOML gave up in this text, as a person would say it: on the line where it did, else on the first that has the mark of
    one of the usual slips. None where nothing usual is found. `line` 0: nobody knows."""
    rows = text.split("\n")
    numbers = [line] if 0 < line <= len(rows) else []
    if not numbers or not rows[numbers[0] - 1].strip():
        numbers += [number for number, row in enumerate(rows, 1) if row.strip()][:_MOST]
    for number in numbers:
        row = rows[number - 1].rstrip("\r")
        for told in (_comment, _full_width, _unquoted_name, _twice, _unclosed, _value, _backslash, _ending):
            found = told(rows, number, row)
            if found:
                return found
    return None


def _bare(row: str) -> str:
    """A line with what stands in quotation marks of TOML, and its comment, blotted out; of the same length."""
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*", lambda found: "\x00" * len(found[0]), row)


def _comment(rows: list[str], number: int, row: str) -> Cause | None:
    found = re.search(r"(?:^|\s)(//|;;|--)", _bare(row))
    if not found:
        return None
    return Cause(f"注释要用 # 开头，“{found[1]}”不算。", f"改成 # {row[found.end(1):].strip()[:30]}", number, found.start(1) + 1, 2)


def _full_width(rows: list[str], number: int, row: str) -> Cause | None:
    bare = _bare(row)
    for at, sign in enumerate(bare):
        half = _MARKS.get(sign)
        if half is None and "\uff01" <= sign <= "\uff5e":
            half = unicodedata.normalize("NFKC", sign)
        if half is None:
            continue
        inside = bare.rfind('"', 0, at) >= 0  # a quotation that never closes: tell that first
        if inside:
            return None
        whole = unicodedata.normalize("NFKC", row.translate({ord(mark): to for mark, to in _MARKS.items()})).strip()
        name = "这个空格" if sign in "\u3000\xa0" else f"“{sign}”" if sign not in "“”" else f"引号{sign}"
        way = f"写成：{whole[:60]}" if whole.count("\x00") == 0 else ""
        told = f"{name}是全角的，换成英文的 {half}" if half.strip() else f"{name}是全角的，" + ("换成英文的空格" if half else "去掉它")
        return Cause(told + "。", way, number, at + 1)
    return None


def _unquoted_name(rows: list[str], number: int, row: str) -> Cause | None:
    found = re.match(r"\s*(?P<name>[^\s\"'=:\[\]#{}]+)\s*(?P<sign>=|:)?\s*(?P<said>.*)", row)
    if not found:
        return None
    name, said = found["name"], found["said"].strip()
    if found["sign"] == ":":
        value = said if re.match("[\"'\\[{0-9]|(?:true|false)$", said) else f'"{said}"'
        return Cause(
            "名称和值之间用等号，不用冒号。", f"写成：{name} = {value}"[:70], number, found.start("sign") + 1
        )
    if not name.isascii():
        return Cause(f"不认识的设置“{name}”。", key_hint(name), number, found.start("name") + 1, len(name))
    if not found["sign"]:
        return Cause("这一行没有等号。", f"写成 名称 = 值，例如 {name if name in KEYS else 'plain'} = true", number, found.start("name") + 1, len(name))
    return None


def _twice(rows: list[str], number: int, row: str) -> Cause | None:
    found = re.match(r"\s*(?P<name>\[?[\w-]+)\s*[=\]]", row)
    if not found:
        return None
    name = found["name"]
    for before in range(number - 1, 0, -1):
        if re.match(rf"\s*{re.escape(name)}\s*[=\]]", rows[before - 1]):
            bare = name.lstrip("[")
            return Cause(f"“{bare}”写了两次，第一次在第 {before} 行。", "留一个，删掉另一个。", number, found.start("name") + 1, len(name))
        if not name.startswith("[") and re.match(r"\s*\[", rows[before - 1]):
            return None
    return None


def _unclosed(rows: list[str], number: int, row: str) -> Cause | None:
    bare = _bare(row)
    at = next((at for at, sign in enumerate(bare) if sign in "\"'"), -1)
    if at >= 0:
        return Cause("这个引号没有合上。", "两边都要有英文引号。", number, at + 1, len(row) - at)
    opened = re.match(r"\s*[\w-]+\s*=\s*(\[)[^\]]*$", bare)
    if opened and not any("]" in _bare(after) for after in rows[number:]):
        return Cause("方括号没有合上。", "末尾加一个 ]。", number, opened.start(1) + 1)
    heading = re.match(r"\s*(\[+[\w.-]+\]?)\s*$", row)
    if heading and heading[1].count("[") != heading[1].count("]"):
        return Cause("方括号没有合上。", "写成 [levels] 这样，两边一样多。", number, heading.start(1) + 1, len(heading[1]))
    return None


def _value(rows: list[str], number: int, row: str) -> Cause | None:
    found = re.match(r"\s*(?P<name>[\w-]+)\s*=\s*(?P<said>[^\"'\[{#\s][^#]*?)\s*(?:#.*)?$", row)
    if not found:
        if nothing := re.match(r"\s*(?P<name>[\w-]+)\s*=\s*(?:#.*)?$", row):
            return Cause(f"{nothing['name']} 后面没有写值。", "写上值，或者删掉这一行。", number, nothing.start("name") + 1, len(nothing["name"]))
        return None
    name, said, at = found["name"], found["said"], found.start("said") + 1
    core = said.rstrip(";,").strip()
    low = core.lower()
    if core != said and (low in ("true", "false") or re.fullmatch(r"[\d.]+", low)):
        return Cause(f"末尾的“{said[len(core):].strip()}”多了。", f"写成：{name} = {low}", number, at + len(core))
    if name in ("plain", "comments") or low in ("true", "false", "yes", "no"):
        way = "true" if low in _TRUE else "false" if low in _FALSE else "true 或者 false"
        return Cause(f"{name} 的“{core[:20]}”读不懂。", f"写成：{name} = {way}", number, at, len(core))
    if name == "minutes":
        figures = re.match(r"\d+(?:\.\d+)?", core)
        way = f"写成：minutes = {figures[0] if figures else '20'}"
        return Cause(f"minutes 的“{core[:20]}”读不懂，只写数。", way, number, at, len(core))
    if name == "shelf":
        return Cause("shelf 要写成列表，地址加引号。", f"写成：shelf = ['{core[:60]}']", number, at, len(core))
    if name in ("select", "ignore"):
        return Cause(f"{name} 要写成列表，规则名称加英文引号。", f'写成：{name} = ["{core[:40]}"]', number, at, len(core))
    core = LEVELS_ZH.get(core, core)
    return Cause("文字要加英文引号。", f'写成：{name} = "{core[:40]}"', number, at, len(said))


def _backslash(rows: list[str], number: int, row: str) -> Cause | None:
    found = re.search(r"\"[^\"]*?(\\)(?![btnfr\"\\uU])[^\"]*\"|\"[^\"]*?(\\)[uU](?![0-9A-Fa-f]{4})", row)
    if not found:
        return None
    at = found.start(1) if found[1] else found.start(2)
    return Cause("双引号里的反斜杠 \\ 有别的意思。", "改成单引号。", number, at + 1)


def _ending(rows: list[str], number: int, row: str) -> Cause | None:
    bare = _bare(row)
    entries = re.search(r"\x00(\s+)\x00", bare)
    if entries and "[" in bare:
        return Cause("列表里两项之间少了逗号。", '例如 ["long-sentence", "number-skipped"]', number, entries.start(1) + 1)
    tail = re.search(r"[\x00\]](\s*([;,]|[^\s\x00,\]\[=#]+))\s*$", bare)
    if tail and not bare.strip().startswith("\x00"):
        return Cause(f"末尾的“{tail[2]}”多了。", "去掉它；注释要用 # 开头。", number, tail.start(2) + 1, len(tail[2]))
    return None
