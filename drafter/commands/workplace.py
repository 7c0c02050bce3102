"""The folder a user works in who does not choose one by going there: what doors without a terminal start in."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf

#: The folder within the user's documents, and in it the one for what is kept for him.
NAME = "起草台"
KEPT = "存稿"


def workplace(said: str = "") -> Path:
    """The folder somebody names, else the usual one in the user's documents, or, where nothing may be written there (Windows can
    lock documents against programs it does not know), in drafter's own; made where it is not there, with the one for what is
    kept. Raises Rejected where nothing can be kept in it."""
    folders = (Path(said),) if said else (shelf.documents_home() / NAME, shelf.user_home() / NAME)
    refused: list[Diagnostic] = []
    for folder in folders:
        try:
            _tried(folder / KEPT)
            return folder.absolute()
        except OSError as error:
            message = f"这个文件夹里写不进东西（{error.strerror}）。"
            hint = "换一个自己能写的文件夹：drafter desk --folder 文件夹"
            refused.append(Diagnostic(message, Place(str(folder)), hint, code="desk-folder"))
    raise Rejected(*refused[:1])


@contextmanager
def within(folders: Sequence[Path]) -> Iterator[None]:
    """Outlines and templates named by a path lie in these folders or on a shelf, whoever names them."""
    with shelf.confined(folders):
        yield


def _tried(folder: Path) -> None:
    """Make a folder and write in it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    trial = folder / f".{os.getpid()}"
    trial.touch()
    trial.unlink()
