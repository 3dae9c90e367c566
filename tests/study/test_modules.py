"""Which rules rerun when a module changes: those whose script uses it, module by module."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

from mrio.study.modules import used_modules

TABLES = {"compensation", "model_tables", "regions"}  # rules that write tables of results
PAGES = {"workbook", "print_table", "atlas"}
DRAWN = {"figures", "compensation_figure"}
FORESTS = {"regional", "after_sink"}
PAID = {"compensation", "compare"}
#: Rules that ask questions of the model rather than make it: which of the modules above they use is theirs to choose.
QUESTIONS = {
    "brief", "datapackage", "decomposition", "evidence", "evidence_sensitivity", "inequality", "key_sectors_figure",
    "regional_figures", "scopes", "series", "structure", "stressors", "trade_views", "draws", "intervals",
    "interval_tables", "interval_sources", "sensitivity",
}  # fmt: skip
EVERY = TABLES | PAGES | DRAWN | FORESTS | {"table", "model", "compare", "provenance", "settlement"}
#: Module, or all of a room -> the rules that rerun; the first line that fits holds.  Rules further down rerun where
#: what they read was made anew.
RERUNS = {
    "distribution.py": EVERY,
    "errors.py": EVERY,
    "choosable.py": {"table", "model", "atlas"} | PAID,
    "saving.py": EVERY,
    "study/damage.py": EVERY,
    "strict.py": {"settlement", "table"},
    "schema_words.py": {"settlement", "table", "model"} | PAID,
    "frames.py": EVERY - {"provenance"},
    "places.py": EVERY - {"provenance"},
    "labels.py": EVERY - {"provenance"},
    "sums_named.py": EVERY - {"provenance"},
    "own_labels.py": EVERY - {"provenance"},
    "units.py": EVERY - {"provenance", "settlement"},
    "currencies.py": EVERY - {"provenance", "settlement"},
    # words: those who say them
    "words/door.py": EVERY - {"table", "model", "provenance"},
    "words/atlas*_words.py": {"atlas"},
    "words/caption_words.py": DRAWN | {"settlement"},
    "words/fund_words.py": PAGES | DRAWN | {"compare"},
    "words/cell_words.py": TABLES | PAGES | FORESTS | {"compare"},
    "words/comparison_words.py": {"compare"},
    "words/figure_words.py": DRAWN,
    "words/group_words.py": {"compensation", "model_tables", "regions", "atlas", "compare"} | DRAWN | FORESTS,
    "words/money_words.py": PAGES | DRAWN | {"compare"},
    "words/other_regions.py": EVERY - {"table", "model", "provenance"},
    "words/page_words.py": PAGES | {"compare"},
    "words/quantity_words.py": PAGES | DRAWN | {"compare"},
    "words/regional_words.py": FORESTS,
    "words/settlement_words.py": {"settlement"},
    "words/variant_words.py": PAGES | DRAWN | {"compare"},
    # the table and its identities; the register is held to plausibility, too
    "table/plausibility/judging.py": {"table", "settlement", "atlas", "model"} | PAID,
    "table/plausibility/registry.py": {"table", "settlement", "atlas", "model"} | PAID,
    "table/plausibility/known_figures.py": {"table", "atlas", "model"} | PAID,
    "table/plausibility/socioeconomic_checks.py": {"table", "atlas", "model"} | PAID,
    "table/plausibility/emission_checks.py": {"table", "model"},
    "table/plausibility/rules_of_checks.py": {"table", "settlement", "atlas", "model"} | PAID,
    "table/plausibility/side_rules.py": {"table", "settlement", "atlas", "model"} | PAID,
    "table/plausibility/price_and_income.py": {"table", "atlas", "model"} | PAID,
    "table/plausibility/carbon_per_output.py": {"table", "model"},
    "table/plausibility/sentences.py": {"table", "settlement"},
    "table/plausibility/side_checks.py": {"settlement"},
    "table/plausibility/register_checks.py": {"settlement"},
    "table/plausibility/*": {"table"},
    "table/validation/report.py": {"table", "settlement", "atlas", "model"} | PAID,
    "table/provincial.py": {"table"},
    "table/validation/*": {"table"},
    "table/policies.py": {"table"},
    "table/rounding.py": {"table"},
    "table/traces.py": {"table", "model"},
    "table/*": {"table", "model", "atlas"} | PAID,
    # solvers: the one rule that solves
    "algebra/leontief/*": {"model"},
    "algebra/spectrum.py": {"model", "table"},
    "algebra/balancing.py": {"atlas"} | PAID,
    # files
    "formats/netcdf.py": {"table", "model"},
    "formats/result_files.py": TABLES | PAGES | DRAWN | {"compare", "after_sink"},
    "formats/inputs/emission_files.py": {"table", "model", "compare"},
    "formats/inputs/emission_keys.py": {"table", "model", "compare"},
    "formats/inputs/socioeconomic.py": {"table", "regions", "atlas"} | PAID,
    "formats/inputs/published.py": {"compare"},
    "formats/inputs/regional_files.py": FORESTS,
    "formats/*": {"table", "model", "regions", "settlement", "atlas"} | PAID | FORESTS,
    # equations
    "equations/payment.py": {"atlas"} | PAID,
    "equations/alignment.py": {"model", "atlas"} | PAID,
    "equations/fund.py": {"atlas"} | PAID,
    "equations/walk.py": {"model_tables"},
    "equations/groups.py": {"table", "regions", "compare"} | DRAWN | FORESTS,
    "equations/*": {"model"},
    "analysis/verdicts.py": {"compensation", "model_tables", "regions"} | PAGES | DRAWN,
    # intervals of what is paid; those of accounts and shares are made by rules further down
    "analysis/*": {"compensation"},
    "estimation/*": {"compensation"},
    "study/draw_files.py": {"compensation"},
    "study/grid_intervals.py": {"compensation"},
    "study/grid_money_intervals.py": {"compensation"},
    # the study's grid
    "study/jobs.py": EVERY,
    "study/inputs.py": {"table"},
    "study/year_folder.py": {"table"},
    "study/stressor_inputs.py": {"table"},
    "study/grid_stressors.py": {"model_tables", "workbook", "print_table", "atlas"},
    "study/grid.py": {"table", "model"} | PAID,
    "study/grid_model.py": {"model"},
    "study/grid_walks.py": {"model_tables"},
    "study/grid_payment.py": PAID,
    # what people read
    "outputs/columns.py": EVERY - {"table", "model", "provenance", "settlement"},
    "outputs/table_files.py": TABLES | PAGES | FORESTS | {"compare"},
    "outputs/escape.py": TABLES | PAGES | FORESTS | {"compare", "settlement"},
    "outputs/tables.py": TABLES | PAGES,
    "outputs/detail_tables.py": {"compensation", "model_tables", "regions"},
    "outputs/column_headings.py": PAGES | DRAWN | {"compare"},
    "outputs/geography.py": TABLES | DRAWN | {"atlas"},
    "outputs/printed_pages.py": PAGES | {"compare"},
    "outputs/print_tables.py": {"print_table", "compare"},
    "outputs/workbook.py": {"workbook"},
    "outputs/html_pages.py": {"table", "atlas"},
    "outputs/validation_files.py": {"table"},
    "outputs/figures/style.py": DRAWN | {"settlement"},
    "outputs/figures/descriptions.py": DRAWN | {"settlement"},
    "outputs/figures/fitting.py": DRAWN | {"settlement"},
    "outputs/figures/typefaces.py": DRAWN | {"settlement"},
    "outputs/printed_numbers.py": PAGES | DRAWN | {"compare"},
    "outputs/account_sums.py": PAGES | DRAWN | {"compare"},
    "outputs/two_funds.py": PAGES | DRAWN | {"compare"},
    "outputs/page_sums.py": PAGES | {"compare"},
    "outputs/pages_by_industry.py": {"workbook", "print_table"},
    "outputs/fund_sheet.py": {"workbook"},
    "outputs/figures/*": DRAWN,
    "outputs/atlas/*": {"atlas"},
    "review/comparison/*": {"compare"},
    "review/results.py": {"compare"},
    "review/code_files.py": {"compare", "provenance"},
    "review/origin.py": {"provenance", "compare"},
    "forests/after_sinks.py": {"after_sink"},
    "forests/*": FORESTS,
    "settlement/*": {"settlement"},
}


@pytest.fixture(scope="module")
def reruns(repo):
    """Return module -> rules whose script uses it, as the workflow finds them."""
    found: dict[str, set[str]] = {}
    for script in sorted((repo / "workflow" / "scripts").glob("*.py")):
        for module in used_modules(script):
            found.setdefault(Path(module).relative_to("mrio").as_posix(), set()).add(script.stem)
    return found


@pytest.fixture(scope="module")
def core(reruns):
    """Return the same without the rules that ask questions, and without modules that are theirs alone."""
    return {module: rules - QUESTIONS for module, rules in reruns.items() if rules - QUESTIONS}


def test_every_module_reruns_the_rules_the_table_says_and_no_other(core):
    wrong = {}
    for module, rules in core.items():
        said = next((said for pattern, said in RERUNS.items() if fnmatch(module, pattern)), None)
        if said is None or (rules != said and not (module.startswith("formats/") and rules <= said)):
            wrong[module] = {"reruns": sorted(rules), "the table says": said and sorted(said)}
    assert wrong == {}


def test_every_line_of_the_table_is_about_a_module(core):
    assert [pattern for pattern in RERUNS if not any(fnmatch(module, pattern) for module in core)] == []


def test_a_comment_beside_the_solver_reruns_the_rules_that_solve_and_no_other(reruns):
    assert reruns["algebra/leontief/minimal_residual.py"] == {
        "model",
        "decomposition",
        "structure",
        "trade_views",
        "draws",
        "scopes",
        "sensitivity",
        "stressors",
    }


def test_the_command_line_reruns_nothing_and_the_estimator_the_draws_alone(reruns):
    assert [module for module in reruns if module.startswith(("cli/", "emissions/"))] == []
    assert {rule for module, rules in reruns.items() if module.startswith("estimation/") for rule in rules} <= {
        "draws",
        "compensation",
        "intervals",
        "interval_sources",
    }


def test_a_rule_is_told_of_every_script_and_the_table_of_every_rule(repo):
    scripts = {path.stem for path in (repo / "workflow" / "scripts").glob("*.py")}
    assert scripts == EVERY | QUESTIONS
