"""Whether a .docx is whole, where neither the schema nor the Open XML SDK looks: numbers, pairs, parts, order, what controls
need. A finding is a kind and a place; files that writers hand in may have some, an update may add none."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any

from edits import CONTENT, MC, PPR, REL, RPR, SDT, W14, WP, P, R, T, w
from lxml import etree

SDTPR = "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex"
ORDER = {w("pPr"): PPR.split(), w("rPr"): RPR.split(), w("sdtPr"): SDTPR.split()}
KINDS = frozenset(["equation", "comboBox", "date", "docPartObj", "docPartList", "dropDownList", "picture", "richText", "text", "citation", "group", "bibliography"])
PAIRED = ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange", "customXmlMoveFromRange", "customXmlMoveToRange")
TEXT = (T, w("delText"), w("instrText"), w("delInstrText"))


def findings(data: bytes) -> Counter[str]:
    """What is wrong with a file, by kind; in brackets which."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
        doubled = [name for name, n in Counter(package.namelist()).items() if n > 1]
    trees = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    document = trees["word/document.xml"]
    out: Counter[str] = Counter(f"member twice [{name}]" for name in doubled)
    out.update(_package(parts, trees))
    out.update(_order(document))
    out.update(_numbers(document))
    out.update(_pairs(document))
    out.update(_notes(document, trees))
    out.update(_changes(document))
    out.update(_structure(document))
    out.update(_controls(document, trees))
    out.update(_styles(document, trees["word/styles.xml"]))
    return out


def _package(parts: dict[str, bytes], trees: dict[str, Any]) -> Iterator[str]:
    types = {row.get("PartName", "").lower() for row in trees["[Content_Types].xml"]}
    endings = {row.get("Extension", "").lower() for row in trees["[Content_Types].xml"]}
    for name in types - {""}:
        if name.lstrip("/") not in {part.lower() for part in parts}:
            yield f"type without part [{name}]"
    reached = set()
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = dirname(dirname(name))
        ids = [row.get("Id") for row in tree]
        if len(set(ids)) != len(ids):
            yield f"relation twice [{name}]"
        for row in tree:
            if row.get("TargetMode") == "External":
                continue
            target = normpath(join("/" + folder, row.get("Target"))).lstrip("/")
            reached.add(target)
            if target not in parts:
                yield f"relation to nothing [{target}]"
    for name in parts:
        if name == "[Content_Types].xml" or name.endswith(".rels"):
            continue
        if name not in reached:
            yield f"part without relation [{name}]"
        if f"/{name}".lower() not in types and name.rpartition(".")[2].lower() not in endings:
            yield f"part without type [{name}]"
    known = {row.get("Id") for row in trees["word/_rels/document.xml.rels"]}
    for node in trees["word/document.xml"].iter():
        for key, value in node.attrib.items():
            if key.startswith(f"{{{REL}}}") and value not in known:
                yield "id of no relation"


def _order(document: Any) -> Iterator[str]:
    for node in document.iter(*ORDER):
        names, last, seen = ORDER[node.tag], -1, set()
        for child in node:
            name = etree.QName(child).localname
            if etree.QName(child).namespace != etree.QName(node).namespace:
                continue
            at = len(names) if node.tag == w("sdtPr") and name in KINDS else names.index(name) if name in names else None
            if at is None:
                yield f"child not allowed [{name}]"
                continue
            if at < last:
                yield f"children out of order [{name}]"
            if name in seen or (at == last == len(names)):
                yield f"child twice [{name}]"
            seen.add(name)
            last = at


def _twice(values: list[Any], kind: str) -> Iterator[str]:
    for value, n in Counter(v for v in values if v is not None).items():
        if n > 1:
            yield from [f"{kind} twice"] * (n - 1)
            del value


def _numbers(document: Any) -> Iterator[str]:
    yield from _twice([n.get(w("name")).lower() for n in document.iter(w("bookmarkStart"))], "bookmark name")
    yield from _twice([n.get(w("val")) for n in document.iter(w("id")) if n.getparent().tag == w("sdtPr")], "number of a control")
    yield from _twice([n.get(f"{{{W14}}}paraId") for n in document.iter(P)], "number of a paragraph")
    yield from _twice([n.get("id") for n in document.iter(f"{{{WP}}}docPr")], "number of a picture")
    for kind in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "permStart", "permEnd"):
        yield from _twice([n.get(w("id")) for n in document.iter(w(kind))], kind)


def _pairs(document: Any) -> Iterator[str]:
    """What begins and ends: both there, in order; fields nested rightly."""
    places = {node: at for at, node in enumerate(document.iter())}
    for kind in PAIRED:
        starts = {n.get(w("id")): n for n in document.iter(w(f"{kind}Start"))}
        ends = {n.get(w("id")): n for n in document.iter(w(f"{kind}End"))}
        yield from [f"{kind} without its other end"] * len(starts.keys() ^ ends.keys())
        for number in starts.keys() & ends.keys():
            if places[starts[number]] > places[ends[number]]:
                yield f"{kind} ends before it begins"
    depth: list[str] = []
    for node in document.iter(w("fldChar"), w("instrText")):
        kind = node.get(w("fldCharType"), "code")
        if kind == "begin":
            depth.append(kind)
        elif not depth:
            yield "field out of order"
        elif kind == "end":
            depth.pop()
        elif kind == "separate":
            depth[-1] = kind
    yield from ["field without an end"] * len(depth)


