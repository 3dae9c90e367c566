"""The configuration: unknown keys, wrong values, and which modules a script depends on."""

from datetime import date
from typing import get_args

import jsonschema
import pytest
import yaml

from mrio.choosable import Method, Preset
from mrio.equations.definitions import METHODS
from mrio.equations.payment import ALIASES, CURVES
from mrio.errors import ConfigError, InputError
from mrio.study.config import check_config, price_of, read_config
from mrio.study.grid_payment import ENGEL
from mrio.study.modules import used_modules
from mrio.study.settings import CurveChoice
from mrio.study.settings_pages import pages
from mrio.study.year_folder import year_files


@pytest.fixture
def config(repo):
    return read_config(repo / "config" / "config.yaml")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"carbon_prise": 1}, "the key 'carbon_prise' is unknown (did you mean 'carbon_price'?); known: years,"),
        ({"methods": ["eebtt"]}, "'eebtt' (did you mean 'eebt'?), expected one of eebt, mrio, gross"),
        ({"carbon_price": "dear"}, "carbon_price is 'dear', expected a number of at least 0 or a price of each year"),
        ({"carbon_price": -5}, "carbon_price is -5, expected a number of at least 0"),
        ({"carbon_price": {2017: -1}}, "carbon_price.2017 is -1, expected a number of at least 0"),
        ({"carbon_price": {2017: 1, "2017": 2}}, "carbon_price is {2017: 1, '2017': 2}, expected"),
        ({"carbon_price": float("nan")}, "carbon_price is nan, expected a number"),
        ({"carbon_price": float("inf")}, "carbon_price is inf, expected a number"),
        ({"years": []}, "years is [], expected a list of at least one entry"),
        ({"years": ["20l7"]}, "years.0 is '20l7', expected a whole number"),
        ({"years": [2017, 2017]}, "years is [2017, 2017], expected a list of at least one entry, none twice"),
        ({"years": [True]}, "years.0 is True, expected a whole number"),
        ({"languages": "fr"}, "languages is 'fr', expected a list"),
        (
            {"settlement": {"registers": ["a/b"], "as_of": None}},
            "settlement.registers.0 is 'a/b', expected the name of",
        ),
        ({"policies": {"residul": "keep"}}, "the key 'policies.residul' is unknown (did you mean 'residual'?)"),
        ({"curve": {"preset": "liao"}}, "'liao' (did you mean 'liao2022'?)"),
        ({"curve": {"b": 1}}, "the key 'curve.preset' is missing, expected one of liao2022"),
        ({"limits": {}}, "the key 'limits.residual_carbon' is missing, expected a number above 0 and at most 1"),
        ({"methods": ["gross"]}, "methods has only 'gross'"),
        (
            {"stressors": ["SO2"]},
            "stressors has no CO2, of which carbon_price is the price of a tonne; write 'stressors: [CO2, SO2]'",
        ),
        ({"stressors": ["co2"]}, "write 'stressors: [CO2]'"),
        (
            {"stressors": ["CO2", "S/O2"]},
            "stressors.1 is 'S/O2', expected the name of a stressor of at most 16 letters",
        ),
        (
            {"stressors": ["CO2", "CO2"]},
            "stressors is ['CO2', 'CO2'], expected a list of at least one entry, none twice",
        ),
        (
            {"carbon_price": {"SO2": 500}},
            "carbon_price names 'SO2', expected years alone: it is the price of a tonne of "
            "CO2, and no other stressor is paid for; write 'carbon_price: 100'",
        ),
        ({"scope": "exports-less-imports"}, "set 'foreign_imports' to 'province' or 'national'"),
    ],
)
def test_mistakes_are_named(config, change, message):
    with pytest.raises(ConfigError) as caught:
        check_config({**config, **change})
    assert message in str(caught.value)


def test_command_line_values_are_read_as_what_they_are(config):
    settlement = {"registers": ["yuanmou"], "as_of": date(2026, 6, 30)}  # as YAML reads a bare 2026-06-30
    checked = check_config({**config, "years": ["2017"], "resolutions": [42], "settlement": settlement})
    assert checked["years"] == [2017]
    assert checked["resolutions"] == ["42"]
    assert checked["settlement"]["as_of"] == "2026-06-30"


#: What is typed after --config, as it arrives -> what it means.
TYPED = {
    "carbon_price": [
        ({2015: "60"}, {"2015": 60}),
        ({"2015:60": ""}, {"2015": 60}),
        ({"2015:60.5": None}, {"2015": 60.5}),
    ],
    "curve": [("pearl", {"preset": "pearl", "engel": "all"})],
    "methods": [("mrio", ["mrio"])],
    "years": [(2017, [2017]), ("2017", [2017])],
    "resolutions": [(42, ["42"]), ("six", ["six"])],
    "exclude_regions": [("Tibet", ["Tibet"])],
}


