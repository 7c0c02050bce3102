"""Where a shelf is fetched from, as `drafter.toml` says it: read and refused here, gone to by nobody here.

    git+https://host/path.git@v2026.11#sub/folder    git+ssh://git@host/path@main    git+file:///srv/shelf.git
    https://host/outlines.zip    http://host/outlines.zip#sha256=…    \\\\server\\share    ../shared/outlines
"""

import re
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected

#: The longest address (characters), and how many shelves there may be.
LONGEST, MOST_SHELVES = 1_000, 20

#: Addresses of this machine itself: nobody stands between.
LOOPBACK = ("localhost", "127.0.0.1", "::1")

#: Where a host begins with a letter or a figure, nothing takes it for an option. IPv6 stands in brackets.
_HOST = re.compile(r"(?:(?P<user>[\w.-]+)@)?(?P<host>[^\W_][\w.-]*|\[[0-9A-Fa-f:.]+\])(?::(?P<port>\d{1,5}))?")

#: A branch, tag or commit: what git takes for a name and no option, range or path upwards.
_REF = re.compile(r"(?![-./])(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)|/\.|[./]$))[^\s~^:?*\[\\\x00-\x1f\x7f]{1,200}")

_FOLDER = re.compile(r"(?!-)[^\\:*?\"<>|\x00-\x1f\x7f]{1,300}")

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+)://(?P<rest>.*)", re.DOTALL)

#: What people write instead, and what to write.
_OTHERWISE = {
    "ssh": "git 仓库前面加 git+：git+{0}",
    "git": "git:// 不加密，也认不出对方；用 git+https:// 或 git+ssh://。",
    "git+http": "http:// 不加密，路上能被改；写成 git+https://。",
    "git+git": "git:// 不加密，也认不出对方；用 git+https:// 或 git+ssh://。",
    "smb": r"共享文件夹写成 \\服务器\共享。",
    "ftp": "放到 https 服务器或者共享文件夹上。",
}
_KNOWN = r"可以写 git+https://…、git+ssh://…、https://….zip、\\服务器\共享、文件夹。"


class Address(NamedTuple):
    """Where a shelf is. `kind`: "git", "zip" (over the network) or "path" (a folder or zip on this machine or a share). `url` is
    what to ask for, a path as it was written; `ref` the tag, branch or commit, "" for what the repository has first; `below` the
    folder in it, "" for the top; `sha256` what the zip must have, "" where nobody says."""

    kind: str
    url: str
    ref: str = ""
    below: str = ""
    sha256: str = ""

    @property
    def host(self) -> str:
        """The computer asked, in lower case, "" for none."""
        found = _HOST.match(self.url.partition("://")[2]) if self.kind != "path" else None
        return found["host"].lower().strip("[]") if found else ""


class _Written(NamedTuple):
    """An address as it is written, and where."""

    said: str
    place: Place | None

    def no(self, message: str, hint: str = _KNOWN) -> Rejected:
        """Why it will not do."""
        shown = self.said if len(self.said) <= 80 else f"{self.said[:80]}……"
        return Rejected(Diagnostic(f"书架的地址“{shown}”{message}", self.place, hint, code="shelf-address"))


