"""Shelves fetched: the only place of drafter that goes online, and only when `drafter outlines sync` is told to.

Archives come by https, with the proxies and certificates of the system; repositories by the `git` of this machine, which is asked
for bytes and checks nothing out: no hook, no filter, no submodule runs, and nobody is asked for a password.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.outlines.content import (
    MOST_ALL,
    MOST_PACKED,
    MOST_SEEN,
    Content,
    ShelfEntry,
    of_archive,
    of_folder,
    short,
    taken,
    unsafe,
)
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.shelf import read_bytes
from drafter.outline.shelf.address import LOOPBACK, Address

if TYPE_CHECKING:
    import ssl
    import urllib.request
    from http.client import HTTPMessage
    from typing import IO

#: Seconds nobody answers, seconds it may take in all, and how often it is tried, after so many seconds.
SILENT_S, LONGEST_S = 20.0, 300.0
PAUSES_S = (1.0, 3.0)

#: How often one address may send to another.
MOST_SENT_ON = 5

#: What a repository may take on the disk while it is looked at (bytes), and what it may say.
MOST_REPOSITORY, MOST_SAID = 256 << 20, 16 << 20

#: Is told how far it is, in words.
Tell = Callable[[str], None]

_OFFLINE = "连上网再取；已经取过的照样能用。"


def fetch(where: Address, beside: Path, tell: Tell, commit: str = "") -> Content:
    """What is on a shelf now, or, of a repository, was at a commit. Paths are from the folder `beside`. Raises Rejected (exit code
    1 where nobody answers)."""
    if where.kind == "git":
        return _of_git(where, commit, tell)
    if where.kind == "zip":
        data = _downloaded(where, tell)
        if where.sha256:
            from hashlib import sha256

            if sha256(data).hexdigest() != where.sha256:
                raise Rejected(Diagnostic("取来的压缩包和地址里写的 sha256 不一样，没有用它。", None, "换了新的，就改地址里的 sha256；没有换，就问一问给书架的人。", code="shelf-content"))
        packed, entries = of_archive(data)
        with packed:
            return taken(entries, where.below)
    return _of_path(where, beside)


def _unreachable(message: str, hint: str = _OFFLINE) -> Rejected:
    return Rejected(Diagnostic(message, None, hint, code="shelf-unreachable"), exit_code=1)


# ── folders and shares ─────────────────────────────────────────────────────────────────────────────────────────────


def _of_path(where: Address, beside: Path) -> Content:
    if where.url.startswith("\\\\") and sys.platform != "win32":
        raise _unreachable(r"这台电脑不认 \\服务器\共享 这种写法。", "先把共享挂载成文件夹，写那个文件夹；已经取过的照样能用。")
    path = beside / os.path.expanduser(where.url)  # a ~ of nobody is a name like any other
    try:
        if os.path.isdir(path):
            return taken(of_folder(path))
        if not os.path.lexists(path):
            raise _unreachable(f"没有这个文件夹或者文件：{short(str(path))}", "看看地址；是共享的，看看连上没有。已经取过的照样能用。")
        packed, entries = of_archive(read_bytes(path, MOST_PACKED))
        with packed:
            return taken(entries)
    except OSError as error:
        raise _unreachable(f"读不了：{short(str(path))}（{error.strerror or error}）。") from None


# ── https ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _downloaded(where: Address, tell: Tell) -> bytes:
    """The bytes of an archive. What fails for a moment is tried again."""
    end = time.monotonic() + LONGEST_S
    for pause in (*PAUSES_S, None):
        try:
            return _download(where, tell, end)
        except _Passing as passing:
            if pause is None or time.monotonic() + pause > end:
                raise _unreachable(passing.message, passing.hint) from None
            tell(f"{passing.message.rstrip('。')}，过一会儿再试")
            time.sleep(pause)
    raise AssertionError


class _Passing(Exception):
    """What may be otherwise in a moment."""

    def __init__(self, message: str, hint: str = _OFFLINE) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def _download(where: Address, tell: Tell, end: float) -> bytes:
    import http.client
    import urllib.error
    import urllib.request
    from urllib.parse import quote

    from drafter import __version__

    url = quote(where.url, safe=":/?&=%@[]+,;~!$'()*-._")
    request = urllib.request.Request(url, headers={"User-Agent": f"drafter/{__version__}", "Accept": "application/zip, */*"})
    name = where.url.rpartition("/")[2]
    try:
        with _opener(where).open(request, timeout=SILENT_S) as answer:
            said = answer.headers.get("Content-Length", "")
            whole = int(said) if said.isdecimal() else 0
            if whole > MOST_PACKED:
                raise unsafe(f"压缩包太大，最多 {MOST_PACKED >> 20} MB。", "分成几个书架。")
            got = bytearray()
            while piece := answer.read1(1 << 16):  # what has come, however little
                got += piece
                tell(f"{name}：{len(got) / (1 << 20):.1f}" + (f"/{whole / (1 << 20):.1f} MB" if whole else " MB"))
                if len(got) > MOST_PACKED:
                    raise unsafe(f"压缩包太大，最多 {MOST_PACKED >> 20} MB。", "分成几个书架。")
                if time.monotonic() > end:
                    raise _unreachable(f"{LONGEST_S:.0f} 秒还没有取完。", "网太慢，或者对方故意拖着；换个时候再取。已经取过的照样能用。")
            if whole and len(got) < whole:
                raise _Passing("没有取完就断了。")
            return bytes(got)
    except urllib.error.HTTPError as error:
        error.close()
        if 300 <= error.code < 400:
            raise unsafe("对方要转到不该去的地方，或者转来转去。", "请问一问给书架的人；知道直接的地址，就写那个地址。") from None
        if error.code in (429, 500, 502, 503, 504):
            raise _Passing(f"对方这时候答不了（{error.code}）。", "过一会儿再取；已经取过的照样能用。") from None
        if error.code == 407:
            raise _unreachable(*_PROXY_LOGIN) from None
        if error.code in (401, 403):
            raise _unreachable(f"对方不让取（{error.code}）。", "要登录才能取的，换成 git+https:// 或者共享文件夹；已经取过的照样能用。") from None
        raise _unreachable(f"没有取到（{error.code}）。", "看看地址；已经取过的照样能用。") from None
    except urllib.error.URLError as error:
        raise _not_connected(where, error.reason) from None
    except (OSError, http.client.HTTPException) as error:
        raise _not_connected(where, error) from None
    except ValueError as error:
        raise _unreachable(f"没有取到（{error}）。", "看看地址。") from None


_PROXY_LOGIN = ("代理要登录（407）。", "在环境变量 https_proxy、http_proxy 里写上代理的用户名和密码：http://用户:密码@代理:端口；已经取过的照样能用。")


def _not_connected(where: Address, reason: object) -> Exception:
    """Why there is no connection, and whether there may be one in a moment."""
    import ssl

    proxy = _proxy_of(where)
    tunnel = re.match(r"Tunnel connection failed: (\d+)", str(reason))
    if tunnel and tunnel[1] == "407":
        return _unreachable(*_PROXY_LOGIN)
    if tunnel:
        return _unreachable(f"代理 {proxy} 不让连 {where.host}（{tunnel[1]}）。", "请管理员放行，或者在 no_proxy 里写上不走代理的服务器；已经取过的照样能用。")
    if proxy.startswith("socks"):
        return _unreachable(f"代理 {proxy} 是 SOCKS 的，取压缩包用不了。", "写 HTTP 代理的地址（http://代理:端口）；或者书架用 git+https://，git 认 SOCKS。")
    if isinstance(reason, ssl.SSLCertVerificationError):
        return _unreachable(f"证书不对（{reason.verify_message}）。", "对方的证书这台电脑不信任；单位自己的证书，请管理员装进系统。")
    if isinstance(reason, ssl.SSLError) and reason.reason == "WRONG_VERSION_NUMBER":
        return _unreachable(f"{where.host} 这个端口说的不是 https。", "看看地址和端口；已经取过的照样能用。")
    return _Passing(f"连不上 {where.host}（{f'经过代理 {proxy}，' if proxy else ''}{_why(reason)}）。")


def _proxy_of(where: Address) -> str:
    """The proxy that stands between, without name and password, "" for none."""
    import urllib.request

    scheme, _, rest = where.url.partition("://")
    said = "" if urllib.request.proxy_bypass(rest.partition("/")[0]) else urllib.request.getproxies().get(scheme, "")
    kind, mark, host = said.rpartition("://")
    host = host.rpartition("@")[2].rstrip("/")
    return kind + mark + host if kind.startswith("socks") else host


def _why(reason: object) -> str:
    if isinstance(reason, TimeoutError):
        return f"{SILENT_S:.0f} 秒没有回音"
    return str(getattr(reason, "strerror", None) or reason)[:120]


def _opener(where: Address) -> "urllib.request.OpenerDirector":
    """What asks: https, and http only where the address says so; no file:, ftp: or data:, wherever one is sent on to."""
    import urllib.request

    class SentOn(urllib.request.HTTPRedirectHandler):
        """Follows where it is sent on to, if that is no way inwards."""

        max_redirections = MOST_SENT_ON

        def redirect_request(
            self, req: urllib.request.Request, fp: "IO[bytes]", code: int, msg: str, headers: "HTTPMessage", newurl: str
        ) -> urllib.request.Request | None:
            try:
                _allowed(where, newurl)
            except Rejected:
                fp.close()
                raise
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPSHandler(context=_trusting()),
        *([urllib.request.HTTPHandler()] if where.url.startswith("http:") else []),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        SentOn(),
    ):
        opener.add_handler(handler)
    return opener


#: Where Linux systems keep the certificates they trust: Debian and its kin (统信, 麒麟 desktop), Red Hat's (欧拉, 麒麟 server),
#: SUSE's. Source: root_linux.go of Go's crypto/x509.
_CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem")


def _trusting() -> "ssl.SSLContext":
    """What trusts the certificates that this system trusts. A Python from the folder that is unzipped looks for them where the
    system it was built on has them."""
    import ssl

    context = ssl.create_default_context()
    usual = ssl.get_default_verify_paths()
    if sys.platform == "linux" and not (usual.cafile or usual.capath):
        for file in filter(os.path.isfile, _CERTIFICATES):
            context.load_verify_locations(file)
            break
    return context


def _allowed(where: Address, url: str) -> None:
    """Raises Rejected where an address sends on to one without a lock, to this machine, or from outside into the house."""
    from urllib.parse import urlsplit

    try:
        other = urlsplit(url)
        host = (other.hostname or "").lower()
    except ValueError:
        host = ""
    bad = not host or bool(other.username or other.password)
    if other.scheme != "https" and not (other.scheme == "http" and where.url.startswith("http:")):
        bad = True
    if host != where.host and not bad:
        kinds, theirs = _inwards(host), _inwards(where.host)
        bad = "self" in kinds or ("house" in kinds and "house" not in theirs and "self" not in theirs)
    if bad:
        raise unsafe(f"对方要转到不该去的地方：{short(url)}", "请问一问给书架的人；知道直接的地址，就写那个地址。")


def _inwards(host: str) -> set[str]:
    """What kinds of addresses a host has: "self" of this machine and its own wire, "house" of private networks. What nobody here
    knows, a proxy may, which then decides."""
    import ipaddress
    import socket

    found: set[str] = set()
    if host in LOOPBACK or host.endswith(".localhost"):
        return {"self"}
    try:
        rows = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return found
    for row in rows:
        with suppress(ValueError):
            ip = ipaddress.ip_address(str(row[4][0]).partition("%")[0])
            ip = getattr(ip, "ipv4_mapped", None) or ip
            if ip.is_loopback or ip.is_link_local or ip.is_unspecified or ip.is_multicast:
                found.add("self")
            elif ip.is_private:
                found.add("house")
    return found


# ── git ────────────────────────────────────────────────────────────────────────────────────────────────────────────

#: What of the surroundings would have git look somewhere else.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF", "GIT_TRACE", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_TEMPLATE_DIR", "GIT_PROXY_COMMAND")

#: No hooks and watchers, nothing below, no cleaning up afterwards, no way but the one that is written.
_SAFE = (
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    "core.askPass=",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "fetch.unpackLimit=1",
    "gc.auto=0",
    "maintenance.auto=false",
    "http.followRedirects=false",
    f"http.lowSpeedTime={SILENT_S:.0f}",
    "http.lowSpeedLimit=1",
)

#: What git says, and what it means to a person.
_SAYS = (
    (r"(?:response|error:?) 407|proxy authentication", *_PROXY_LOGIN),
    (r"CONNECT tunnel failed", "代理不让连{}。", "请管理员放行，或者在 no_proxy 里写上不走代理的服务器；已经取过的照样能用。"),
    (r"host key", "还不认识{} 的 ssh 密钥，或者和以前的不一样。", "在终端里用 ssh 连一次，核对指纹再答应；和以前的不一样，先问清楚，可能有人冒充。"),
    (r"returned error: 40[13]", "对方不让取，或者要登录。", "在终端里用 git 登录一次，让它记住（credential helper）；已经取过的照样能用。"),
    (r"returned error: (?:429|5\d\d)", "对方这时候答不了。", "过一会儿再取；已经取过的照样能用。"),
    (r"redirection|returned error: 30\d", "对方要转到别的地址去。", "写转去的那个地址，例如结尾加上 .git。"),
    (r"certificate|ssl_error|schannel", "对方{} 的证书不对。", "对方的证书这台电脑不信任；单位自己的证书，请管理员装进系统，git 另外要写 http.sslCAInfo。"),
    (r"could not resolve|unable to access|could not connect|connection|timed out|network is unreachable|unable to connect|early eof", "连不上{}。", _OFFLINE),
    (r"authentication failed|could not read (?:username|password)|permission denied|terminal prompts disabled|publickey|access denied|invalid credentials", "对方不让取，或者要登录。", "在终端里用 git 登录一次，让它记住（credential helper、ssh 密钥）；已经取过的照样能用。"),
    (r"not found|does not exist|does not appear to be a git repository|not a git repository|is this a git repository|no such file", "没有这个仓库。", "看看地址；已经取过的照样能用。"),
    (r"transport .* not allowed", "这种地址不让用。", "写成 git+https:// 或者 git+ssh://。"),
    (r"dubious ownership|unsafe repository", "仓库的文件夹是别人的，git 不肯读。", "请管理员按 git 说的写上 safe.directory，或者换成 https。"),
)


class _Repository(NamedTuple):
    """An empty repository that others' commits are fetched into, the program, and what it is started in."""

    git: str
    folder: Path
    surroundings: Mapping[str, str]
    end: float
    host: str

    def run(self, *words: str, fed: bytes = b"", fails: bool = False) -> bytes | None:
        """What git says to these words; None where it fails and may. Raises Rejected."""
        import subprocess

        settings = [word for setting in _SAFE for word in ("-c", setting)]
        said, wrong, given = (self.folder / name for name in ("said", "wrong", "given"))
        given.write_bytes(fed)
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        with open(said, "wb") as out, open(wrong, "wb") as err, open(given, "rb") as into:
            started = subprocess.Popen(
                [self.git, *settings, *words], cwd=self.folder, env=dict(self.surroundings), stdin=into, stdout=out, stderr=err,
                creationflags=hidden, start_new_session=sys.platform != "win32",
            )  # fmt: skip
            try:
                self._watched(started)
            finally:
                if started.poll() is None:
                    _ended(started.pid)
                    started.kill()
                    started.wait()
        if started.returncode:
            if fails:
                return None
            raise self._told(wrong.read_bytes()[-4000:].decode("utf-8", "replace"))
        if said.stat().st_size > max(MOST_SAID, MOST_ALL + MOST_SAID):
            raise unsafe("仓库里的文件太多、太大。", "分成几个书架。")
        return said.read_bytes()

    def _watched(self, started: "_Process") -> None:
        """Wait for it, as long as it takes neither too long nor too much of the disk."""
        import subprocess

        while True:
            with suppress(subprocess.TimeoutExpired):
                started.wait(0.5)
                return
            if time.monotonic() > self.end:
                raise _unreachable(f"{LONGEST_S:.0f} 秒还没有取完。", "仓库太大，或者网太慢；换成压缩包。已经取过的照样能用。")
            if _size_of(self.folder) > MOST_REPOSITORY:
                raise unsafe(f"仓库太大，最多 {MOST_REPOSITORY >> 20} MB。", "提纲单独放一个仓库。")

    def _told(self, said: str) -> Rejected:
        for words, message, hint in _SAYS:
            if re.search(words, said, re.IGNORECASE):
                return _unreachable(message.format(f" {self.host}" if self.host else ""), hint)
        rows = [row for row in said.splitlines() if row.strip()]
        return _unreachable(f"git 没有取到（{rows[-1][:200] if rows else '没有说为什么'}）。", "看看地址；已经取过的照样能用。")


