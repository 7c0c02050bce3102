"""Reading the tables of what a speech stands on (`outlines/basis/*.yaml`), and what asks for them."""

from datetime import date

from drafter.chinese.numerals import read_date
from drafter.chinese.ranks import (
    DEPARTMENT_HEAD,
    IN_CHARGE,
    PARTY_DEPUTY,
    PARTY_HEAD,
    RANKS,
    SCHOOL_HEAD,
    STATE_HEAD,
    TOWN_HEAD,
)
from drafter.diagnostic import WARNING, Diagnostic, Rejected, nearest
from drafter.outline.basis import KINDS, LENGTHS, LEVELS, BasisAsked, BasisEntry, BasisTable
from drafter.outline.blank import OutlineText
from drafter.outline.field import Field
from drafter.outline.read_fields import read_fields
from drafter.outline.reading import OutlineReading, quotes_said, within_quotes
from drafter.outline.yaml import MappingNode, Node, Scalar, SequenceNode, Source

#: What a kind is also called, and what it is called here.
_KIND_MEANT = {
    "讲话": "论述", "指示": "论述", "批示": "论述", "重要讲话": "论述", "重要论述": "论述", "重要指示": "论述", "指示批示": "论述",
    "精神": "会议", "全会": "会议", "法规": "法律", "条例": "法律", "党规": "法律", "规划": "文件", "意见": "文件", "通知": "文件",
    "活动": "行动", "专项行动": "行动", "学习教育": "行动", "口号": "提法", "表述": "提法",
}  # fmt: skip

#: What a rank is called in haste.
_RANK_MEANT = {
    "书记": PARTY_HEAD, "第一书记": PARTY_HEAD, "市委书记": PARTY_HEAD, "县委书记": PARTY_HEAD, "党委书记": PARTY_HEAD,
    "市长": STATE_HEAD, "县长": STATE_HEAD, "区长": STATE_HEAD, "副书记": PARTY_DEPUTY, "副市长": IN_CHARGE, "副县长": IN_CHARGE,
    "局长": DEPARTMENT_HEAD, "主任": DEPARTMENT_HEAD, "分管领导": IN_CHARGE, "乡镇书记": TOWN_HEAD, "校长": SCHOOL_HEAD,
}  # fmt: skip

#: What is said for “it has no end”.
_NO_END = ("长期", "无", "—", "-", "至今", "现在", "永久", "不限")

#: Entries of a table; of some forty themes none has twenty.
MAX_ENTRIES = 500

#: The first year of a date in a table; an earlier one is a slip.
_FIRST_YEAR = 1900


def read_asked(reading: OutlineReading, keys: dict[str, Node], asker: Source) -> BasisAsked | None:
    """What stands beside `basis`, and its table; None (and a problem) where there is none."""
    node = keys["basis"]
    name = reading.words(node, "basis")
    if not name or not isinstance(node, Scalar):
        if isinstance(node, Scalar):
            hint = "例如 basis: 安全生产；drafter outlines basis 列出有哪些。"
            reading.problems.append(node.diagnostic("basis 后面写依据表的名称。", hint=hint, code="text-empty"))
        return None
    length = _one_of(reading, keys["length"], "length", LENGTHS) if "length" in keys else ""
    kinds = _kinds(reading, keys["kinds"]) if "kinds" in keys else ()
    table = _table(reading, name, node, asker)
    return BasisAsked(name, table, length, kinds, node) if table else None


def without_basis(reading: OutlineReading, keys: dict[str, Node]) -> None:
    """Problems with what says more of a `basis` that is not there."""
    for word in ("length", "kinds"):
        if word in keys:
            told = f"{word} 和 basis 写在一起，这里没有 basis。"
            reading.problems.append(keys[word].diagnostic(told, hint="去掉这一行，或者写上 basis: 主题。", code="part-apart"))


def _table(reading: OutlineReading, name: str, node: Scalar, asker: Source) -> BasisTable | None:
    """The table of a name, read once for an outline."""
    if name in reading.tables:
        return reading.tables[name]
    reading.tables[name] = None
    try:
        source = reading.load("basis", name, asker)
    except Rejected as error:
        why = error.diagnostics[0]
        reading.problems.append(node.diagnostic(why.message, hint=why.hint, code=why.code))
        return None
    tree = reading.tree(source, True)
    reading.tables[name] = _read(reading, tree) if tree else None
    return reading.tables[name]


def parse_table(source: Source) -> tuple[BasisTable, tuple[Diagnostic, ...]]:
    """The table of a file and remarks on it. Raises Rejected with every problem."""
    reading = OutlineReading(_nowhere)
    tree = reading.tree(source, False)
    table = _read(reading, tree) if tree else None
    problems = sorted(reading.problems, key=lambda d: (d.place.line, d.place.column) if d.place else (0, 0))
    if table is None or any(p.level != WARNING for p in problems):
        raise Rejected(*problems)
    return table, tuple(problems)


