"""`drafter agent`: drafter put into the clients of language models, or taken out again: the entry of its server in their settings,
and the skill that teaches their models. Everything else in the settings stays; what was there is kept beside them."""

import json
import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands.agent.clients import CLIENTS, AgentClient
from drafter.commands.agent.entries import Unplain, entry_in, with_entry, without_entry
from drafter.commands.next_step import Ending, NextStep, given, not_written, typed
from drafter.commands.saving import Output, save_all
from drafter.diagnostic import WARNING, Diagnostic, DiagnosticData, Place, Rejected, nearest
from drafter.outline.shelf import read_bytes

#: What is put beside a client's model: the skill, and what it reads on demand.
SKILL = Path(__file__).parent / "skill"

#: What the server is called in settings and the skill is called.
NAME = "drafter"

#: What is known of a skill that was written: beside it.
_WRITTEN = ".drafter.json"

#: What the settings as they were before are called, behind their name.
_BEFORE = ".drafter-bak"

ACTIONS = ("install", "remove", "show")


class AgentRequest(NamedTuple):
    """What a user wants done with which clients, () for all that are known. `user`: in the user's own settings, not those of the
    folder that is worked in; `folder` is the one the server keeps to, "" for that folder; `read_only`: it writes nothing."""

    action: str
    clients: tuple[str, ...] = ()
    user: bool = False
    folder: str = ""
    read_only: bool = False
    without_skill: bool = False
    dry_run: bool = False


class ClientDone(NamedTuple):
    """What became of a client. `state`: "added", "changed", "same", "removed", "absent", or, where its settings could not be
    changed, "left"; `command` starts the server, "" for none; `works`: that program is there; `skill` is the folder of the skill
    and `skill_state` what became of it, "" where the client has none."""

    client: str
    called: str
    file: str
    scope: str
    state: str
    command: str
    works: bool
    skill: str
    skill_state: str


class AgentData(TypedDict):
    """What `agent` has done, for programs. `left`: the clients of which something was left alone; `sdk`: what the server needs is
    installed."""

    action: str
    clients: list[ClientDone]
    left: list[str]
    sdk: bool
    remarks: list[DiagnosticData]


class AgentResult(NamedTuple):
    """What `agent` has done, or would do."""

    clients: tuple[ClientDone, ...]
    written: tuple[str, ...]
    remarks: tuple[Diagnostic, ...]
    request: AgentRequest
    sdk: bool

    @property
    def left(self) -> tuple[str, ...]:
        """The clients of which something was to be changed and was left alone: what to do is among the remarks."""
        return tuple(one.client for one in self.clients if "left" in (one.state, one.skill_state))

    @property
    def exit_code(self) -> int:
        """1 where something was left alone."""
        return 1 if self.left else 0

    def ending(self) -> Ending:
        """The files written, and what most people do next."""
        request = self.request
        again = typed("agent", request.action, *request.clients, *given(user=request.user, folder=request.folder, read_only=request.read_only))
        if request.action == "show":
            there = any(one.state == "same" for one in self.clients)
            return Ending(next=None if there else NextStep(typed("agent", "install", "claude"), "装进 Claude Code；别的客户端写别的名称"))
        if request.dry_run and any(one.state in ("added", "changed", "removed") or one.skill_state in ("added", "changed", "removed") for one in self.clients):
            return Ending((), not_written("--dry-run 只看", "去掉 --dry-run"), NextStep(again, "就这样改"))
        if not self.written:
            if self.left:
                return Ending((), not_written("要自己改，见上面"), NextStep(typed("agent"), "改好了，看装了哪些"))
            return Ending((), not_written("没有要改的"), NextStep(typed("agent"), "看装了哪些"))
        if request.action == "remove":
            return Ending(self.written, None, NextStep(typed("agent"), "看还装着哪些"))
        if not self.sdk:
            return Ending(self.written, None, NextStep('pip install "drafter[agent]"', "装上 drafter mcp 要用的组件"))
        called = "、".join(one.called for one in self.clients)
        return Ending(self.written, None, NextStep(None, f"重新打开 {called}，在它的 MCP 列表里能看到 drafter。"))

    def json(self) -> AgentData:
        """For programs."""
        return {
            "action": self.request.action,
            "clients": list(self.clients),
            "left": list(self.left),
            "sdk": self.sdk,
            "remarks": [remark.json() for remark in self.remarks],
        }


