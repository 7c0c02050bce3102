"""The paragraphs of a text in the roles of a template, word for word: what a .txt is set by."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.speech.block import Block
from drafter.speech.draft import Draft, Item, Span, plain, stop_of
from drafter.speech.letterhead import SURE_KINDS, head_of
from drafter.speech.official import HEAD, cast
from drafter.speech.page import ParagraphLook
from drafter.speech.recognise import KIND_OF
from drafter.template.paper import PAPER_ROLES
from drafter.template.styles import BODY, TITLE, Template


def set_text(blocks: Sequence[Block], draft: Draft, template: Template) -> tuple[Block, ...]:
    """The paragraphs in the roles that the speech they were recognised as gives them, each with the words it has. A
    role the template does not have becomes 正文. Those of a paper with a head need the styles of
    `drafter.template.paper`."""
    roles, heads = _roles_of(draft)
    captions = {plain(rich) for rich in (draft.dateline, draft.byline) if rich}
    known = PAPER_ROLES | {style.role for style in template.styles}
    framed = _framed(blocks)
    noise = {line.node for line in draft.left_out}
    out: list[Block] = []
    title = plain(draft.title)
    front = True
    for at, block in enumerate(blocks):
        text = block.text
        said = text.strip()
        if front and said and title.startswith(said):
            role, title = TITLE, title[len(said) :].lstrip()
        elif front and said in captions:
            role = "题注"
        elif front and said and block.node in noise:
            role = ""  # what stands around a title leaves it one
        else:
            if front and out:
                out.append(Block("空行", ()))
            front = False
            role = roles.get(block.node, "")
        role = framed.get(at, role)
        rank, length = heads.get(block.node, ("", 0))
        spans = (
            (Span(text[:length], rank), Span(text[length:]))
            if 0 < length < len(text) and rank in known
            else (Span(text),)
        )
        out.append(Block(role if role in known else BODY, spans if text else (), block.node))
    return tuple(out)


def _framed(blocks: Sequence[Block]) -> dict[int, str]:
    """What an official paper with a head has that a speech has not, by the numbers of its blocks; nothing where there is
    no head. The head's own lines, whose looks nobody knows, stand in the middle."""
    worded = [at for at, block in enumerate(blocks) if block.text.strip()]
    if not SURE_KINDS & set(head_of([blocks[at].text for at in worded]).values()):
        return {}
    bare = [blocks[at]._replace(role=BODY) for at in worded]
    no = [False] * len(worded)
    casts = cast(bare, [ParagraphLook()] * len(worded), no, no, no)
    wanted = PAPER_ROLES | {TITLE, "称谓", "落款"}
    out = {}
    for at, one in zip(worded, casts, strict=True):
        if one.role in wanted:
            out[at] = one.role
        elif not one.role:
            out[at] = "居中" if one.why.startswith(HEAD) else BODY
    return out


def _roles_of(draft: Draft) -> tuple[dict[str, str], dict[str, tuple[str, int]]]:
    """The roles of paragraphs by their nodes, and of those that begin with a heading its role and length."""
    role_of = {kind: role for role, kind in KIND_OF.items()}
    roles: dict[str, str] = {}
    heads: dict[str, tuple[str, int]] = {}

    def of(items: Sequence[Item]) -> None:
        for item in items:
            rank = "一二三四"[min(item.level, 4) - 1]
            roles[item.node] = f"{rank}级标题" if item.own_line else "要求"
            heading = plain(item.heading)
            if heading and not item.own_line:
                heads[item.node] = (f"{rank}级段首句", len(item.label + heading + stop_of(heading)))
            roles.update({p.node: "要求" for p in item.paragraphs if p.node not in roles})
            of(item.items)

    for part in draft.parts:
        roles |= {p.node: role_of.get(part.kind, "正文") for p in part.paragraphs if p.node}
        of(part.items)
    return roles, heads
