"""A notebook over a table of letters: a row a letter, all of them in one zip."""

import io
import zipfile
from collections.abc import Iterable, Mapping

import drafter

Row = Mapping[str, drafter.Answer]


def letters(outline: str, rows: Iterable[Row]) -> tuple[bytes, list[str]]:
    """The letters of the rows (`frame.to_dict("records")`; NaN is an empty cell), and what is wrong with the others."""
    packed, wrong = io.BytesIO(), list[str]()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, row in enumerate(rows, 2):
            try:
                letter = drafter.new(outline, row, strict=True)
            except drafter.Rejected as no:
                wrong.append(f"第 {number} 行：{no.diagnostics[0].message}")
            else:
                archive.writestr(f"{number:03}-{letter.name}", letter.data)
    return packed.getvalue(), wrong