@pytest.mark.parametrize(("key", "given", "meant"), [(key, *pair) for key, pairs in TYPED.items() for pair in pairs])
def test_one_value_on_a_command_line_is_taken_for_what_it_means(config, key, given, meant):
    checked = check_config({**config, key: given})
    assert checked[key] == meant


@pytest.mark.parametrize(
    ("key", "given", "message"),
    [
        ("carbon_price", {2015: "sixty"}, "carbon_price.2015 is 'sixty', expected a number of at least 0"),
        ("curve", "perl", "curve is 'perl' (did you mean 'pearl'?), expected one of liao2022"),
        ("methods", "mria", "methods is 'mria', expected a list of at least one entry, none twice, each one of eebt"),
        ("years", True, "years is True, expected a list"),
    ],
)
def test_one_value_that_means_nothing_is_refused_with_what_there_is(config, key, given, message):
    with pytest.raises(ConfigError) as caught:
        check_config({**config, key: given})
    assert message in str(caught.value)


def test_the_values_stay_as_they_were_written(config, repo):
    stated = yaml.safe_load((repo / "config" / "config.yaml").read_text(encoding="utf-8"))
    assert repr(config) == repr(stated)
    assert repr(price_of(check_config({**config, "carbon_price": {2017: 60}}), 2017)) == "60"
    with pytest.raises(ConfigError, match="carbon_price has no price of 2012"):
        price_of(check_config({**config, "carbon_price": {2017: 60}}), 2012)


def test_files_that_are_no_configuration(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_config(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_text("years: [2017\nmethods: x", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.yaml, row 1: found the line"):
        read_config(tmp_path / "bad.yaml")
    (tmp_path / "list.yaml").write_text("- 1", encoding="utf-8")
    with pytest.raises(ConfigError, match="found list, expected key: value lines"):
        read_config(tmp_path / "list.yaml")
    text = "limits: {}\npolicies:\n  residual: keep\n  residual: refuse\n"
    (tmp_path / "twice.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"twice\.yaml, row 4: found the key 'residual' a second time"):
        read_config(tmp_path / "twice.yaml")
    (tmp_path / "gbk.yaml").write_bytes(b"note: \xff\xfe")
    with pytest.raises(InputError, match="found bytes that are no text"):
        read_config(tmp_path / "gbk.yaml")


def test_scripts_depend_on_the_modules_they_use(repo):
    scripts = repo / "workflow" / "scripts"
    compensation, table = used_modules(scripts / "compensation.py"), used_modules(scripts / "table.py")
    assert "mrio/equations/payment.py" in compensation
    assert "mrio/equations/payment.py" not in table
    assert "mrio/table/validation/gate.py" in table
    assert "mrio/table/validation/gate.py" not in compensation
    assert "mrio/__init__.py" not in compensation


def test_schema_and_table_of_keys_are_those_of_the_settings(repo):
    for path, text in pages(repo).items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: write it again with make config-pages"


def test_the_schema_says_what_the_settings_say(repo, config):
    schema = yaml.safe_load((repo / "workflow" / "schemas" / "config.schema.yaml").read_text(encoding="utf-8"))
    valid = jsonschema.Draft202012Validator(schema).is_valid
    assert valid(config) and valid({**config, "regional": None, "carbon_price": {"2017": 60}})
    for change in ({"carbon_prise": 1}, {"methods": ["eebtt"]}, {"years": [2017, 2017]}, {"curve": {"b": 1}}):
        assert not valid({**config, **change})


def test_choices_are_those_of_the_modules_that_make_them():
    assert tuple(get_args(Preset)) == (*ALIASES, *CURVES)
    assert set(get_args(Method)) == set(METHODS)
    assert get_args(CurveChoice.model_fields["engel"].annotation) == tuple(ENGEL)


def test_two_tables_of_one_year_are_refused_since_either_may_be_meant(tmp_path):
    for name in ("mrio_30.nc", "mrio_42.nc"):
        (tmp_path / name).touch()
    with pytest.raises(InputError, match=r"found mrio_30.nc and mrio_42.nc, expected one table of the year"):
        year_files(tmp_path)
    (tmp_path / "mrio_42.nc").unlink()
    assert year_files(tmp_path)["emissions"].name == "emissions_30.csv"