def agent(request: AgentRequest) -> AgentResult:
    """Install, remove or show. All files are written or none. Raises Rejected."""
    if request.action not in ACTIONS:
        told = f"drafter agent {request.action}：没有这个做法。"
        raise Rejected(Diagnostic(told, None, f"有：{'、'.join(ACTIONS)}。{nearest(request.action, ACTIONS)}", code="agent-action"))
    for name in request.clients:
        if name not in CLIENTS:
            told = f"不认识 {name} 这个客户端。"
            raise Rejected(Diagnostic(told, None, f"有：{'、'.join(CLIENTS)}。{nearest(name, CLIENTS)}", code="agent-client"))
    sdk = find_spec("mcp_types") is not None
    if request.action == "show":
        return AgentResult(tuple(_shown(request)), (), _missing(sdk), request, sdk)
    if not request.clients:
        raise Rejected(_which(request))
    work = _Undertaking(request)
    rows = tuple(work.of(CLIENTS[name]) for name in dict.fromkeys(request.clients))
    written = () if request.dry_run else work.carried_out()
    remarks = (*work.remarks, *(_missing(sdk) if request.action == "install" else ()))
    return AgentResult(rows, written, remarks, request, sdk)


def _which(request: AgentRequest) -> Diagnostic:
    """That clients have to be named, with those that seem to be on this machine."""
    here = [client for client in CLIENTS.values() if client.settings(user=True).exists() or (client.settings(user=True).parent.name.startswith(".") and client.settings(user=True).parent.is_dir())]
    found = f"这台电脑上像是有 {'、'.join(f'{one.name}（{one.called}）' for one in here)}。" if here else ""
    hint = f"{found}例如：{typed('agent', request.action, here[0].name if here else 'claude')}"
    return Diagnostic(f"要{'装进' if request.action == 'install' else '从'}哪个客户端{'' if request.action == 'install' else '里去掉'}？有：{'、'.join(CLIENTS)}。", None, hint, code="agent-client")


def _missing(sdk: bool) -> tuple[Diagnostic, ...]:
    if sdk:
        return ()
    return (Diagnostic("drafter mcp 要用的组件还没有装。", None, '装上它：pip install "drafter[agent]"', level=WARNING, code="package-missing"),)


def _started(request: AgentRequest) -> list[str]:
    """What starts the server: this very program, by its whole path, for clients look for none. Raises Rejected."""
    folder = Path(request.folder or os.curdir).absolute()
    if not folder.is_dir():
        raise Rejected(Diagnostic(f"--folder {request.folder}：没有这个文件夹。", None, "先建好它。", code="agent-folder"))
    if not request.folder and folder in (Path.home(), Path(folder.anchor)):
        told = f"没有写 --folder，当前文件夹是 {folder}，太宽了：大模型能看里面所有的稿子。"
        raise Rejected(Diagnostic(told, None, "指一个专门放稿子的文件夹：--folder 文件夹", code="agent-folder"))
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "drafter"]
    return [*program, "mcp", "--folder", str(folder), *(["--read-only"] if request.read_only else [])]