if TYPE_CHECKING:
    from subprocess import Popen

    _Process = Popen[bytes]


def _ended(pid: int) -> None:
    """End what git has started with it."""
    if sys.platform != "win32":
        import signal

        with suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def _size_of(folder: Path) -> int:
    """Bytes in a folder and below."""
    size = 0
    for where, _, files in os.walk(folder):
        for file in files:
            with suppress(OSError):
                size += os.lstat(os.path.join(where, file)).st_size
    return size


def _of_git(where: Address, commit: str, tell: Tell) -> Content:
    import tempfile

    from drafter.commands.programs import program

    git = program("git")
    if not git:
        raise _unreachable("这台电脑上没有 git。", "装上 git（git-scm.com），或者请对方给压缩包（drafter outlines pack）。已经取过的照样能用。")
    with tempfile.TemporaryDirectory(prefix="drafter-", ignore_cleanup_errors=True) as folder:
        repository = _Repository(git, Path(folder), _surroundings(git, where), time.monotonic() + LONGEST_S, where.host)
        repository.run("init", "--quiet", "--bare", "--template=", "r")
        tell(f"{where.url.rpartition('/')[2]}：看看有没有新的")
        commit = _fetched(repository, where, commit, tell)
        return taken(_tree(repository, commit, where.below), where.below)._replace(commit=commit)


