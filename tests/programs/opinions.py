"""Opinions asked for by mail: the attachments put into one Word file, with the table of opinions."""

from collections.abc import Mapping

import drafter


def gathered(sent: bytes, came: Mapping[str, bytes]) -> tuple[bytes, bytes, list[str]]:
    """The merged text, the table, and what each department wishes. `came` is by department."""
    copies = [drafter.File(data, f"{name}.docx") for name, data in came.items()]
    done = drafter.merge(drafter.File(sent, "送审稿.docx"), copies, names=list(came), table=True)
    merged, table = done.unsaved.values()
    return merged, table, [f"{'、'.join(row.names)}：{row.wanted}" for row in done.opinions]