def _notes(document: Any, trees: dict[str, Any]) -> Iterator[str]:
    for kind in ("comment", "footnote", "endnote"):
        part = trees.get(f"word/{kind}s.xml")
        there = [n.get(w("id")) for n in part if n.get(w("type")) is None] if part is not None else []
        called = [n.get(w("id")) for n in document.iter(w(f"{kind}Reference"))]
        yield from _twice(there, f"number of a {kind}")
        yield from [f"{kind} called that is not there"] * len(set(called) - set(there))
        yield from [f"{kind} never called"] * len(set(there) - set(called))


def _changes(document: Any) -> Iterator[str]:
    for node in document.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")):
        if node.getparent().tag not in (w("rPr"), w("trPr")) and not node.get(w("author")):
            yield "change without author"
        if node.getparent().tag == node.tag or (node.tag == w("ins") and node.getparent().tag == w("del")):
            yield "change in a change"
    for node in document.iter(w("del")):
        yield from ["shown words in a deletion" for _ in node.iter(T) if next(_.iterancestors(P)) is next(node.iterancestors(P), None)]
    for node in document.iter(w("delText")):
        if not any(a.tag in (w("del"), w("moveFrom")) for a in node.iterancestors()):
            yield "deleted words outside of a deletion"


def _structure(document: Any) -> Iterator[str]:
    for node in document.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag not in TEXT and node.tag.startswith("{http://schemas.openxmlformats.org/wordprocessingml") and ((node.text or "").strip() or any((c.tail or "").strip() for c in node)):
            yield "words outside of runs"
        for prefix in (node.get(f"{{{MC}}}Ignorable") or "").split():
            if prefix not in node.nsmap:
                yield f"prefix not declared [{prefix}]"
    for node in document.iter(T, w("delText")):
        said = node.text or ""
        if said != said.strip() and node.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            yield "blank lost"
        if re.search(r"[\n\r\t]", said):
            yield "raw break"
    for node in document.iter(w("tc")):
        kids = [c for c in node if c.tag != w("bookmarkEnd")]
        if not kids or kids[-1].tag not in (P, SDT):
            yield "cell without a paragraph at its end"
    for node in document.iter(P):
        if node.getparent().tag in (P, R, w("hyperlink"), w("ins"), w("del")):
            yield "paragraph in a paragraph"
    for node in document.iter(R):
        if node.getparent().tag in (w("body"), w("tc"), R, w("txbxContent")):
            yield "run outside of a paragraph"
    body = document.find(w("body"))
    if any(child.tag == w("sectPr") for child in list(body)[:-1]):
        yield "section not last"


def _controls(document: Any, trees: dict[str, Any]) -> Iterator[str]:
    glossary = trees.get("word/glossary/document.xml")
    prompts = {n.find(w("name")).get(w("val")) for n in glossary.iter(w("docPartPr"))} if glossary is not None else set()
    stores = {}
    for name, tree in trees.items():
        item = tree.get("{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID")
        if item:
            stores[item.upper()] = trees.get(name.replace("itemProps", "item"))
    for control in document.iter(SDT):
        properties, content = control.find(w("sdtPr")), control.find(CONTENT)
        if content is None:
            yield "control without content"
            continue
        inline = any(a.tag == P and not any(b.tag == w("txbxContent") and a in b.iterancestors() for b in control.iterancestors()) for a in control.iterancestors())
        if inline and content.find(P) is not None:
            yield "paragraph in a control of words"
        if not inline and content.find(R) is not None:
            yield "run in a control of paragraphs"
        if properties is None:
            continue
        for tag in ("tag", "alias"):
            found = properties.find(w(tag))
            if found is not None and len(found.get(w("val"), "")) > 64:
                yield f"{tag} of a control too long"
        prompt = properties.find(f"{w('placeholder')}/{w('docPart')}")
        if prompt is not None and prompt.get(w("val")) not in prompts:
            yield f"placeholder that is not in the glossary [{prompt.get(w('val'))}]"
        yield from _binding(properties, content, stores)


def _binding(properties: Any, content: Any, stores: dict[str, Any]) -> Iterator[str]:
    binding = properties.find(w("dataBinding"))
    if binding is None:
        return
    tree = stores.get((binding.get(w("storeItemID")) or "").upper())
    if tree is None:
        yield "binding to no store"
        return
    names = dict(re.findall(r"xmlns:(\w+)\s*=\s*[\"']([^\"']*)[\"']", binding.get(w("prefixMappings")) or ""))
    found = tree.xpath(binding.get(w("xpath")), namespaces=names or None)
    if len(found) != 1:
        yield f"binding to nothing [{binding.get(w('xpath'))}]"
    elif properties.find(w("text")) is not None and properties.find(w("showingPlcHdr")) is None:
        said = "".join("\n" if n.tag == w("br") else "\t" if n.tag == w("tab") else n.text or "" for n in content.iter(T, w("br"), w("tab")))
        if said != (found[0].text or ""):
            yield "binding to something else than what is shown"


def _styles(document: Any, styles: Any) -> Iterator[str]:
    known = {n.get(w("styleId")) for n in styles.iter(w("style"))}
    for node in document.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
        if node.get(w("val")) not in known:
            yield f"style not defined [{node.get(w('val'))}]"
