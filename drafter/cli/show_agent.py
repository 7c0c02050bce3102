"""What `drafter agent` has done, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.agent import AgentResult, ClientDone

_STATES = {"added": "加上了", "changed": "换成了新的", "same": "已经有了", "removed": "去掉了", "absent": "没有", "left": "没有动"}
_WOULD = {**_STATES, "added": "会加上", "changed": "会换成新的", "removed": "会去掉"}


def agent_text(result: AgentResult) -> str:
    """A row or two for each client."""
    if not result.clients:
        return "还没有装进哪个客户端。"
    states = _WOULD if result.request.dry_run else _STATES
    return "\n".join(line for one in result.clients for line in _rows(one, states))


def _rows(one: ClientDone, states: dict[str, str]) -> list[str]:
    scope = "用户的设置" if one.scope == "user" else "这个文件夹的设置"
    rows = [f"{one.called}　{states[one.state]}　{scope} {printable(one.file)}"]
    if one.command and one.state not in ("absent", "removed"):
        rows.append(f"  {printable(one.command)}" + ("" if one.works else "　（这个程序已经不在了，再装一次）"))
    if one.skill_state:
        rows.append(f"  SKILL.md　{states[one.skill_state]}　{printable(one.skill)}")
    return rows
