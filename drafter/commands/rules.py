"""`drafter check --list-rules`, `--explain`: what the proof-reader knows."""

from typing import NamedTuple, TypedDict

from drafter.check.rules import Rule, names, registry, rule
from drafter.check.settings import known


class RulesRequest(NamedTuple):
    """The rule to be explained; "" for all of them."""

    name: str = ""


class RuleData(TypedDict):
    """A rule for programs: `source` is what it rests on, `documentation` what it finds, with examples."""

    rule: str
    level: str
    source: str
    documentation: str


class RulesResult(NamedTuple):
    """The rules asked for, in the order they are applied."""

    rules: tuple[Rule, ...]

    def json(self) -> list[RuleData]:
        """For programs."""
        return [
            {"rule": r.name, "level": r.level, "source": r.source, "documentation": r.doc.strip()} for r in self.rules
        ]


def rules(request: RulesRequest) -> RulesResult:
    """The rule of a name, or all. Raises Rejected where there is none of that name."""
    if not request.name:
        return RulesResult(tuple(registry()))
    known((request.name,), "--explain")
    return RulesResult((rule(request.name),))


def rule_names() -> tuple[str, ...]:
    """The names of all rules, in the order of the alphabet. No rule is imported for it."""
    return names()