def _surroundings(git: str, where: Address) -> dict[str, str]:
    """What git is started in: the user's own settings, proxies and remembered passwords; nobody to ask; and no way but that of the
    address."""
    found = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    found |= {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never", "GIT_ALLOW_PROTOCOL": "file" if where.url.startswith("file:") else "https:ssh", "LC_ALL": "C"}
    found |= {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_LFS_SKIP_SMUDGE": "1"}
    if found.get("SSL_CERT_FILE") and not {"GIT_SSL_CAINFO", "GIT_SSL_CAPATH"} & found.keys() and not _set(git, "http.sslCAInfo"):
        found["GIT_SSL_CAINFO"] = found["SSL_CERT_FILE"]  # what archives are held to
    if where.url.startswith("ssh:") and not {"GIT_SSH", "GIT_SSH_COMMAND"} & found.keys() and not _set(git, "core.sshCommand"):
        found["GIT_SSH_COMMAND"] = f"ssh -oBatchMode=yes -oConnectTimeout={SILENT_S:.0f}"
    return found


def _set(git: str, name: str) -> bool:
    """Whether the user's own git has a setting."""
    import subprocess

    said = subprocess.run([git, "config", "--get", name], capture_output=True, check=False, cwd=Path.home(), timeout=20)
    return bool(said.stdout.strip())


def _fetched(repository: _Repository, where: Address, commit: str, tell: Tell) -> str:
    """Bring a commit here: this one, or what the address names. Gives its whole name."""
    wanted = commit or _resolved(repository, where)
    name = where.url.rpartition("/")[2]
    tell(f"{name}：在取")
    if re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", wanted):
        brought = repository.run("--git-dir=r", "fetch", "--quiet", "--depth=1", "--no-tags", "--", where.url, wanted, fails=True)
        if brought is not None:
            return wanted
    # a server that gives no single commit, or half a name of one: all branches and tags
    heads = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
    repository.run("--git-dir=r", "fetch", "--quiet", "--", where.url, *heads)
    found = repository.run("--git-dir=r", "rev-parse", "--verify", "--quiet", f"{wanted}^{{commit}}", fails=True)
    if not found:
        told = f"仓库里没有提交 {commit[:12]} 了。" if commit else f"仓库里没有“{where.ref}”这个标签、分支或者提交。"
        raise _unreachable(told, "看看地址里 @ 后面的名称；已经取过的照样能用。")
    return found.decode().strip()


def _resolved(repository: _Repository, where: Address) -> str:
    """The commit the address names, as the repository has it now: a tag before a branch; what is neither may be a commit's name."""
    names = [f"refs/tags/{where.ref}^{{}}", f"refs/tags/{where.ref}", f"refs/heads/{where.ref}"] if where.ref else ["HEAD"]
    said = repository.run("--git-dir=r", "ls-remote", "--quiet", "--", where.url, *names) or b""
    rows = dict(row.split("\t")[::-1] for row in said.decode("utf-8", "replace").splitlines() if row.count("\t") == 1)
    found = next((rows[name] for name in names if name in rows), "")
    if found or re.fullmatch("[0-9a-f]{7,64}", where.ref):
        return found or where.ref
    told = f"仓库里没有“{where.ref}”这个标签、分支或者提交。" if where.ref else "仓库是空的，里面还没有提交。"
    raise _unreachable(told, "看看地址里 @ 后面的名称；已经取过的照样能用。")


#: What of a repository may be ours, by the ends of its names.
_OURS = (".yaml", ".yml", ".j2", "/base.docx", "SHA256SUMS")


def _tree(repository: _Repository, commit: str, below: str) -> Sequence[ShelfEntry]:
    """What is in a commit; the files that may be ours are read all at once, when the first of them is asked for."""
    inside = ["--", f"{below}/"] if below else []
    said = repository.run("--git-dir=r", "ls-tree", "-r", "-z", "--long", "--full-tree", commit, *inside) or b""
    if len(said) > MOST_SAID:
        raise unsafe(f"里面的文件太多，最多看 {MOST_SEEN:,} 个。", "用 # 写明是哪个文件夹，或者单独放一处。")
    blobs = _Blobs(repository)
    out: list[ShelfEntry] = []
    for row in said.decode("utf-8", "replace").split("\0"):
        about, _, path = row.partition("\t")
        if not path:
            continue
        mode, _, name, size = about.split()
        kind = {"120000": "link", "160000": "other"}.get(mode, "file")
        bytes_of = int(size) if size.isdecimal() else 0
        if kind == "file" and path.endswith(_OURS):
            blobs.wanted[name] = bytes_of
        out.append(ShelfEntry(path, bytes_of, kind, partial(blobs.read, name)))
    return out


class _Blobs:
    """The files of a commit, by the names git has for them."""

    def __init__(self, repository: _Repository) -> None:
        self.repository = repository
        self.wanted: dict[str, int] = {}
        self.read_at_once: dict[str, bytes] | None = None

    def read(self, name: str) -> bytes:
        """The bytes of one."""
        if self.read_at_once is None:
            few = sum(self.wanted.values()) <= MOST_ALL
            self.read_at_once = self._all(list(self.wanted)) if few else {}
        if name in self.read_at_once:
            return self.read_at_once[name]
        return self.repository.run("--git-dir=r", "cat-file", "blob", name) or b""

    def _all(self, names: list[str]) -> dict[str, bytes]:
        said = self.repository.run("--git-dir=r", "cat-file", "--batch", fed="".join(f"{name}\n" for name in names).encode()) or b""
        out: dict[str, bytes] = {}
        at = 0
        while at < len(said):
            end = said.index(b"\n", at)
            head = said[at:end].split()
            if len(head) != 3:
                break
            size = int(head[2])
            out[head[0].decode()] = said[end + 1 : end + 1 + size]
            at = end + size + 2
        return out
