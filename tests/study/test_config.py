"""The configuration: unknown keys, wrong values, and which modules a script depends on."""

import pytest

from mrio.errors import ConfigError, InputError
from mrio.study.config import check_config, read_config
from mrio.study.modules import used_modules


@pytest.fixture
def config(repo):
    return read_config(repo / "config" / "config.yaml")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"carbon_prise": 1}, "unknown key 'carbon_prise' (did you mean 'carbon_price'?)"),
        ({"methods": ["eebtt"]}, "'eebtt' (did you mean 'eebt'?), expected one of eebt, mrio, gross"),
        ({"carbon_price": "dear"}, "key 'carbon_price' is 'dear', expected a value of type number or object"),
        ({"carbon_price": -5}, "key 'carbon_price' is -5, expected at least 0"),
        ({"years": []}, "key 'years' is [], expected at least one entry"),
        ({"years": ["20l7"]}, "key 'years.0' is '20l7', expected a value of type integer"),
        ({"curve": {"preset": "liao"}}, "'liao' (did you mean 'liao2022'?)"),
        ({"curve": {"b": 1}}, "key 'curve' lacks 'preset'"),
        ({"limits": {}}, "key 'limits' lacks 'row_balance'"),
        ({"methods": ["gross"]}, "key 'methods' has only 'gross'"),
        ({"scope": "exports-less-imports"}, "set 'foreign_imports' to 'province' or 'national'"),
    ],
)
def test_mistakes_are_named(config, change, message):
    with pytest.raises(ConfigError) as caught:
        check_config({**config, **change})
    assert message in str(caught.value)


def test_command_line_values_are_read_as_what_they_are(config):
    checked = check_config({**config, "years": ["2017"], "resolutions": [42]})
    assert checked["years"] == [2017]
    assert checked["resolutions"] == ["42"]


def test_files_that_are_no_configuration(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_config(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_text("years: [2017\nmethods: x", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.yaml, row 2: found text that is not YAML"):
        read_config(tmp_path / "bad.yaml")
    (tmp_path / "list.yaml").write_text("- 1", encoding="utf-8")
    with pytest.raises(ConfigError, match="found list, expected key: value lines"):
        read_config(tmp_path / "list.yaml")


def test_scripts_depend_on_the_modules_they_use(repo):
    scripts = repo / "workflow" / "scripts"
    compensation, table = used_modules(scripts / "compensation.py"), used_modules(scripts / "table.py")
    assert "mrio/equations/payment.py" in compensation
    assert "mrio/equations/payment.py" not in table
    assert any(name.startswith("mrio/table/validation") for name in table)
    assert not any(name.startswith("mrio/table/validation") for name in compensation)
    assert "mrio/__init__.py" not in compensation


def test_every_config_key_is_described(repo, config):
    text = (repo / "config" / "README.md").read_text(encoding="utf-8")
    for key, value in config.items():
        names = [f"{key}.{sub}" for sub in value] if isinstance(value, dict) else [key]
        assert all(f"`{name}`" in text for name in names), key