class _Undertaking:
    """What there is to write and to take away, gathered before anything is done."""

    def __init__(self, request: AgentRequest) -> None:
        self.request = request
        self.command = _started(request) if request.action == "install" else []
        self.outputs: dict[Path, Output] = {}
        self.gone: list[Path] = []
        self.remarks: list[Diagnostic] = []

    def of(self, client: AgentClient) -> ClientDone:
        """What becomes of a client."""
        user = self.request.user or not client.project
        if user and not self.request.user:
            told = f"{client.called} 只有一份用户自己的设置，没有分文件夹的。"
            self.remarks.append(Diagnostic(told, level=WARNING, code="agent-scope"))
        path = Path(os.path.realpath(client.settings(user)))  # people link their settings to where they keep them
        install = self.request.action == "install"
        state = self._entry(client, path, install)
        folder = client.skill(user)
        skill = folder / NAME if folder else None
        wanted = skill is not None and not self.request.without_skill
        skill_state = "" if not wanted or skill is None else self._skill(skill, install, client, user)
        command = " ".join(self.command)
        return ClientDone(client.name, client.called, str(path), "user" if user else "project", state, command, True, str(skill or ""), skill_state)

    def _entry(self, client: AgentClient, path: Path, install: bool) -> str:
        was = read_bytes(path) if path.exists() else None
        before = path.with_name(path.name + _BEFORE)
        try:
            text = (was or b"").decode("utf-8")
            old = entry_in(text, client.toml, client.key, NAME)
            if not install:
                return self._removed(client, path, text, was, before) if old is not None else "absent"
            entry = client.entry(self.command)
            if old == entry:
                return "same"
            new = with_entry(text, client.toml, client.key, NAME, entry)
        except (Unplain, UnicodeDecodeError):
            self.remarks.append(_by_hand(client, path, self.command, install))
            return "left"
        self._write(path, new.encode(), was)
        if was is not None and not _ours(old) and not os.path.lexists(before):
            self._write(before, was, None, stat.S_IMODE(path.stat().st_mode))  # there may be keys in it
        return "added" if old is None else "changed"

    def _removed(self, client: AgentClient, path: Path, text: str, was: bytes | None, before: Path) -> str:
        """The settings without the entry; as they were to the letter, where nothing else has changed since."""
        new = without_entry(text, client.toml, client.key, NAME)
        if before.is_file():
            kept = read_bytes(before)
            if _same(kept, new, client):
                new = kept.decode("utf-8")
                if entry_in(new, client.toml, client.key, NAME) is not None:
                    told = f"装上以前 {client.called} 的设置里就有一项 {NAME}，还原成它了。"
                    self.remarks.append(Diagnostic(told, Place(str(path)), "也不要了，就再去掉一次。", level=WARNING, code="agent-settings-before"))
            self.gone.append(before)
        elif new.strip("\ufeff \t\r\n") in ("", "{}"):  # there was none before
            self.gone.append(path)
            return "removed"
        self._write(path, new.encode(), was)
        return "removed"

    def _write(self, path: Path, data: bytes, was: bytes | None, mode: int | None = None) -> None:
        self.outputs[path] = Output(path, data, force=was is not None, was=was, folder_hint="换一个写得了的地方。", mode=mode)

    # ── the skill ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _skill(self, folder: Path, install: bool, client: AgentClient, user: bool) -> str:
        kept = _noted(folder)
        there = {name: read_bytes(folder / name) for name in (kept or {}) if (folder / name).is_file()}
        touched = [name for name, data in there.items() if _digest(data) != (kept or {})[name]]
        if kept is None and folder.exists():
            self._left(folder, "这个文件夹不是 drafter 写的")
            return "left"
        if touched:
            self._left(folder, f"{'、'.join(touched)} 有人改过")
            return "left"
        if not install:
            return self._skill_gone(folder, kept, client, user)
        files = {path.name: path.read_bytes() for path in sorted(SKILL.iterdir()) if path.suffix == ".md"}
        foreign = [name for name in files if name not in (kept or {}) and os.path.lexists(folder / name)]
        if foreign:
            self._left(folder, f"{'、'.join(foreign)} 不是 drafter 写的")
            return "left"
        noted = {name: _digest(data) for name, data in files.items()}
        if noted == kept and there.keys() == files.keys():
            return "same"
        files[_WRITTEN] = (json.dumps({"files": noted}, ensure_ascii=False, indent=2) + "\n").encode()
        for name, data in files.items():
            path = folder / name
            self._write(path, data, read_bytes(path) if path.is_file() else None)
        return "added" if kept is None else "changed"

    def _skill_gone(self, folder: Path, kept: dict[str, str] | None, client: AgentClient, user: bool) -> str:
        if kept is None:
            return "absent"
        named = {*self.request.clients}
        others = [one for one in CLIENTS.values() if one.name not in named and one.skill(user) == client.skill(user)]
        if any(_entry_of(one, user) is not None for one in others):
            return "same"  # another client reads it too
        if folder / _WRITTEN not in self.gone:
            self.gone += [folder / name for name in (*kept, _WRITTEN)]
        return "removed"

    def _left(self, folder: Path, why: str) -> None:
        told = f"{why}，没有动它。"
        hint = f"先把它挪开，再来一次；或者加 --no-skill。{'' if self.request.action == 'install' else '不要了就自己删掉。'}"
        self.remarks.append(Diagnostic(told, Place(str(folder)), hint, level=WARNING, code="agent-skill-left"))

    def carried_out(self) -> tuple[str, ...]:
        """Everything written, then what is no longer wanted taken away. Raises Rejected, with nothing written."""
        try:
            save_all([*self.outputs.values()])
        except Rejected as refused:
            hint = "先让它写得了（去掉“只读”，换成普通的文件和文件夹），再来一次。"
            raise Rejected(*(one._replace(hint=hint) for one in refused.diagnostics), exit_code=refused.exit_code) from None
        for path in dict.fromkeys(self.gone):
            path.unlink(missing_ok=True)
        for folder in sorted({above for path in self.gone for above in [*path.parents][:3]}, key=lambda one: -len(one.parts)):
            with suppress(OSError):  # there is something else in it
                if folder not in (Path.cwd(), Path.home()):
                    folder.rmdir()
        gone = (path for path in self.gone if path.suffix != _BEFORE and not path.exists())
        return tuple(_from_here(path) for path in (*self.outputs, *gone))


