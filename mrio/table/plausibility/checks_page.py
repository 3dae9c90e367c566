"""The page of the documentation about plausibility, made from the table of checks: ``python -m`` this module."""

from __future__ import annotations

from mrio.table.plausibility.registry import RULES
from mrio.table.plausibility.rules_of_checks import Rule

_HEAD = """# Plausibility

Identities protect a table: a cell that is changed breaks a row or a column. Emissions, statistics, side files and
registers have no identity, so they are held against what is known from elsewhere (`data/raw/evidence/plausibility`).
A figure that differs from the evidence by more than the first factor, either way, is a warning printed on the tables;
beyond the second the run stops. Both factors widen by the yearly drift where the evidence is of another year (at most
eight years away). A check without factors decides by finding anything.

A figure that is right all the same is accepted by name in the configuration, with the reason, which is printed on the
tables:

```yaml
plausible:
  provincial emissions: inventory of Ningxia revised upwards in 2021
```

This page is made by `python -m mrio.table.plausibility.checks_page > docs/plausibility.md`.
"""
_COLUMNS = ("Check", "What", "Held against", "Warns beyond", "Refuses beyond", "Drift a year")


def rules_page() -> str:
    """Return the page: one table of checks per subject."""
    subjects = dict.fromkeys(rule.subject for rule in RULES)
    return _HEAD + "".join(_section(subject) for subject in subjects)


def _section(subject: str) -> str:
    lines = [_COLUMNS, ("---",) * len(_COLUMNS), *(_cells(rule) for rule in RULES if rule.subject == subject)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"\n## {subject.capitalize()}\n\n{table}\n"


def _cells(rule: Rule) -> tuple[str, ...]:
    always = "always" if rule.level == "error" else "never (a warning)"
    factors = (f"{rule.warning:g}", f"{rule.error:g}") if rule.warning and rule.error else ("", always)
    above = " (above it only)" if rule.upward else ""
    return f"`{rule.name}`", rule.what, rule.evidence + above, *factors, f"{rule.drift:g}" if rule.drift > 1 else ""


if __name__ == "__main__":
    print(rules_page(), end="")
