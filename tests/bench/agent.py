"""What a language model's door costs: `python tests/bench/agent.py`. CPU seconds of the server: importing the SDK, until the first
answer, and of each tool, the first time and on average after that."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mcp import Client, StdioServerParameters, stdio_client

ROUNDS = 20


def imports() -> float:
    """CPU seconds of an interpreter that imports the SDK's server, less those of one that imports nothing."""

    def of(code: str) -> float:
        before = os.times()
        subprocess.run([sys.executable, "-c", code], check=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    nothing = min(of("pass") for _ in range(5))
    return min(of("import mcp.server.lowlevel, mcp.server.stdio") for _ in range(5)) - nothing


def used(pid: int) -> float:
    """CPU seconds a process has used (Linux)."""
    said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def child() -> int:
    """The server's process."""
    return int(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="utf-8").split()[-1])


async def main() -> None:
    print(f"imports of the SDK: {imports():.2f} s of CPU")
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        program = StdioServerParameters(command=sys.executable, args=["-m", "drafter", "mcp", "--folder", folder], env=dict(os.environ))
        async with Client(stdio_client(program)) as client:
            await client.list_tools()
            server = child()
            print(f"first answer: {time.perf_counter() - began:.2f} s, {used(server):.2f} s of CPU")
            text = "同志们：\n" + "我们要认真贯彻落实会议精神，把各项工作做深做细做实。" * 100
            calls: dict[str, dict[str, object]] = {
                "find_outline": {"words": "安全生产会议 讲话"},
                "outline_guide": {"outline": "office-training"},
                "draft": {"outline": "office-training", "mode": "allow_partial"},
                "proofread": {"text": text},
            }
            for name, arguments in calls.items():
                before = used(server)
                await client.call_tool(name, arguments)
                first = used(server)
                for _ in range(ROUNDS):
                    await client.call_tool(name, arguments)
                print(f"{name}: first {(first - before) * 1000:.0f} ms of CPU, then {(used(server) - first) * 1000 / ROUNDS:.0f} ms")
            print(f"in all {used(server):.2f} s of CPU")


if __name__ == "__main__":
    asyncio.run(main())
