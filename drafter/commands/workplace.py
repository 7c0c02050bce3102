"""The folder a user works in who does not choose one by going there: what doors without a terminal start in."""

import os
from pathlib import Path

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf

#: The folder within the user's documents, and in it the one for what is kept for him.
NAME = "起草台"
KEPT = "存稿"


def workplace(said: str = "") -> Path:
    """The folder somebody names, else the usual one in the user's documents; made where it is not there, with the one for
    what is kept. Raises Rejected where nothing can be kept in it."""
    folder = Path(said) if said else shelf.documents_home() / NAME
    try:
        (folder / KEPT).mkdir(parents=True, exist_ok=True)
        trial = folder / KEPT / f".{os.getpid()}"
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise Rejected(
            Diagnostic(
                f"这个文件夹里写不进东西（{error.strerror}）。",
                Place(str(folder)),
                "换一个自己能写的文件夹：drafter desk --folder 文件夹",
                code="desk-folder",
            )
        ) from None
    return folder.absolute()
