"""Who does the work of many files: the cores of this machine, or a cluster's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from drafter.cli.print import say_remarks
from drafter.diagnostic import Diagnostic, Rejected

if TYPE_CHECKING:
    from concurrent.futures import Executor


@contextmanager
def hands(cluster: str, jobs: int = 0) -> "Iterator[Executor | None]":
    """What gives work to the cluster at an address, None for "": this machine does it. Raises Rejected."""
    if not cluster:
        yield None
        return
    if jobs:
        raise Rejected(Diagnostic("--jobs 说的是这台电脑，--cluster 说的是别的电脑，只写一个。", code="options-apart"))
    from drafter.commands.cluster import connected

    with connected(cluster) as found:
        say_remarks(found.remarks)
        yield found.executor
