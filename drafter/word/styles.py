"""The styles of a template put among those a Word document has."""

from drafter.template.styles import BODY, Template
from drafter.word import markup
from drafter.word.oxml import Element, parse, value_of, w


def with_our_styles(styles: Element, template: Template) -> dict[str, str]:
    """Put the template's styles into a base's, and say what ids they have there. One of the same name keeps its id, so
    that the base's own paragraphs still find it."""
    named = ((value_of(style, "name"), style) for style in styles.iterchildren(w("style")))
    there = {name: style for name, style in named if name is not None}
    taken = {style.get(w("styleId")) for style in there.values()}
    ids: dict[str, str] = {}
    for style in template.styles:
        if style.name in there:
            ids[style.role] = there[style.name].get(w("styleId"), "")
            continue
        style_id = style.style_id
        while style_id in taken:
            style_id += "x"
        taken.add(style_id)
        ids[style.role] = style_id
    elements = markup.style_elements(template.styles, template.style(BODY), ids, f' xmlns:w="{markup.W}"')
    for style in template.styles:
        new = parse(elements[style.role])
        if style.name in there:
            styles.replace(there[style.name], new)
        else:
            styles.append(new)
    return ids
