"""Outlines: what the YAML says, every node with its place; all problems at once."""

from collections.abc import Mapping

from drafter.diagnostic import WARNING, Diagnostic, Rejected
from drafter.outline.blank import OutlineText
from drafter.outline.lint import in_order
from drafter.outline.model import Base, Outline
from drafter.outline.names import declare
from drafter.outline.places import placed
from drafter.outline.read_fields import read_fields, read_numbering
from drafter.outline.read_parts import alone, read_passage, read_speech
from drafter.outline.reading import MAX_FILES as MAX_FILES
from drafter.outline.reading import Asker, OutlineReading, quotes_said, within_quotes
from drafter.outline.reading import Load as Load  # part of what `parse` is called with
from drafter.outline.yaml import Node, Scalar, Source

#: One of these stands in whatever looks like a blank and is none; what that is, `lookalikes` tells.
BRACKETS = "[{［｛〔〖「『<＜_＿×XＸ"

#: How far `extends` and `include` may lead from file to file.
MAX_CHAIN = 10


def _nowhere(word: str, name: str, asker: Source) -> Source:
    raise Rejected(Diagnostic(f"找不到 {name}。", code="record-damaged"))


def parse(source: Source, load: Load = _nowhere) -> tuple[Outline, tuple[Diagnostic, ...]]:
    """The outline and remarks on it (warnings). Raises Rejected with every problem where it cannot be used."""
    reading = OutlineReading(load)
    outline = _outline(reading, source, ())
    if outline is not None:
        declare(outline, reading.problems, frozenset(reading.misnamed))
    errors = [p for p in reading.problems if p.level != WARNING]
    if errors or outline is None:
        raise Rejected(*in_order(reading.problems))
    outline = outline._replace(fields=placed(outline))
    if reading.tables:
        from drafter.outline.standing import asked_where_used

        outline = asked_where_used(outline)
    if any(sign in text.text for text in reading.sources for sign in BRACKETS):
        from drafter.outline.lookalikes import remarks

        reading.problems += remarks(outline)
    return outline, tuple(in_order(reading.problems))


def sketch(source: Source, load: Load = _nowhere) -> Outline | None:
    """The outline as far as it can be told while it is being written, whatever is wrong with it; None where its YAML
    cannot be read at all."""
    try:
        return _outline(OutlineReading(load), source, ())
    except Rejected:
        return None


def _outline(reading: OutlineReading, source: Source, chain: tuple[str, ...]) -> Outline | None:
    """The outline of one file, with what it `extends` and includes. `chain` are the files that led to it."""
    tree = reading.tree(source, bool(chain))
    if tree is None:
        return None
    if "basis" in (key.text for key, _ in tree.entries) and tree.get("speech") is None:
        hint = "用在提纲里：- basis: 名称；看它会印出什么：drafter outlines basis 名称；检查它：drafter outlines check 文件"
        reading.problems.append(tree.diagnostic("这是依据表，不是提纲。", hint=hint, code="basis-not-speech"))
        return None
    keys = reading.keys(tree, "outline")
    base = _base(reading, keys["extends"], source, chain) if "extends" in keys else None
    from_base = base.outline if base else None
    asker = Asker(source, chain, {}, lambda node, asker: _included(reading, node, asker))
    fields = (dict(from_base.fields) if from_base else {}) | (
        read_fields(reading, keys["fields"]) if "fields" in keys else {}
    )
    speech = from_base.speech if from_base else ()
    passage = from_base.passage if from_base else None
    if "passage" in keys:
        if "speech" in keys:
            told = "passage 和 speech 只能写一种。"
            reading.problems.append(
                keys["passage"].diagnostic(told, hint="备选的段落写 passage，整篇讲话写 speech。", code="part-apart")
            )
        passage = read_passage(reading, keys["passage"])
        speech = (alone(passage),) if passage else ()
    elif "speech" in keys:
        speech = read_speech(reading, keys["speech"], asker, "speech")
    elif "extends" not in keys:
        reading.problems.append(
            tree.diagnostic("没有 speech，不知道要写些什么。", hint="speech: 下面一条一条写各个部分。", code="outline-without-speech")
        )
    for name, field in asker.included.items():
        fields.setdefault(name, field)

    def text(word: str) -> OutlineText | None:
        if word in keys:
            node = keys[word]
            bare = within_quotes(node.text) if isinstance(node, Scalar) else None
            if isinstance(node, Scalar) and bare and not set("“”‘’「」『』") & set(bare):
                problem = node.diagnostic(quotes_said(node.text), level=WARNING, code="chinese-quotes")
                reading.problems.append(problem)
            return reading.one_text(keys[word], word, word)
        return getattr(from_base, word) if from_base else None

    def said(word: str) -> str:
        if word in keys:
            return reading.words(keys[word], word)
        return getattr(from_base, word) if from_base else ""

    first = keys.get("dateline-first")
    return Outline(
        title=text("title"),
        dateline=text("dateline"),
        byline=text("byline"),
        about=said("about"),
        genre=said("genre"),
        numbering=read_numbering(reading, keys["numbering"])
        if "numbering" in keys
        else from_base.numbering
        if from_base
        else (),
        template=said("template"),
        fields=fields,
        speech=speech,
        source=source,
        sources=tuple(reading.sources),
        passage=passage,
        dateline_first=reading.yes(first, "dateline-first") if first else bool(from_base and from_base.dateline_first),
        base=base,
        also=_also(reading, keys, from_base),
    )


def _also(reading: OutlineReading, keys: Mapping[str, Node], base: Outline | None) -> tuple[str, ...]:
    """What else the occasion is called; what a base says where the file does not."""
    if "also" not in keys:
        return base.also if base else ()
    return tuple(dict.fromkeys(word for word in reading.list_of_words(keys["also"], "also") if word))


def _base(reading: OutlineReading, node: Node, source: Source, chain: tuple[str, ...]) -> Base | None:
    name = reading.words(node, "extends")
    other = _other(reading, name, node, source, chain, "extends")
    outline = _outline(reading, other, (*chain, source.file)) if other else None
    return Base(name, outline) if outline else None


def _included(reading: OutlineReading, node: Node, asker: Asker) -> Outline | None:
    """The outline an `include` puts in, its fields told to the asker."""
    other = _other(reading, reading.words(node, "include"), node, asker.source, asker.chain, "include")
    inner = _outline(reading, other, (*asker.chain, asker.source.file)) if other else None
    if inner:
        asker.included.update(inner.fields)
    return inner


def _other(
    reading: OutlineReading, name: str, node: Node, source: Source, chain: tuple[str, ...], word: str
) -> Source | None:
    """The file an `extends` or `include` means, None (and a problem) where there is none or it leads in a circle."""
    if not name:
        return None
    try:
        other = reading.load(word, name, source)
    except Rejected as error:
        why = error.diagnostics[0]
        reading.problems.append(node.diagnostic(why.message, length=len(name), hint=why.hint, code=why.code))
        return None
    if other.file in (*chain, source.file) or len(chain) >= MAX_CHAIN:
        reading.problems.append(node.diagnostic(f"{name} 又绕回到自己了，或者套得太深。", length=len(name), code="outline-circle"))
        return None
    return other
