"""The documents of a folder as one archive, to be sent on."""

import zipfile
from pathlib import Path


def packed(folder: Path, target: Path) -> int:
    """Write the archive: how many documents are in it. They are as they lie there now; those that Word keeps beside an open
    one are none."""
    files = sorted(path for path in folder.glob("*.docx") if path.is_file() and not path.name.startswith(("~$", ".")))
    beside = target.with_name(f"{target.name}.new")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:  # a .docx is compressed already
        for path in files:
            archive.write(path, path.name)
    beside.replace(target)
    return len(files)
