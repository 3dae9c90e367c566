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

Figures that nearly all (four in five) are those of a known source of the same year were taken from it; the few that
are not are named however small, in `emissions off their inventory` and `figures off their source`. Every committed
input is described by its hash (`datapackage.json`), so that any edit of it is said (`described files`; `mrio
describe` after one that is meant).

What stays silent, of a file of one's own that nothing describes: of 300 random edits of each of emissions, table and
statistics of 2012 and 2017 none moved Tables 1-3 by more than 1% without a word (`MRIO_EDITS=100` runs more of them,
tests/study). Population that is off by 3% is seen beside GDP and per-capita GDP (which agree to 1% in 2017), or,
where all of them are, by the one factor that all provinces share; urban and rural households that are exchanged by
their own inventory in a year that has one, and otherwise where the two burn unlike (not in Hunan or Jiangxi), which
moves no table: they are added up.

In a register 47 of 360 random edits are silent, and cannot be known from it: a price within a seventh of that of the
day before, or of a day nobody asks for; the size of a certificate or of a shortfall that is made good; an obligation
within the usual range per hectare; the last row of a sheet left out; a factor that no row asks for; two villages
exchanged. Sectors of one province exchanged within a group that the inventory has as one (services 31 to 42) move no
account at six sectors. The sign of net transfers that the library is given is not known from them. What a
configuration chooses (price, curve, definitions) is printed on the tables.

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