def _nowhere(word: str, name: str, asker: Source) -> Source:
    raise Rejected(Diagnostic(f"找不到 {name}。", code="name-not-found"))


def _read(reading: OutlineReading, tree: MappingNode) -> BasisTable | None:
    if "basis" not in (key.text for key, _ in tree.entries):
        outline = next((w for w in ("speech", "passage", "title") if tree.get(w)), "")
        told = f"这是提纲，不是依据表，里面写的是 {outline}。" if outline else "没有 basis，这份依据表里没有条目。"
        hint = "依据表写 checked 和 basis；basis 下面一条一条写，每条有 name、kind、from、sentence、source。"
        reading.problems.append(tree.diagnostic(told, hint=hint, code="basis-incomplete"))
        return None
    keys = reading.keys(tree, "table")
    before = len(reading.problems)
    checked = _day(reading, keys["checked"], "checked") if "checked" in keys else None
    if "checked" not in keys:
        told, hint = "没有 checked，不知道这份依据核对到哪一天。", "写上 checked: 2026-08-22 这样一行。"
        reading.problems.append(tree.diagnostic(told, hint=hint, code="basis-incomplete"))
    fields = read_fields(reading, keys["fields"]) if "fields" in keys else {}
    entries = _entries(reading, keys["basis"], checked or date.min, fields)
    if checked is None and len(reading.problems) == before:
        return None
    return BasisTable(
        name=_stem(tree.source.file),
        about=reading.words(keys["about"], "about") if "about" in keys else "",
        also=reading.list_of_words(keys["also"], "also") if "also" in keys else (),
        checked=checked or date.min,
        since=reading.words(keys["since"], "since") if "since" in keys else "",
        fields=fields,
        entries=entries,
        source=tree.source,
    )


def _stem(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]


def _entries(reading: OutlineReading, node: Node, checked: date, fields: dict[str, Field]) -> tuple[BasisEntry, ...]:
    if not isinstance(node, SequenceNode) or not node.items:
        told = "basis 下面一条一条写，行首写“- ”。"
        reading.problems.append(node.diagnostic(told, hint="每条有 name、kind、from、sentence、source。", code="basis-incomplete"))
        return ()
    if len(node.items) > MAX_ENTRIES:
        hint = "分成几个主题。"
        reading.problems.append(node.diagnostic(f"一份依据表最多 {MAX_ENTRIES} 条。", hint=hint, code="outline-too-large"))
        return ()
    named: dict[str, Scalar] = {}
    for item in node.items:
        name = item.get("name") if isinstance(item, MappingNode) else None
        if not isinstance(name, Scalar) or not name.text.strip():
            continue
        first = named.setdefault(name.text.strip(), name)
        if first is not name:
            told = f"“{name.text.strip()}”写了两条，第一条在第 {first.place()[0]} 行。"
            hint = "一份表里名称不能一样；抄了一条来改的，名称也改一改。"
            reading.problems.append(name.diagnostic(told, hint=hint, code="basis-twice"))
    return tuple(filter(None, (_entry(reading, item, checked, fields) for item in node.items)))


#: What an entry must have.
_NEEDED = {
    "name": "这一条叫什么，例如 2026年7月重要指示",
    "kind": f"是哪一类：{'、'.join(KINDS)}",
    "from": "从哪一天起能用，例如 2026-07-09",
    "sentence": "印进讲话的一句话，以句号结尾",
    "source": "出处：哪里、哪一天看到的原文",
}


def _entry(reading: OutlineReading, node: Node, checked: date, fields: dict[str, Field]) -> BasisEntry | None:
    if not isinstance(node, MappingNode):
        reading.problems.append(reading.not_mapping(node, "entry"))
        return None
    keys = reading.keys(node, "entry")
    for word, what in _NEEDED.items():
        if word not in keys:
            called = keys.get("name")
            which = f"“{called.text}”" if isinstance(called, Scalar) else "这一条"
            reading.problems.append(node.diagnostic(f"{which}没有 {word}。", hint=f"{word}: {what}", code="basis-incomplete"))
    said = {word: reading.words(keys[word], word) for word in ("name", "source") if word in keys}
    for word, text in said.items():
        if not text:
            told = f"{word} 后面是空的。"
            reading.problems.append(keys[word].diagnostic(told, hint=f"{word}: {_NEEDED[word]}", code="text-empty"))
    kind = _one_of(reading, keys["kind"], "kind", KINDS, _KIND_MEANT) if "kind" in keys else ""
    begins = _day(reading, keys["from"], "from") if "from" in keys else None
    until = _until(reading, keys["until"]) if "until" in keys else None
    if begins and until and until < begins:
        told = f"until（{until}）比 from（{begins}）还早，这一条哪一天都用不上。"
        reading.problems.append(keys["until"].diagnostic(told, hint="看看是不是写反了，或者年份没有改。", code="basis-never"))
    levels = _listed(reading, keys["levels"], "levels", tuple(LEVELS)) if "levels" in keys else ()
    ranks = _listed(reading, keys["ranks"], "ranks", RANKS, _RANK_MEANT) if "ranks" in keys else ()
    own = _day(reading, keys["checked"], "checked") if "checked" in keys else None
    texts = {w: _text(reading, keys[w], w, fields) for w in ("sentence", "sentences", "paragraph") if w in keys}
    name, sentence = keys.get("name"), texts.get("sentence")
    if not (isinstance(name, Scalar) and said.get("name") and kind and begins and sentence):
        return None
    return BasisEntry(
        name=said["name"],
        kind=kind,
        begins=begins,
        until=until,
        levels=levels,
        ranks=ranks,
        sentence=sentence,
        sentences=texts.get("sentences"),
        paragraph=texts.get("paragraph"),
        origin=said.get("source", ""),
        checked=own or checked,
        scalar=name,
    )


