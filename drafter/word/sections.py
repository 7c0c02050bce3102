"""The sections of a Word document set by a template: their paper, and the numbers of their pages."""

from collections.abc import Sequence

from drafter.template.styles import BODY, FOOTER, Template, twips
from drafter.word import markup
from drafter.word.document import DocxFile
from drafter.word.looks import Looks, number_of
from drafter.word.oxml import (
    Element,
    P,
    SectionProperties,
    T,
    add_to,
    canonical,
    copied,
    create,
    parent_name,
    parse,
    take_out,
    value_of,
    w,
)
from drafter.word.page import is_numbered, says_number
from drafter.word.settings import give_even_pages, has_even_pages, is_on
from drafter.word.text import read

_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"


class Sections:
    """Those of one document. `looks` are its styles as they were, `footer_id` is the id its footers' style has in it;
    `across` counts the sections that lie across, which are left."""

    def __init__(self, file: DocxFile, template: Template, looks: Looks, footer_id: str) -> None:
        self.file = file
        self.template = template
        self.looks = looks
        self.footer_id = footer_id
        self.across = 0

    def _all(self) -> list[SectionProperties]:
        if self.file.body.find(w("sectPr")) is None:
            add_to(self.file.body, "sectPr")
        found = (s for s in self.file.body.iter(w("sectPr")) if parent_name(s) in (w("pPr"), w("body")))
        return [section for section in found if isinstance(section, SectionProperties)]

    def regrids(self) -> bool:
        """Whether the lines of some section would stand in another grid than they do: what is left as it is would grow
        with it."""
        pitch = str(twips(self.template.style(BODY).line_pt))
        grids = (section.find(w("docGrid")) for section in self._all())
        return any(
            grid is None or grid.get(w("type")) != "lines" or grid.get(w("linePitch")) != pitch for grid in grids
        )

    def set_paper(self) -> bool:
        """Make the paper of every section the template's, but of those that lie across; whether that changed
        anything."""
        pitch = twips(self.template.style(BODY).line_pt)
        fresh = next(parse(markup.document("", self.template.page, pitch).encode()).iter(w("sectPr")))
        changed = False
        for section in self._all():
            wide, high = (number_of(value_of(section, "pgSz", side)) or 0 for side in "wh")
            if wide > high:
                self.across += 1
                continue
            before = canonical(section)
            for name in ("pgSz", "pgMar", "docGrid"):
                there, wanted = section.find(w(name)), fresh.find(w(name))
                if wanted is None:
                    continue
                wanted = copied(wanted)
                if there is not None:
                    if name == "pgMar" and section.find(w("headerReference")) is not None:
                        wanted.set(w("header"), there.get(w("header"), wanted.get(w("header"), "")))
                    if name == "pgMar" and not self._numbers_are_ours():
                        wanted.set(w("footer"), there.get(w("footer"), wanted.get(w("footer"), "")))
                    take_out(there)
                section.put(wanted)
            changed = changed or canonical(section) != before
        return changed

    def _numbers_are_ours(self) -> bool:
        """Whether the footers are empty, or say the number as a template writes it."""
        styles = {self.template.style(FOOTER).name + where for where in ("单页", "双页", "居中")}
        names = {style.id for style in self.looks.styles.values() if style.name in styles}
        return all(_silent(root) or all(read(p).style in names for p in root.iter(P)) for root in self._footers())

    def _footers(self) -> list[Element]:
        found = [r.target for r in self.file.relations(self.file.main) if r.kind.endswith("/footer") and not r.external]
        return [self.file.tree(part) for part in dict.fromkeys(found) if part in self.file]

    def number_pages(self, covered: bool = False) -> bool:
        """Write the page's number as the template does, where there is none and no footer says anything else; and where
        there is one, on the pages that have a footer of their own and say nothing (首页不同, even pages). A first page
        that is a cover (`covered`) has none. Whether anything changed."""
        page = self.template.page
        if page.number == "none":
            return False
        if is_numbered(self.file):
            return self._number_the_others(covered)
        if not all(map(_silent, self._footers())):
            return False
        sections = self._all()
        for section in sections:
            section.remove_all("w:footerReference")
        folder = self.file.main.rpartition("/")[0]
        for pages, style_id in markup.footers_of(page):
            part = self.file.free(f"{folder}/footer%d.xml".lstrip("/"))
            self.file.put(part, markup.footer(self._footer_style(style_id)), _FOOTER_TYPE)
            self._refer(sections[0], pages, part)
        if covered:
            sections[0].get_or_add("titlePg").attrib.clear()
        if page.number == "outside":
            self._even_and_odd(sections)
        self._number_the_others(covered)
        return True

    def _refer(self, section: SectionProperties, pages: str, part: str) -> None:
        """Give some pages of a section a footer."""
        reference = create("footerReference", {"type": pages})
        reference.set(f"{{{markup.RELATIONSHIP}}}id", self.file.relate(self.file.main, "footer", part))
        section.put(reference)

    def _number_the_others(self, covered: bool) -> bool:
        """Where a section's pages are numbered by their footer, number its first and its even pages so too, and a later
        section goes on; whether that changed anything."""
        parts = {r.id: r.target for r in self.file.relations(self.file.main) if r.kind.endswith("/footer")}
        even = has_even_pages(self.file)
        shown: dict[str, str] = {}
        changed = False
        for at, section in enumerate(self._all()):
            own = {
                reference.get(w("type"), "default"): reference
                for reference in section.iterchildren(w("footerReference"))
            }
            for pages, reference in own.items():
                part = parts.get(reference.get(f"{{{markup.RELATIONSHIP}}}id", ""), "")
                if pages == "default" and self._numbers(shown.get(pages, "")) and self._says_nothing(part):
                    take_out(reference)
                    changed = True
                else:
                    shown[pages] = part
            usual = shown.get("default", "")
            if not self._numbers(usual):
                continue
            first = is_on(section.find(w("titlePg"))) and not (covered and at == 0)
            for pages in ("first",) * first + ("even",) * even:
                if self._says_nothing(shown.get(pages, "")):
                    if pages in own:
                        take_out(own[pages])
                    self._refer(section, pages, usual)
                    shown[pages] = usual
                    changed = True
        return changed

    def _numbers(self, part: str) -> bool:
        return part in self.file and says_number(self.file.tree(part))

    def _says_nothing(self, part: str) -> bool:
        return part not in self.file or _silent(self.file.tree(part))

    def _footer_style(self, style_id: str) -> str:
        """The id in this file of a style of the footers, put in where it is missing."""
        part = self.file.target(self.file.main, "styles")
        tree = self.file.tree(part)
        footer = self.template.style(FOOTER)._replace(style_id=self.footer_id)
        made = (parse(text) for text in markup.footer_styles(self.template.page, footer, f' xmlns:w="{markup.W}"'))
        new = next(style for style in made if style.get(w("styleId")) == style_id)
        said = new.find(w("name"))
        name = said.get(w("val")) if said is not None else None
        for style in tree.findall(w("style")):
            called = style.find(w("name"))
            if called is not None and called.get(w("val")) == name:
                return str(style.get(w("styleId"), style_id))
        taken = {style.get(w("styleId")) for style in tree.findall(w("style"))}
        while style_id in taken:
            style_id += "x"
        new.set(w("styleId"), style_id)
        tree.append(new)
        self.file.touch(part)
        return style_id

    def _even_and_odd(self, sections: Sequence[SectionProperties]) -> None:
        """Let even pages have footers of their own; the headers go on as they were."""
        if not give_even_pages(self.file):
            return
        for section in sections:
            kinds: dict[str, Element] = {
                r.get(w("type"), "default"): r for r in section.iterchildren(w("headerReference"))
            }
            if "even" in kinds:
                take_out(kinds["even"])  # it was not shown until now
            if "default" in kinds:
                again = copied(kinds["default"])
                again.set(w("type"), "even")
                section.put(again)


def _silent(footer: Element) -> bool:
    """Whether a footer says nothing."""
    return (
        not any((node.text or "").strip() for node in footer.iter(T))
        and next(footer.iter(w("drawing"), w("pict"), w("fldChar"), w("fldSimple"), w("tbl")), None) is None
    )