def _from_here(path: Path) -> str:
    """A path as it is told: from the folder that is worked in, where it lies in that."""
    here = Path(os.path.realpath(os.curdir))
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _by_hand(client: AgentClient, path: Path, command: Sequence[str], install: bool) -> Diagnostic:
    """What a person does where the settings have comments, which would be lost, or cannot be read."""
    told = f"{client.called} 的设置里有注释，或者有读不懂的地方，没有动它。"
    if not install:
        return Diagnostic(told, Place(str(path)), f"自己打开它，把 {client.key} 里的 {NAME} 删掉。", level=WARNING, code="agent-settings-left")
    entry = client.entry([*command])
    row = json.dumps({NAME: entry}, ensure_ascii=False, indent=2)[1:-1].strip("\n")
    if client.toml:
        row = f"{NAME} = {{ {', '.join(f'{word} = {json.dumps(said, ensure_ascii=False)}' for word, said in entry.items())} }}"
    return Diagnostic(told, Place(str(path)), f"自己打开它，在 {client.key} 里加上：\n{row}", level=WARNING, code="agent-settings-left")


def _same(kept: bytes, new: str, client: AgentClient) -> bool:
    """Whether settings as they were before say the same as these."""
    try:
        old = without_entry(kept.decode("utf-8"), client.toml, client.key, NAME)
        return _said(old, client) == _said(new, client)
    except (Unplain, UnicodeDecodeError):
        return False


def _ours(entry: object) -> bool:
    """Whether there is nothing in an entry but what we write, so that nothing is lost with it."""
    return isinstance(entry, dict) and {*entry} <= {"type", "command", "args", "enabled"} and "--folder" in _command_of(entry)


def _said(text: str, client: AgentClient) -> object:
    import tomllib

    bare = text.strip("\ufeff \t\r\n")
    held = tomllib.loads(text) if client.toml else json.loads(bare or "{}")
    return {name: value for name, value in held.items() if name != client.key or value}


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _noted(folder: Path) -> dict[str, str] | None:
    """The files of a skill that was written, by their digests; None where there is none of ours."""
    try:
        said = json.loads((folder / _WRITTEN).read_text(encoding="utf-8"))["files"]
        return {str(name): str(digest) for name, digest in said.items() if "/" not in name and "\\" not in name}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


# ── show ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _shown(request: AgentRequest) -> list[ClientDone]:
    """Every client's settings in which there is an entry; of those named also where there is none."""
    out = []
    for client in CLIENTS.values():
        if request.clients and client.name not in request.clients:
            continue
        for user in (False, True) if client.project else (True,):
            entry = _entry_of(client, user)
            if entry is None and not (request.clients and user == (request.user or not client.project)):
                continue
            words = _command_of(entry)
            folder = client.skill(user)
            skill = folder / NAME if folder else None
            state = "" if skill is None else "same" if _noted(skill) is not None else "absent"
            out.append(
                ClientDone(
                    client=client.name,
                    called=client.called,
                    file=str(client.settings(user)),
                    scope="user" if user else "project",
                    state="absent" if entry is None else "same",
                    command=" ".join(words),
                    works=bool(words) and os.access(words[0], os.X_OK),
                    skill=str(skill or ""),
                    skill_state=state,
                )
            )
    return out


def _entry_of(client: AgentClient, user: bool) -> object:
    path = client.settings(user)
    try:
        return entry_in(path.read_text(encoding="utf-8"), client.toml, client.key, NAME)
    except (OSError, ValueError):
        return None


def _command_of(entry: object) -> list[str]:
    """The words of an entry that start the server."""
    if not isinstance(entry, dict):
        return []
    command, words = entry.get("command"), entry.get("args", [])
    whole = command if isinstance(command, list) else [command, *(words if isinstance(words, list) else [])]
    return [str(word) for word in whole if isinstance(word, str)]
