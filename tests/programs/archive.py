"""An archive of old speeches turned into outlines, each proved: with its answers it gives the speech back."""

from pathlib import Path

import drafter


def outlines_of(folder: Path, into: Path) -> dict[str, str]:
    """The outlines written, and why others were not."""
    told: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        try:
            found = drafter.extract(path)
            again = drafter.new(found.text, found.answers, to="txt").data.decode()
        except drafter.Rejected as no:
            told[path.name] = no.code
            continue
        (into / f"{path.stem}.yaml").write_text(found.text, encoding="utf-8")
        told[path.name] = f"{len(found.answers)} 个空，{len(again)} 字"
    return told
