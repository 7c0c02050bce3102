"""Workers on other machines: a scheduler of Dask's that somebody has started, and what has to be true of its workers.

They need drafter, of this version and under the same Python, and nothing else: no shared folder, no settings. Dask runs
whatever whoever reaches the scheduler's port gives it; `tls://` keeps strangers out (`drafter help many`). Nothing of it is
imported before a cluster is asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from drafter.diagnostic import ADVICE, WARNING, Diagnostic, Rejected
from drafter.startup import library_hushed

if TYPE_CHECKING:
    from concurrent.futures import Executor

#: The port a scheduler of Dask's has where nobody says another.
_PORT = 8786

#: Seconds the scheduler is waited for, and the first of its workers.
_WAIT_S = 5

#: The line that installs what is needed.
INSTALL = 'pip install "drafter[cluster]"'


class _Client(Protocol):
    """What drafter wants of Dask's Client, which does not say of all of it what it is."""

    @property
    def status(self) -> str: ...
    def get_executor(self, *, pure: bool) -> Executor: ...
    def nthreads(self) -> Mapping[str, int]: ...
    def wait_for_workers(self, n_workers: int, timeout: float) -> None: ...
    def run(self, function: Callable[[], object], *, on_error: str) -> Mapping[str, object]: ...
    def close(self, timeout: float) -> None: ...


class Cluster(NamedTuple):
    """Workers that were reached: what gives them work, and what there is to say of them."""

    executor: Executor
    client: _Client
    remarks: tuple[Diagnostic, ...] = ()

    def fallen(self) -> tuple[Diagnostic, ...]:
        """That the scheduler is gone, where it is."""
        if self.client.status == "running":
            return ()
        told = "和集群断了，没有做完的由这台电脑接着做完了。"
        return (Diagnostic(told, None, "看看调度器还在不在。", level=WARNING, code="cluster-fallen"),)

    def hands(self) -> int:
        """How many jobs they do at once, as it is now."""
        return sum(self.client.nthreads().values())


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at an address (tcp://主机, tcp://主机:8786, tls://…). Raises Rejected where there is nobody,
    or somebody who would not do the same as this machine."""
    client_of = _client_class()
    place = _meant(address)
    _knocked(address, place)
    with library_hushed("distributed", "tornado"):
        try:
            client = client_of(place, timeout=_WAIT_S, name="drafter", set_as_default=False)
        except Exception as error:
            raise _unreachable(address, place, str(error).split("\n")[0][:200] or repr(error)) from None
        try:
            told = tuple(fit(client, address))
            yield Cluster(client.get_executor(pure=False), client, told)
        finally:
            client.close(timeout=2)


def _client_class() -> Callable[..., _Client]:
    """Dask's client. Raises Rejected where it is not installed."""
    try:
        from distributed import Client
    except ImportError as error:
        told = "--cluster 要用 Dask（distributed），这里没有装" + ("。" if error.name == "distributed" else f"全：少了 {error.name}。")
        raise Rejected(Diagnostic(told, None, f"装上它：{INSTALL}", code="cluster-not-installed")) from None
    made: Callable[..., _Client] = Client  # type: ignore[assignment,unused-ignore]
    return made


def _meant(address: str) -> str:
    """The address as Dask wants it. Raises Rejected for what is none."""
    scheme, mark, rest = address.strip().partition("://")
    scheme, rest = (scheme.lower(), rest.rstrip("/")) if mark else ("tcp", address.strip().rstrip("/"))
    host, colon, port = rest.rpartition(":") if not rest.endswith("]") else (rest, "", "")
    if not colon:
        host, port = rest, str(_PORT)
    if scheme not in ("tcp", "tls") or not host or not port.isdecimal() or not 0 < int(port) < 1 << 16 or any(c in host for c in "/@ "):
        told = f"--cluster {address}：这不是调度器的地址。"
        raise Rejected(Diagnostic(told, None, "写成 tcp://主机:8786（加密的写 tls://主机:8786）。", code="cluster-address"))
    return f"{scheme}://{host}:{port}"


def _knocked(address: str, place: str) -> None:
    """Raises Rejected where nobody listens there: Dask itself would go on trying, and complain in many lines."""
    import socket

    host, _, port = place.partition("://")[2].rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_WAIT_S).close()
    except TimeoutError:
        raise _unreachable(address, place, f"等了 {_WAIT_S} 秒没有回音") from None
    except ConnectionRefusedError:
        raise _unreachable(address, place, "那台机器在，这个端口没有人听") from None
    except socket.gaierror:
        raise _unreachable(address, place, "没有叫这个名字的主机") from None
    except (OSError, UnicodeError) as error:
        raise _unreachable(address, place, str(getattr(error, "strerror", "") or error)) from None


def _unreachable(address: str, place: str, why: str) -> Rejected:
    told = f"--cluster {address}：没有连上 {place} 的调度器：{why}。"
    hint = "在那台机器上运行 dask scheduler，照它说的地址写；防火墙要放行这个端口。不用集群，就去掉 --cluster。"
    return Rejected(Diagnostic(told, None, hint, code="cluster-unreachable"), exit_code=1)


# ── who is there ───────────────────────────────────────────────────────────────────────────────────────────────────


class Versions(NamedTuple):
    """What must be the same here and there."""

    drafter: str
    python: str


def versions() -> Versions:
    """Those of the process this runs in. Workers are asked it by the name of this function."""
    from drafter import __version__

    return Versions(__version__, "{}.{}".format(*sys.version_info))


def fit(client: _Client, address: str) -> Iterator[Diagnostic]:
    """What there is to say of the workers. Raises Rejected where there are none, or where they are others than this."""
    try:
        client.wait_for_workers(1, timeout=_WAIT_S)
    except Exception:
        told = f"--cluster {address}：调度器在，等了 {_WAIT_S} 秒，还没有一个工作进程。"
        hint = f"在每台机器上运行：dask worker {_meant(address)} --nworkers -1 --nthreads 1"
        raise Rejected(Diagnostic(told, None, hint, code="cluster-empty"), exit_code=1) from None
    ours = versions()
    others: dict[str, list[str]] = {}
    for worker, theirs in client.run(versions, on_error="return").items():
        if theirs != ours:
            others.setdefault(_said_of(theirs), []).append(worker)
    if others:
        told = "；".join(f"{said}：{'、'.join(workers[:3])}{f' 等 {len(workers)} 个' if len(workers) > 3 else ''}" for said, workers in others.items())
        raise Rejected(
            Diagnostic(
                f"工作进程和这里的版本不一样，做出来的会不一样。这里是 drafter {ours.drafter}、Python {ours.python}；{told}。",
                None,
                f"在那些机器上装同一个版本（pip install \"drafter[cluster]=={ours.drafter}\"），再启动 dask worker。",
                code="cluster-versions",
            )
        )
    threads = client.nthreads()
    if any(number > 1 for number in threads.values()):
        told = f"有的工作进程开了几个线程（最多 {max(threads.values())} 个），drafter 在一个进程里一次只做一份，别的核闲着。"
        yield Diagnostic(told, None, "启动时写上：dask worker … --nworkers -1 --nthreads 1", level=ADVICE, code="cluster-threads")


def _said_of(theirs: object) -> str:
    """What a worker answered, in words."""
    if isinstance(theirs, Versions):
        return f"drafter {theirs.drafter}、Python {theirs.python}"
    if isinstance(theirs, ModuleNotFoundError):
        return "没有装 drafter，或者是不会这样用的旧版"
    return f"问不出版本（{theirs!r}）"[:200]
