"""The clients of language models that are known: where each looks for its servers and for skills, and how an entry is written.

Sources, looked at in November 2026: code.claude.com/docs (mcp, skills), developers.openai.com/codex (mcp, skills, config-reference),
cursor.com/docs (mcp, skills), code.visualstudio.com/docs (mcp-servers, agent-skills), geminicli.com/docs (mcp-server, skills),
qwenlm.github.io/qwen-code-docs, opencode.ai/docs (mcp-servers, skills), docs.windsurf.com (mcp).
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class AgentClient(NamedTuple):
    """A client. `project` and `user` are its settings in a project and of a user, "" where it has none; `key` the table of servers
    in them; `shape` how an entry is written; `skills` where skills lie, in a project and of a user, "" where it has none that
    are files."""

    name: str
    called: str
    project: str
    user: str
    key: str
    shape: str
    skills: tuple[str, str]

    @property
    def toml(self) -> bool:
        """Whether its settings are TOML."""
        return self.user.endswith(".toml")

    def settings(self, user: bool) -> Path:
        """Its settings, of the user or of the folder that is worked in."""
        return _at_home(self.user) if user or not self.project else Path.cwd() / self.project

    def skill(self, user: bool) -> Path | None:
        """The folder its skills lie in, None where it has none."""
        said = self.skills[user or not self.project]
        return None if not said else _at_home(said) if user or not self.project else Path.cwd() / said

    def entry(self, command: list[str]) -> dict[str, object]:
        """What its settings are to say of the server that is started so."""
        if self.shape == "one list":
            return {"type": "local", "command": command, "enabled": True}
        program, *words = command
        typed = {"type": "stdio"} if self.shape == "typed" else {}
        return {**typed, "command": program, "args": words}


def _at_home(said: str) -> Path:
    """A place of the user's: ~, or one of the folders systems have for settings."""
    head, _, rest = said.partition("/")
    if head == "$CODEX":
        return Path(os.environ.get("CODEX_HOME") or Path.home() / ".codex") / rest
    if head == "$APP":  # where programs of the desktop keep their settings
        if sys.platform == "win32":
            return Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming") / rest
        if sys.platform == "darwin":
            return Path.home() / "Library/Application Support" / rest
        return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / rest
    return Path.home() / rest


_SHARED = (".agents/skills", "~/.agents/skills")

CLIENTS: Mapping[str, AgentClient] = {
    client.name: client
    for client in (
        AgentClient("claude", "Claude Code", ".mcp.json", "~/.claude.json", "mcpServers", "typed", (".claude/skills", "~/.claude/skills")),
        AgentClient("claude-desktop", "Claude 桌面版", "", "$APP/Claude/claude_desktop_config.json", "mcpServers", "plain", ("", "")),
        AgentClient("codex", "Codex", ".codex/config.toml", "$CODEX/config.toml", "mcp_servers", "plain", _SHARED),
        AgentClient("cursor", "Cursor", ".cursor/mcp.json", "~/.cursor/mcp.json", "mcpServers", "plain", _SHARED),
        AgentClient("vscode", "VS Code", ".vscode/mcp.json", "$APP/Code/User/mcp.json", "servers", "typed", _SHARED),
        AgentClient("gemini", "Gemini CLI", ".gemini/settings.json", "~/.gemini/settings.json", "mcpServers", "plain", _SHARED),
        AgentClient("qwen", "Qwen Code", ".qwen/settings.json", "~/.qwen/settings.json", "mcpServers", "plain", (".qwen/skills", "~/.qwen/skills")),
        AgentClient("opencode", "OpenCode", "opencode.json", "~/.config/opencode/opencode.json", "mcp", "one list", _SHARED),
        AgentClient("windsurf", "Windsurf", "", "~/.codeium/windsurf/mcp_config.json", "mcpServers", "plain", ("", "")),
    )
}
