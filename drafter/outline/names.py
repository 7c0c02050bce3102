"""Every name used in an outline must be a field, or what an enclosing `each` calls its entry."""

from collections.abc import Iterable

from drafter.diagnostic import Diagnostic, closest
from drafter.outline.blank import Blank, OutlineText
from drafter.outline.field import Field
from drafter.outline.lint import at_field
from drafter.outline.model import COMPUTED, Condition, Each, Outline, Requirement, Section
from drafter.outline.yaml import Scalar

#: Fields with a `pattern`, each of which may take a while (see `drafter.outline.field.PATTERN_TIMEOUT_S`).
MAX_PATTERNS = 30


def declare(outline: Outline, problems: list[Diagnostic], misnamed: frozenset[str] = frozenset()) -> None:
    """Every name used must be a field, or what an enclosing `each` calls its entry; those `misnamed` are told already."""
    fields = outline.fields
    part_of_another = outline.title is None or outline.passage is not None
    counted = part_of_another or any(has_list(section) for section in outline.speech)
    scope = misnamed.union(name for name in COMPUTED if counted and name not in fields)
    for text in (outline.title, outline.dateline, outline.byline):
        if text is not None:
            _declared(problems, text, fields, scope)
    for field in fields.values():
        if field.when:
            _asked(problems, field.when, fields, frozenset())
        if field.vary and (field.vary not in fields or field.vary == field.name):
            told = f"【{field.name}】的 vary 里有不认识的名称“{field.vary}”。"
            hint = _known(field.vary, fields)
            if field.vary == field.name:
                told = f"【{field.name}】不能照它自己的回答定。"
                hint = "vary 后面写别的空，例如 vary: 会议名称。"
            problems.append(at_field(outline, field, told, hint, code="name-unknown"))
    patterned = [field for field in fields.values() if field.pattern]
    for field in patterned[MAX_PATTERNS:]:
        problems.append(at_field(outline, field, f"最多 {MAX_PATTERNS} 个空可以有 pattern。", "", code="outline-too-large"))
    for section in outline.speech:
        _section_names(problems, outline, section, scope)


def has_list(section: Section) -> bool:
    """Whether requirements stand in a part or in what it includes."""
    return bool(section.items) or any(has_list(inner) for inner in section.sections)


def _section_names(problems: list[Diagnostic], outline: Outline, section: Section, scope: frozenset[str]) -> None:
    scope = _scope(problems, outline, section.when, section.each, scope, has_list(section))
    for text in section.texts:
        _declared(problems, text, outline.fields, scope)
    for item in section.items:
        _requirement_names(problems, outline, item, scope)
    for inner in section.sections:
        _section_names(problems, outline, inner, scope)


def _requirement_names(problems: list[Diagnostic], outline: Outline, item: Requirement, scope: frozenset[str]) -> None:
    scope = _scope(problems, outline, item.when, item.each, scope, counted=True)
    for text in (*((item.heading,) if item.heading else ()), *item.texts):
        _declared(problems, text, outline.fields, scope)
    for point in item.points:
        if isinstance(point, OutlineText):
            _declared(problems, point, outline.fields, scope)
        else:
            _requirement_names(problems, outline, point, scope)


def _scope(
    problems: list[Diagnostic],
    outline: Outline,
    when: Condition | None,
    each: Each | None,
    scope: frozenset[str],
    counted: bool,
) -> frozenset[str]:
    """The names known inside a part with this `when` and `each`. `counted`: the part is, or holds, what 【条数】 counts;
    whether it stands cannot be asked of the number."""
    asked = scope.difference(COMPUTED) if counted else scope
    if each:
        field = outline.fields.get(each.field)
        if each.field == "要点" and "要点" in asked and field is None:
            pass
        elif field is None or field.type != "list":
            at = each.scalar.text.index(each.field)
            if field is None:
                told, hint = f"each 里有不认识的名称“{each.field}”。", _known(each.field, outline.fields)
            else:
                told, hint = f"each 里的“{each.field}”不是 list。", f"在 fields 里给 {each.field} 写上 type: list。"
            _blame(problems, each.scalar, told, hint, at, len(each.field))
        scope = scope | {each.name}
        asked = asked | {each.name}
    if when:
        _asked(problems, when, outline.fields, asked)
    return scope


def _asked(problems: list[Diagnostic], when: Condition, fields: dict[str, Field], scope: frozenset[str]) -> None:
    strange = [name for name in when.names if name not in fields and name not in scope and name not in COMPUTED]
    if strange:
        from drafter.outline.expression_slips import unknown

        said = unknown(when.scalar.text, strange, fields)
        if said:
            hint = said.hint.replace("写成：", "写成 when: ")
            _blame(problems, when.scalar, said.message, hint, said.offset, said.length)
            return
    for name in when.names:
        if name not in fields and name not in scope and name in COMPUTED:
            told = f"这个 when 里不能问【{name}】：它是从分条的要求里数出来的。"
            _blame(problems, when.scalar, told, "写在引出要求的话、结尾那样的部分上；要不要一条要求，用一个问题来定。")
        elif name not in fields and name not in scope:
            at = max(0, when.scalar.text.find(name))
            _blame(problems, when.scalar, f"when 里有不认识的名称“{name}”。", _known(name, fields), at, len(name))


def _blame(
    problems: list[Diagnostic], scalar: Scalar, message: str, hint: str, offset: int = 0, length: int = 0
) -> None:
    problems.append(scalar.diagnostic(message, offset, length, hint, code="name-unknown"))


def _declared(problems: list[Diagnostic], text: OutlineText, fields: dict[str, Field], scope: frozenset[str]) -> None:
    for piece in text.pieces:
        if isinstance(piece, Blank):
            strange = [n for n in piece.expression.names if n not in fields and n not in scope and n not in COMPUTED]
            if strange and not piece.name:
                from drafter.outline.expression_slips import unknown

                if said := unknown(piece.source, strange, fields):
                    hint = said.hint.replace("写成：", "写成【") + "】"
                    _blame(problems, text.scalar, said.message, hint, piece.offset + 1 + said.offset, said.length)
                    continue
            for name in piece.expression.names:
                if name not in fields and name not in scope:
                    known = _known(name, [*fields, *scope]) if name not in COMPUTED else _NOTHING
                    _blame(problems, text.scalar, f"不认识的空【{name}】。", known, piece.offset, len(piece.source) + 2)


_NOTHING = "条数、要点是从分条的要求（requirements）里数出来的，这份提纲没有。有别的列举要说，在 fields 里写上一个空。"


def _known(name: str, known: Iterable[str]) -> str:
    names = [n for n in known if n not in COMPUTED]
    if name not in COMPUTED and any(word in name for word in (*COMPUTED, "点数", "项数")):
        return "要说分条的要求有几条，写【条数】；说各条的小标题，写【要点】。"
    if not names:
        return "fields 里还没有任何空；先在 fields 下面写上它。"
    found = closest(name, names)
    shown = "、".join(names[:12]) + (" 等" if len(names) > 12 else "")
    return f"fields 里有：{shown}。" + (f"是不是【{found}】？" if found else "")
