"""Studies side by side: which one a run is of, where it writes, and what it has in common with the default one."""

from pathlib import Path

import pytest

from mrio.errors import ConfigError, InputError
from mrio.strict import read_yaml
from mrio.study.config import check_config
from mrio.study.studies import COMPUTED_BY, agrees, folders_of, study_named


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with two studies."""
    (tmp_path / "studies").mkdir()
    for name in ("price60", "six"):
        (tmp_path / "studies" / f"{name}.yaml").write_text("carbon_price: 60\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "studies"


def test_a_study_is_named_or_its_file_is_given(here):
    assert study_named(None, []) == study_named(None, ["config/uncertainty.yaml"]) == ""
    assert study_named("price60", []) == study_named(None, [here / "price60.yaml"]) == "price60"


def test_two_studies_at_once_are_refused(here):
    for asked, files in (("six", ["studies/price60.yaml"]), (None, ["studies/six.yaml", "studies/price60.yaml"])):
        with pytest.raises(ConfigError, match="the studies six and price60 are asked for at once; a run is of one"):
            study_named(asked, files)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("price06", r"study 'price06' is unknown \(did you mean 'price60'\?\): there are price60, six; write studies/"),
        ("series", "a study cannot be called 'series', expected letters"),
        ("2017", "a study cannot be called '2017', expected letters"),
    ],
)
def test_a_study_that_is_not_there_or_has_no_name_of_its_own_is_refused(here, name, sentence):
    for taken in ("series", "2017"):
        (here / f"{taken}.yaml").write_text("carbon_price: 60\n", encoding="utf-8") if name == taken else None
    with pytest.raises(ConfigError, match=sentence):
        study_named(name, [])


def test_a_study_file_that_is_no_yaml_is_refused_by_its_row(here):
    (here / "six.yaml").write_text("carbon_price: 60\ncarbon_price: 70\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"six.yaml, row 2: found the key 'carbon_price' a second time"):
        study_named("six", [])


def test_a_study_writes_into_its_own_folders_and_shares_what_it_has_in_common(repo):
    default = repo / "config" / "config.yaml"
    config = check_config(read_yaml(default))
    assert folders_of("", config, default)["results"] == folders_of("", config, default)["computed"] == "results"
    priced = folders_of("price60", {**config, "carbon_price": 60}, default)
    assert (priced["results"], priced["figures"], priced["computed"]) == (
        "results/price60",
        "figures/price60",
        "results",
    )
    apart = folders_of("all", {**config, "exclude_regions": []}, default)
    assert set(apart.values()) == {"results/all", "figures/all", "logs/all", "benchmarks/rules/all"}


@pytest.mark.parametrize("key", COMPUTED_BY)
def test_every_key_that_moves_the_table_the_model_or_the_draws_sets_a_study_apart(key):
    assert agrees({key: 1, "carbon_price": 1}, {key: 1, "carbon_price": 2})
    assert not agrees({key: 1}, {key: 2})
    assert not agrees({key: 1}, {})


def test_the_keys_in_common_are_those_that_the_rules_hand_to_the_jobs_in_common(repo):
    # the parameters of the rules that write <computed>
    rules = {name: (repo / "workflow" / "rules" / f"{name}.smk").read_text(encoding="utf-8")
             for name in ("inputs", "model", "uncertainty")}  # fmt: skip
    handed = "".join(rules.values())
    named = {key for key in check_config(read_yaml(repo / "config" / "config.yaml")) if f'"{key}"' in handed}
    payments = {"carbon_price", "curve", "compensation_base", "groupings", "languages", "years"}
    assert named - payments <= set(COMPUTED_BY)


def test_the_study_that_ships_states_only_what_differs(repo):
    default = check_config(read_yaml(repo / "config" / "config.yaml"))
    for path in (repo / "studies").glob("*.yaml"):
        stated = read_yaml(Path(path))
        assert stated and all(default[key] != value for key, value in stated.items())
