"""The spread of an estimate: written, read, tied to its table, put beside the columns of Tables 1-3."""

import numpy as np
import pytest
import xarray as xr

from mrio.equations.payment import compensation
from mrio.errors import InputError, LabelError, MrioError
from mrio.formats.inputs.spread_file import read_spread, write_spread
from mrio.study.grid_payment import with_amount_deviation

GRID = {"resolution": ["six", "42"], "definition": ["eebt", "mrio"], "region": ["Beijing", "Hebei"]}


@pytest.fixture
def deviation():
    values = np.arange(8.0).reshape(2, 2, 2) + 1
    return xr.Dataset({name: (tuple(GRID), values * k) for k, name in
                       enumerate(("net_transfer", "alpha_region"), 1)}, coords=GRID)  # fmt: skip


def test_written_and_read_back(deviation, tmp_path):
    table = tmp_path / "table.nc"
    table.write_bytes(b"a table")
    path = write_spread(deviation, tmp_path / "spread.csv", members=20, table=table)
    read = read_spread(path, regions=["Hebei", "Beijing"], table=table)
    assert read.attrs["members"] == 20
    xr.testing.assert_allclose(
        read["net_transfer"].sel(GRID).transpose(*GRID), deviation["net_transfer"].transpose(*GRID)
    )
    table.write_bytes(b"another table")
    with pytest.raises(InputError, match="found the spread of another table"):
        read_spread(path, table=table)
    with pytest.raises(LabelError, match="no spread of Tianjin"):
        read_spread(path, regions=["Tianjin"])
    path.write_text("definition,resolution\n", encoding="utf-8")
    with pytest.raises(InputError, match="spread of mrio estimate"):
        read_spread(path)


def test_the_deviation_of_an_amount_by_hand(deviation):
    def of(values, unit):
        return xr.DataArray(values, {"region": GRID["region"]}, ("region",), attrs={"unit": unit})

    money = compensation(of([2.0, -2.0], "Mt"), of([5e4, 2.5e4], "CNY"), of([0.3, 0.3], "1"), price=200,
                         curve={"preset": "logistic", "a": 0.0, "G": 5e4})  # fmt: skip
    accounts = deviation.rename(net_transfer="net_transfer_sd")
    money = money.expand_dims(resolution=["six"], definition=["eebt"])
    made = with_amount_deviation(money, accounts, "net_transfer")["amount_sd"]
    # rho = K = 1 and .5; 200 yuan/t make 1 Mt 2 x 10^8 yuan
    np.testing.assert_allclose(made.sel(resolution="six", definition="eebt"), [1 * 2.0, 2 * 2.0 * 0.5])
    assert "amount_sd" not in with_amount_deviation(money, accounts, "shared")


#: What was done to a spread -> (old text, new text, what the sentence says).
MALFORMED = {
    "a cell too many": ("six,Hebei,", "six,Hebei,,", "cells, expected"),
    "text": ("six,Hebei,", "six,Hebei,n.a.", "expected a number"),
    "a province twice": ("six,Hebei,", "six,Beijing,", "is given twice; each must appear once"),
    "no definition": ("definition,", "method,", "found no column 'definition'"),
    "members in words": ("# members: 20", "# members: many", "found no lines '# members:'"),
    "of no table": ("# table_sha256", "# table", "found no lines '# members:' and '# table_sha256:'"),
    "infinite": ("six,Hebei,", "six,Hebei,1e400", "beyond the numbers a computer holds"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_spread_is_refused_in_one_sentence(deviation, tmp_path, name):
    old, new, said = MALFORMED[name]
    (tmp_path / "table.nc").write_bytes(b"a table")
    path = write_spread(deviation, tmp_path / "spread.csv", members=20, table=tmp_path / "table.nc")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(MrioError) as caught:
        read_spread(path)
    assert said in str(caught.value) and str(path) in str(caught.value)
