"""The pages: one file a place, each with its `ROUTES`."""

from importlib import import_module

from starlette.routing import BaseRoute

#: Every file of pages, in the order their addresses are tried.
PAGES = (
    "home",
    "waiting",
    "back",
    "paper",
    "update",
    "pull",
    "merge",
    "collect",
    "choose",
    "editor",
    "shelf_from",
    "shelf",
    "margin",
    "check",
    "compare",
    "finish",
    "format",
    "write",
    "old",
    "old_renew",
    "requirements",
    "more",
    "old_extract",
    "old_learn",
    "batch",
    "batch_written",
)


def routes() -> list[BaseRoute]:
    """The addresses of all pages."""
    return [route for name in PAGES for route in import_module(f"{__name__}.{name}").ROUTES]
