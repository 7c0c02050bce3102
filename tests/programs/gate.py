"""A gate before what leaves the building: `python gate.py 稿/*.docx`, exit code 1 where one is not fit."""

import sys
from collections.abc import Sequence

import drafter


def main(paths: Sequence[str]) -> int:
    """The exit code."""
    code = 0
    for path in paths:
        try:
            problems = [f"{problem.where} {problem.words}：{problem.note or problem.kind}" for problem in drafter.finish(path, check=True).problems]
        except drafter.Rejected as no:
            problems = [str(no)]
        for problem in problems:
            print(f"{path}: {problem}", file=sys.stderr)
        code = code or bool(problems)
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
