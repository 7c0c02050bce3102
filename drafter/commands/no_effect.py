"""Options that were given and do nothing: said, with what they belong to, so that nobody waits for what does not come."""

from collections.abc import Iterable

from drafter.diagnostic import WARNING, Diagnostic

#: An option: its value, false where it was not given, and how it is written.
Given = tuple[object, str]


def without_effect(why: str, options: Iterable[Given]) -> tuple[Diagnostic, ...]:
    """That the options given have no effect: `why` says what they belong to, or what keeps them from it."""
    idle = [option for given, option in options if given]
    if not idle:
        return ()
    return (Diagnostic(f"{'、'.join(idle)} 这次没有用：{why}。", level=WARNING, code="option-without-effect"),)
