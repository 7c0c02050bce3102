"""A Block is one Word paragraph: a role and spans. Readers end in Blocks, writers start from them."""

from __future__ import annotations

from typing import NamedTuple

from drafter.draft import Rich, plain


class Block(NamedTuple):
    """`role` is a style of the template (标题, 正文 …); a line break inside the paragraph is "\\n" in a span's text.
    `node` names the outline node it came from, "" for what the template added itself."""

    role: str
    spans: Rich
    node: str = ""

    @property
    def text(self) -> str:
        """The words alone."""
        return plain(self.spans)