def address(said: str, place: Place | None = None) -> Address:
    """What an address says. Raises Rejected for what leads nowhere or is not to be trusted."""
    written = _Written(said, place)
    if not said.strip() or len(said) > LONGEST:
        raise written.no("是空的。" if not said.strip() else "太长。")
    if said != said.strip() or not said.isprintable():
        raise written.no("里有看不见的字符，或者前后多了空格。", "重新打一遍，不要带换行和空格。")
    found = _SCHEME.fullmatch(said)
    if found is None:
        if re.match(r"[\w.-]+@[\w.-]+:(?!\\)", said):
            raise written.no("是 git 的短写法。", "写成 git+ssh://" + said.replace(":", "/", 1))
        if re.match(r"(?:git\+|https?:|file:|[A-Za-z][\w+-]*::)", said):
            raise written.no("写得不全，或者不是地址。")
        return Address("path", said)
    scheme, rest = found["scheme"].lower(), found["rest"]
    if scheme == "file":
        return Address("path", _file_path(rest))
    if scheme not in ("git+https", "git+ssh", "git+file", "https", "http"):
        raise written.no("用不了。", _OTHERWISE.get(scheme, _KNOWN).format(said))
    rest, _, fragment = rest.partition("#")
    authority, slash, path = rest.partition("/")
    path = slash + path
    _checked(written, scheme, authority)
    if len(path) < 2:
        raise written.no("里没有写仓库或者文件。")
    if scheme.startswith("git+"):
        return _of_git(written, f"{scheme.removeprefix('git+')}://{authority}", path, fragment)
    pinned = fragment.removeprefix("sha256=").lower() if fragment.startswith("sha256=") else ""
    if fragment.startswith("sha256=") and not re.fullmatch("[0-9a-f]{64}", pinned):
        raise written.no("里的 sha256 要是 64 位十六进制。", "drafter outlines pack 打包的时候说的那一串。")
    if path.endswith(".git"):
        raise written.no("是 git 仓库。", f"前面加 git+：git+{said}")
    url = Address("zip", f"{scheme}://{authority}{path}", "", "" if pinned else _below(written, fragment), pinned)
    if scheme == "http" and not pinned and url.host not in LOOPBACK:
        hint = "写成 https://；服务器只有 http 的，后面加上压缩包的 sha256（drafter outlines pack 会说）：….zip#sha256=…"
        raise written.no("不加密，路上能被改。", hint)
    return url


def _checked(written: _Written, scheme: str, authority: str) -> None:
    """Raises Rejected for a computer that is none, or is told with a password."""
    if scheme == "git+file":
        if authority:
            hint = "本机的仓库写成 git+file:///文件夹/仓库；共享上的仓库写成 git+file:////服务器/共享/仓库。"
            raise written.no("里不能写服务器。", hint)
        return
    if ":" in authority.rpartition("@")[0]:
        hint = "drafter.toml 是给大家看的，不写密码；git 的密码交给 git 自己记（credential helper）。"
        raise written.no("里有密码。", hint)
    named = _HOST.fullmatch(authority)
    if not named or (named["user"] and not scheme.startswith("git+")):
        raise written.no("里的服务器名不对。")


def _of_git(written: _Written, head: str, path: str, fragment: str) -> Address:
    """The rest of the address of a repository."""
    path, ref = _ref_apart(path)
    if ref is not None and not _REF.fullmatch(ref):
        raise written.no("里 @ 后面不是标签、分支或提交的名称。", "例如 …/shelf.git@v2026.11")
    if len(path) < 2 or "\\" in path or " " in path:
        raise written.no("里没有写仓库，或者有不该有的字符。")
    return Address("git", head + path, ref or "", _below(written, fragment))


def _ref_apart(path: str) -> tuple[str, str | None]:
    """A path and what is behind its `@`, which may have slashes; None where it has none. An `@` that begins a name is part
    of it."""
    found = re.search(r"(?<=\.git)@|(?<=[^/])@(?=[^/]*$)|(?<=[^/])@", path)
    return (path[: found.start()], path[found.end() :]) if found else (path, None)


def _below(written: _Written, fragment: str) -> str:
    """The folder behind `#`, "" for none."""
    folder = fragment.strip("/")
    if folder and (not _FOLDER.fullmatch(folder) or any(part in ("", ".", "..") for part in folder.split("/"))):
        raise written.no("里 # 后面的文件夹不对。", "写仓库里的一个文件夹，例如 #shelf/2026")
    return folder


def _file_path(rest: str) -> str:
    """The path of a file: address: file:///C:/x, file:///srv/x, file://server/share/x."""
    import urllib.parse

    path = urllib.parse.unquote(rest).removeprefix("localhost")
    if not path.startswith("/"):
        return f"//{path}"
    return path[1:] if re.match(r"/[A-Za-z]:[/\\]", path) else path


def called(said: str) -> str:
    """What people call the shelf of an address: the last of its names, with the branch or tag."""
    found = _SCHEME.fullmatch(said)
    if found is None:
        return said
    path, ref = found["rest"].partition("#")[0].partition("/")[2], None
    if said.startswith("git+"):
        path, ref = _ref_apart(path)
    name = path.rstrip("/").rpartition("/")[2].removesuffix(".git")
    return (f"{name}@{ref}" if ref else name) or said
