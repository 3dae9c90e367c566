"""The table of sources of uncertainty: the shipped one is complete, a wrong cell is one sentence."""

import dataclasses

import pytest

from mrio import labels
from mrio.analysis.sources import Sources
from mrio.errors import InputError
from mrio.estimation.errors_of_estimate import EstimateErrors
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.uncertainty_file import read_uncertainty

HEADER = "source,parameter,distribution,value,reference\n"


def test_every_parameter_of_a_draw_has_a_scale_and_a_reference():
    parameters = read_uncertainty(labels.data_dir() / "uncertainty.csv")
    sources, names = Sources(tuple(parameters)), {one.name for one in parameters}
    assert {field.name for field in dataclasses.fields(EstimateErrors)} <= names
    assert all(value > 0 for value in dataclasses.astuple(sources.estimate))
    fuels = read_emissions(labels.data_dir() / "2017" / "emissions_42.csv", scheme="42")["fuel"].values.tolist()
    assert {f"emission_factor.{fuel}" for fuel in fuels} <= names
    groups = set(labels.concordance("42", "six").values()) | {"household"}
    assert {f"activity.{group}" for group in groups} <= names
    assert all(len(one.reference) > 10 or one.reference.startswith("the same") for one in parameters)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("a,b,normal,x,r", "row 2, column value: found 'x', expected a number of at least 0"),
        ("a,b,normal,-1,r", "found '-1', expected a number of at least 0"),
        ("a,b,normal,nan,r", "expected a number of at least 0"),
        ("a,b,probability,1.5,r", "expected a share between 0 and 1"),
        ("a,b,lognormal,1,r", "did you mean 'log-normal'"),
        ("a,b,normal,1,", "column reference: found an empty cell"),
        ("a,b,normal,1,r\na,b,normal,1,r", "row 3, column parameter: found 'b' a second time"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, row, sentence):
    path = tmp_path / "uncertainty.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_uncertainty(path)
    assert sentence in str(refused.value)
