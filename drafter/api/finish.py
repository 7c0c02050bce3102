"""`finish`: the clean copy."""

from __future__ import annotations

from drafter.api.given import FileGiven, PathGiven, door, file_of, path_of, refused
from drafter.commands.finish import FinishRequest, FinishResult
from drafter.commands.held import holding


@door
def finish(
    file: FileGiven,
    *,
    output: PathGiven | None = None,
    check: bool = False,
    large_print: bool = False,
    accept_revisions: bool = False,
    drop_comments: bool = False,
    drop_highlights: bool = False,
    force: bool = False,
) -> FinishResult:
    """The clean copy that leaves the building, where nothing is left to do; else `problems`, and no copy.

    file: a speech of any kind that can be read; it is never changed.
    output: the .docx to write; None writes nothing: the bytes are in `data`.
    check: it is only looked, for a gate: `if drafter.finish(path, check=True).problems: …`.
    large_print: a copy in large type for the speaker too, beside `output` or in `unsaved`.
    accept_revisions, drop_comments, drop_highlights: these do not keep it from being finished.
    force: errors of the proof-reader do not either; files that are there are replaced.

    Raises Rejected for a file that cannot be read or written.
    """
    from drafter.commands.finish import finish as command

    if large_print and check:
        raise refused("check=True 只检查，不写文件；去掉 large_print。")
    with holding(file_of(file)) as held:
        name = held.names[0]
        request = FinishRequest(
            file=name,
            output=path_of(output, "output") or ("" if check else held.target(name, "（定稿）", ".docx")),
            large_print=large_print,
            check=check,
            force=force,
            accept_revisions=accept_revisions,
            drop_comments=drop_comments,
            drop_highlights=drop_highlights,
        )
        return held.given_back(command(request))
