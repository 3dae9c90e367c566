"""Configurations as people type them: each ends, before any job, in one sentence that names the line or the key."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mrio.errors import MrioError
from mrio.settlement.folder import check_registers
from mrio.strict import read_yaml
from mrio.study.config import check_config, read_config
from mrio.study.inputs import Inputs, read_inputs
from mrio.study.side_inputs import check_side_inputs
from mrio.study.year_folder import year_files
from mrio.table.interregional import Table


@pytest.fixture(scope="module")
def text(repo) -> str:
    return (repo / "config" / "config.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def inputs(repo) -> dict[int, Inputs]:
    config = read_config(repo / "config" / "config.yaml")
    return {2017: read_inputs(year_files(repo / "data/raw/2017"), 2017, config)}


PRICE, CURVE = "carbon_price: 100", "curve: {preset: liao2022, engel: all}"
#: Name -> (what stands there, what was typed in its place, part of the sentence).
TYPED = {
    "full-width colon": (PRICE, "carbon_price： 100", "row 29: found the line 'carbon_price： 100', which is not YAML"),
    "full-width colon, no blank": (PRICE, "carbon_price：100", "write a half-width colon and a blank: ': '"),
    "no blank after the colon": (PRICE, "carbon_price:100", "row 29: found the line 'carbon_price:100'"),
    "no blank: what to do": (PRICE, "carbon_price:100", "write a blank after the colon"),
    "equals sign": (PRICE, "carbon_price = 100", "write a colon and a blank in place of the equals sign"),
    "tabs": ("  alpha_exports", "\talpha_exports", "row 39: found the line 'alpha_exports: 1.0"),
    "tabs: what to do": ("  alpha_exports", "\talpha_exports", "indent with blanks, not with tabs"),
    "full-width blank": (PRICE, "carbon_price:\u3000100", "write ordinary blanks"),
    "no-break blank": (PRICE, "carbon_price:\u00a0100", "write ordinary blanks"),
    "full-width commas": ("[eebt, mrio, gross]", "[eebt， mrio", "row 9: found the line 'methods: [eebt， mrio'"),
    "a bracket left open": ("[eebt, mrio, gross]", "[eebt, mrio", "row 9: found the line 'methods: [eebt, mrio'"),
    "a quotation mark left open": ('"42"]', '"42]', "row 19: found the line 'resolutions: [six, \"42]'"),
    "full-width commas in a list": ("[eebt, mrio, gross]", "[eebt， mrio]", "methods.0 is 'eebt， mrio'"),
    "base 60": (PRICE, "carbon_price: 1:40", "row 29: found '1:40', which YAML reads as another number"),
    "base 16": (PRICE, "carbon_price: 0x64", "row 29: found '0x64', which YAML reads as another number"),
    "base 8": ('"42"]', "042]", "found '042', which YAML reads as another number"),
    "underscore": (PRICE, "carbon_price: 1_00", "found '1_00', which YAML reads as another number"),
    "no day": ("as_of: null", "as_of: 2026-13-01", "row 67: found '2026-13-01', which is no day of the calendar"),
    "no such day": ("as_of: null", "as_of: 2026-02-30", "found '2026-02-30', which is no day of the calendar"),
    "a key twice": (PRICE, f"{PRICE}\n{PRICE}", "row 30: found the key 'carbon_price' a second time"),
    "a key twice inside": ("{residual: keep,", "{residual: keep, residual: spread,", "key 'residual' a second time"),
    "an anchor that is not": (PRICE, "carbon_price: *p", "found the line 'carbon_price: *p', which is not YAML"),
    "price not a number": (PRICE, "carbon_price: .nan", "carbon_price is nan, expected a number of at least 0"),
    "price infinite": (PRICE, "carbon_price: .inf", "carbon_price is inf, expected"),
    "price below zero": (PRICE, "carbon_price: -5", "carbon_price is -5, expected"),
    "price as text": (PRICE, 'carbon_price: "100"', "carbon_price is '100' (text; as a number: 100.0)"),
    "price without a point": (PRICE, "carbon_price: 1e2", "carbon_price is '1e2' (text; as a number: 100.0)"),
    "price with its unit": (PRICE, "carbon_price: 100 yuan", "carbon_price is '100 yuan', expected"),
    "price in full-width digits": (PRICE, "carbon_price: １００", "carbon_price is '１００' (with the full-width"),
    "price list": (PRICE, "carbon_price: [100]", "carbon_price is [100], expected"),
    "price of a stressor": (PRICE, "carbon_price: {SO2: 50}", "carbon_price names 'SO2', expected years alone"),
    "price of one year infinite": (PRICE, "carbon_price: {2017: .inf}", "carbon_price.2017 is inf"),
    "key misspelt": (PRICE, "carbon_prise: 100", "'carbon_prise' is unknown (did you mean 'carbon_price'?)"),
    "key missing": (PRICE, "", "the key 'carbon_price' is missing"),
    "a year twice": ("years: [2017]", "years: [2017, 2017]", "years is [2017, 2017], expected a list"),
    "a year as range": ("years: [2017]", "years: 2012-2017", "years is '2012-2017', expected a list"),
    "no year": ("years: [2017]", "years: []", "years is [], expected a list of at least one entry"),
    "a short year": ("years: [2017]", "years: [17]", "years.0 is 17, expected a whole number of at least 1900"),
    "method in capitals": ("[eebt, mrio, gross]", "[EEBT]", "methods.0 is 'EEBT' (did you mean 'eebt'?)"),
    "gross alone": ("[eebt, mrio, gross]", "[gross]", "methods has only 'gross'"),
    "scope misspelt": ("scope: interprovincial", "scope: with_exports", "(did you mean 'with-exports'?)"),
    "imports misspelt": ("foreign_imports: excluded", "foreign_imports: included", "(did you mean 'excluded'?)"),
    "curve misspelt": (CURVE, "curve: {preset: liao, engel: all}", "curve.preset is 'liao' (did you mean"),
    "curve in another case": (CURVE, "curve: {preset: liao2022, g: 5}", "'curve.g' is unknown (did you mean 'G'?)"),
    "curve not a number": (CURVE, "curve: {preset: liao2022, G: .nan}", "curve.G is nan, expected a number above 0"),
    "curve of nobody": (CURVE, "curve: {preset: liao2022, engel: rural}", "curve.engel is 'rural'"),
    "limit as percentage": ("residual_carbon: 0.03", "residual_carbon: 3", "residual_carbon is 3, expected a number"),
    "limit with a sign": ("residual_carbon: 0.03", "residual_carbon: 3%", "limits.residual_carbon is '3%'"),
    "limit without a point": ("limit: 1.0e-6", "limit: 1e-6", "balance.limit is '1e-6' (text; as a number: 1e-06)"),
    "check misspelt": ("plausible: {}", "plausible: {national emission: x}", "(did you mean 'national emissions'?)"),
    "check without reason": ("plausible: {}", 'plausible: {national emissions: " "}', "gives no reason"),
    "register elsewhere": ("registers: [yuanmou]", "registers: [../yuanmou]", "registers.0 is '../yuanmou', expected"),
    "register above": ("registers: [yuanmou]", "registers: [..]", "settlement.registers.0 is '..', expected the name"),
    "day the other way round": ("as_of: null", "as_of: 30/06/2026", "settlement.as_of is '30/06/2026', expected a day"),
    "draws too few": ("draws: 100", "draws: 1", "uncertainty.draws is 1, expected a whole number of at least 20"),
    "language by another name": ("languages: [en, zh]", "languages: [cn]", "languages.0 is 'cn'"),
}  # fmt: skip


def typed(text: str, old: str, new: str, path: Path) -> Path:
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", TYPED)
def test_a_configuration_as_typed_ends_in_a_sentence(text, tmp_path, name):
    old, new, said = TYPED[name]
    with pytest.raises(MrioError) as caught:
        check_config(read_yaml(typed(text, old, new, tmp_path / "config.yaml")), "config")
    assert said in str(caught.value) and str(caught.value).endswith("."), str(caught.value)


#: What is found with the inputs at hand.
LATER = {
    "no price of the year": (PRICE, "carbon_price: {2012: 60}", "carbon_price has no price of 2017; add a line"),
    "price of nothing": (PRICE, "carbon_price: 0", "carbon_price is 0 yuan/t, 0 times the study's 100"),
    "price in 10^4 yuan": (PRICE, "carbon_price: 0.01", "carbon_price is 0.01 yuan/t, 0.0001 times the study's 100"),
    "income in 10^4 yuan": (CURVE, "curve: {preset: liao2022, G: 5.966}", "curve.G is 5.97 yuan, 0.0001 times"),
    "residual beyond the limit": ("residual_carbon: 0.03", "residual_carbon: 0.0001",
        "table of 2017, eebt at six: the table's residual carries 0.124% of production"),
    "no regional figures": ("{year: 2019,", "{year: 2020,", "has no emissions_2020.csv; add it, or write one of 2019"),
    "growth as percentage": ("growth_rate: null", "growth_rate: 2", "forest stock grows by 200% a year"),
    "growth as factor": ("growth_rate: null", "growth_rate: 1.02", "forest stock grows by 102% a year, expected 20%"),
    "growth with a sign": ("growth_rate: null", "growth_rate: 2%", "forest_growth_rate is '2%', expected null"),
    "growth as text": ("growth_rate: null", 'growth_rate: "0.02"', "forest_growth_rate is '0.02', expected null"),
    "no growth file": ("growth_rate: null", "growth_rate: g.csv", "g.csv: found no such file"),
    "no register": ("registers: [yuanmou]", "registers: [yuanmo]", "yuanmo: found no such folder"),
    "a day too early": ("as_of: null", "as_of: 2020-01-01", "before the first row of the register"),
    "a day too late": ("as_of: null", "as_of: 2206-06-30", "over 10 years after the last row"),
}  # fmt: skip


@pytest.mark.parametrize("name", LATER)
def test_what_a_job_would_find_is_found_before_any_job(repo, text, tmp_path, inputs, name):
    old, new, said = LATER[name]
    config = check_config(read_yaml(typed(text, old, new, tmp_path / "config.yaml")), "config")
    with pytest.raises(MrioError) as caught:
        check_side_inputs(config, inputs, repo / "data")
        check_registers(config["settlement"], repo / "data/raw/settlement")
    assert said in str(caught.value) and str(caught.value).endswith("."), str(caught.value)


#: What may be meant -> what is said of it.
DOUBTED = {
    "price tenfold twice": (PRICE, "carbon_price: 10000", "carbon_price is 10,000 yuan/t, 100 times the study's 100"),
    "income with a digit more": (CURVE, "curve: {preset: liao2022, G: 596600}", "curve.G is 596,600 yuan, 10 times"),
    "a steep curve": (CURVE, "curve: {preset: liao2022, b: 57.4}", "is 1 at t = .3, 1.84 times the 0.543 of liao2022"),
}


@pytest.mark.parametrize("name", DOUBTED)
def test_what_may_be_meant_is_said(repo, text, tmp_path, inputs, name):
    old, new, said = DOUBTED[name]
    config = check_config(read_yaml(typed(text, old, new, tmp_path / "config.yaml")), "config")
    doubts = check_side_inputs(config, inputs, repo / "data")
    assert any(said in doubt for doubt in doubts), doubts


@pytest.mark.parametrize("preset", ["liao2022", "liao2022-b", "liao2022-G", "logistic", "pearl"])
def test_no_preset_and_no_usual_price_is_doubted(repo, text, inputs, preset):
    config = check_config(read_yaml(repo / "config" / "config.yaml"), "config")
    for price in (20, 60, 100, 1000):
        changed = {**config, "carbon_price": price, "curve": {"preset": preset, "engel": "all"}, "regional": None}
        assert check_side_inputs(changed, inputs, repo / "data") == []


def test_urban_engel_coefficients_must_be_there_where_they_are_asked_for(repo, inputs):
    config = read_config(repo / "config" / "config.yaml") | {"curve": {"preset": "liao2022", "engel": "urban"}}
    lacking = inputs[2017].socioeconomic.drop_vars("engel_urban")
    one = Inputs(inputs[2017].table, inputs[2017].emissions, lacking, inputs[2017].report)
    with pytest.raises(MrioError, match=r"curve\.engel asks for 'engel_urban'"):
        check_side_inputs(config, {2017: one}, repo / "data")


@pytest.mark.parametrize(("saved", "said"), [
    ("# 年份\nyears: [2017]".encode("gbk"), "found bytes that are no text, expected text in UTF-8"),
    ("years: [2017]".encode("utf-16"), "found bytes that are no text"),
    (b"", "found nothing, expected key: value lines"),
    (b"[1, 2]", "found list, expected key: value lines"),
    (b"years: [2017]\0", "found text that is not YAML"),
])  # fmt: skip
def test_how_a_configuration_was_saved_is_said(tmp_path, saved, said):
    path = tmp_path / "config.yaml"
    path.write_bytes(saved)
    with pytest.raises(MrioError, match=said):
        read_yaml(path)
    path.write_bytes(b"\xef\xbb\xbfyears: [2017]\n")
    assert read_yaml(path) == {"years": [2017]}


@pytest.mark.parametrize(("saved", "said"), [
    ("# 价格\ncarbon_price: 60\n".encode("gbk"), "mine.yaml: found bytes that are no text"),
    ("carbon_price： 60\n".encode() + b"years: [2017\n", "mine.yaml, row 1: found the line 'carbon_price： 60'"),
    (b"curve:\n\tpreset: pearl\n", "mine.yaml, row 2: found the line 'preset: pearl', which is not YAML"),
    (None, "mine.yaml: found no such file, expected a configuration"),
])  # fmt: skip
def test_make_reads_a_configuration_before_snakemake_opens_it(repo, tmp_path, saved, said):
    path = tmp_path / "mine.yaml"
    if saved is not None:
        path.write_bytes(saved)
    command = f"make --silent PYTHON={sys.executable} BIN={Path(sys.executable).parent} READY= FREE=true all"
    run = subprocess.run(
        [*command.split(), f"CONFIGFILE={path}"], cwd=repo, capture_output=True, text=True, check=False
    )
    assert run.returncode and said in run.stderr and "Traceback" not in run.stderr, run.stderr
    assert run.stdout == ""


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("wanted", ["excluded", "national"])
def test_imports_by_product_must_be_told_only_where_they_are_asked_for(repo, inputs, wanted, told):
    config = read_config(repo / "config" / "config.yaml") | {"foreign_imports": wanted, "regional": None}
    data = inputs[2017].table.data.drop_vars("imports_by_product", errors="ignore")
    if told:
        data["imports_by_product"] = data["exports"].rename(region="to_region").transpose("sector", "to_region")
    one = replace(inputs[2017], table=Table(data))
    if wanted == "excluded" or told:
        check_side_inputs(config, {2017: one}, repo / "data")
    else:
        with pytest.raises(MrioError, match="has no imports by product"):
            check_side_inputs(config, {2017: one}, repo / "data")