def _text(reading: OutlineReading, node: Node, word: str, fields: dict[str, Field]) -> OutlineText | None:
    """Words to be printed: one paragraph that ends as a sentence does, or one blank that will be answered with one; its
    blanks are among the table's fields."""
    text = reading.one_text(node, word, f"basis.{word}")
    if text is None:
        return None
    scalar = text.scalar
    whole = len(text.pieces) == 1 and bool(text.blanks)
    if not whole and not scalar.text.rstrip("”’）").endswith(("。", "！", "？")):
        hint = "整句印进讲话，末尾要有句号。"
        last = len(scalar.text) - 1
        reading.problems.append(scalar.diagnostic(f"{word} 没有以句号结尾。", last, 1, hint, code="basis-sentence"))
    for mark in ("†", "(c)", "（c）"):
        if (at := scalar.text.find(mark)) >= 0:
            hint = "没有查到原文的说法不能印；核对以后删掉这个记号，或者改成一个空。"
            told = f"{word} 里还有没核对过的记号 {mark}。"
            reading.problems.append(scalar.diagnostic(told, at, len(mark), hint, code="basis-unverified"))
    for blank in text.blanks:
        for name in blank.expression.names:
            if name not in fields:
                hint = f"在这份表的 fields 里写上 {name}: 问题？" if fields else f"在 basis 前面写上 fields，里面写 {name}: 问题？"
                told = f"不认识的空【{name}】。"
                length = len(blank.source) + 2
                reading.problems.append(scalar.diagnostic(told, blank.offset, length, hint, code="name-unknown"))
    return text


def _day(reading: OutlineReading, node: Node, word: str) -> date | None:
    """A day with its year."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    bare = within_quotes(text)
    day = read_date(bare or text, date(1, 1, 1)) if text else None
    if bare and day:
        reading.problems.append(node.diagnostic(quotes_said(text), code="chinese-quotes"))
        return None
    if day is None or day.year < _FIRST_YEAR:
        hint = "年、月、日都要写，例如 2026-07-09；不知道哪一天的，写那个月的第一天。"
        reading.problems.append(node.diagnostic(f"{word} 后面应当是一个日期。", hint=hint, code="basis-day"))
        return None
    return day


def _until(reading: OutlineReading, node: Node) -> date | None:
    if isinstance(node, Scalar) and node.text.strip() in _NO_END:
        hint = "没有截止日期的，去掉 until 这一行。"
        reading.problems.append(node.diagnostic("until 后面应当是一个日期。", hint=hint, code="basis-day"))
        return None
    return _day(reading, node, "until")


def _one_of(
    reading: OutlineReading, node: Node, word: str, known: tuple[str, ...], meant: dict[str, str] | None = None
) -> str:
    """One of the words known; "" (and a problem) where it is none."""
    text = reading.words(node, word)
    if text in known or not isinstance(node, Scalar):
        return text
    if within_quotes(text) in known:
        reading.problems.append(node.diagnostic(quotes_said(text), code="chinese-quotes"))
        return ""
    near = f"是不是 {meant[text]}？" if meant and text in meant else nearest(text, known)
    hint = f"有：{'、'.join(known)}。{near}"
    reading.problems.append(node.diagnostic(f"没有“{text}”这种 {word}。", hint=hint, code="basis-word"))
    return ""


def _kinds(reading: OutlineReading, node: Node) -> tuple[str, ...]:
    return _listed(reading, node, "kinds", KINDS, _KIND_MEANT)


def _listed(
    reading: OutlineReading, node: Node, word: str, known: tuple[str, ...], meant: dict[str, str] | None = None
) -> tuple[str, ...]:
    """A list of words that are known."""
    if not isinstance(node, SequenceNode):
        reading.problems.append(node.diagnostic(f"{word} 下面一行写一个，行首写“- ”。", code="list-expected"))
        return ()
    return tuple(filter(None, (_one_of(reading, item, word, known, meant) for item in node.items)))
