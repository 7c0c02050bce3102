"""A form that is kept as it is typed, open in two tabs: what one of them has changed since the other looked is told there, before
anything of it is lost."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from drafter.desk.show import Sent, is_part, rendered
from drafter.desk.store import new_id

#: Fields of these forms beside their groups, as they are called on the page.
_FIELDS = {"year": "写给哪一年", "all_figures": "每个数字都问", "template": "版式", "outline": "顺便存的提纲", "figures": "数字", "keep_figures": "数字", "name": "名称", "about": "什么时候用", "genre": "哪一种稿子"}


class TabMark(NamedTuple):
    """What a page says of itself when its form is sent: which tab it is in, and what it knows of."""

    tab: str
    rev: str


def mark_of(kept: Mapping[str, Any], sent: Sent | None = None) -> TabMark:
    """The mark of a page that shows what is kept, or, where that was not kept, what it was sent with."""
    return TabMark(sent.text("tab"), sent.text("rev")) if sent else TabMark(new_id(), str(kept.get("rev", "")))


def changed_elsewhere(sent: Sent, kept: Mapping[str, Any]) -> bool:
    """Whether another tab has changed what is kept since this one looked, and nobody has said that this one counts."""
    return sent.text("rev") != kept.get("rev", "") and sent.text("tab") != kept.get("by", "") and "over" not in sent.data


def marked(sent: Sent, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept now: of this tab."""
    return {**typed, "rev": new_id(), "by": sent.text("tab")}


def not_the_same(kept: Mapping[str, Any], typed: Mapping[str, Any]) -> list[str]:
    """What the two have otherwise, by the names it has on the page."""
    found: dict[str, None] = {}
    for group in ("said", "decisions", "known"):
        one, other = kept.get(group) or {}, typed.get(group) or {}
        found |= dict.fromkeys(name for name in (*one, *other) if one.get(name) != other.get(name))
    for field, called in _FIELDS.items():
        if field in typed and (kept.get(field) or "") != (typed[field] or ""):
            found[called] = None
    return list(found)


async def told_elsewhere(request: Request, differing: Sequence[str], address: str, page: Callable[..., Awaitable[Response]]) -> Response:
    """What another tab has otherwise, told: a piece of the page to a script, or the whole `page` with what was sent."""
    told: dict[str, object] = {"differing": differing, "address": address}
    if is_part(request):
        return JSONResponse({"elsewhere": rendered(request, "_elsewhere.html", **told)})
    return await page(elsewhere=True, **told)
