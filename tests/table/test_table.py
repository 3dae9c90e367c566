"""The table: shapes, identities kept by every operation, by hand and on random tables."""

import numpy as np
import pytest
from hypothesis import given
from strategies import balanced_tables, random_table

from mrio.errors import LabelError, UnitError
from mrio.table.interregional import Table


def rows(table):
    """Output as the row identity has it."""
    d = table.data
    delivered = d["Z"].sum(("to_region", "to_sector")) + d["Y"].sum(("to_region", "category"))
    return (delivered + d["exports"] + d["excluded_out"] + d["residual"]).values


def columns(table):
    """Output as the column identity has it."""
    d = table.data
    bought = d["Z"].sum(("region", "sector")) + d["imports"] + d["excluded_in"]
    return bought.values + d["value_added"].sum("component").values


def assert_balanced(table):
    scale = 1e-12 * table.output.values.max() + 1e-30
    np.testing.assert_allclose(rows(table), table.output, atol=scale)
    np.testing.assert_allclose(columns(table), table.output, atol=scale)


def made_of(table, **given):
    arrays = {"Z": table.Z.values, "Y": table.Y.values} | given
    return Table.from_arrays(**arrays, regions=table.regions, sectors=table.sectors, categories=table.categories,
                             year=2017)  # fmt: skip


@pytest.mark.parametrize("name", ["exports", "residual", "imports", "imports_final", "value_added", "Y"])
def test_a_matrix_on_its_side_is_refused_not_reshaped(name):
    table = random_table(seed=1, regions=3, sectors=4)
    straight = {"value_added": table.value_added.values.sum(0), "Y": table.Y.values.reshape(12, 15)}
    array = straight.get(name, table.data[name].values)
    made = made_of(table, **{name: array})
    np.testing.assert_array_equal(made.data[name].values.reshape(array.shape), array)
    with pytest.raises(LabelError, match=f"{name} has shape"):
        made_of(table, **{name: array.T})


def test_neighbouring_dimensions_may_be_merged():
    table = random_table(seed=1, regions=3, sectors=4)
    made = made_of(table, Z=table.Z.values.reshape(12, 12), Y=table.Y.values.reshape(12, 15),
                   exports=table.exports.values.reshape(12), output=table.output.values.reshape(-1))  # fmt: skip
    for name in ("Z", "Y", "exports", "output"):
        np.testing.assert_array_equal(made.data[name], table.data[name])


def test_output_not_given_is_the_row_total():
    table = random_table(seed=4)
    outside = {name: table.data[name].values for name in ("exports", "residual")}
    np.testing.assert_allclose(made_of(table, **outside).output, table.output)


@given(table=balanced_tables(min_regions=2))
def test_dropping_regions_keeps_both_identities_and_every_flow(table):
    gone, kept = table.regions[0], table.regions[1:]
    cut = table.drop_regions([gone])
    assert_balanced(cut)
    np.testing.assert_array_equal(cut.output, table.output.sel(region=kept))
    d = table.data
    sent = d["Z"].sel(region=kept, to_region=gone).sum("to_sector") + d["Y"].sel(region=kept, to_region=gone).sum(
        "category"
    )
    np.testing.assert_allclose(cut.excluded_out, sent)
    np.testing.assert_allclose(cut.excluded_in, d["Z"].sel(region=gone, to_region=kept).sum("sector"))
    np.testing.assert_allclose(cut.excluded_in_final, d["Y"].sel(region=gone, to_region=kept).sum("sector"))
    if len(kept) > 1:  # one after the other is both at once
        twice, once = cut.drop_regions([kept[0]]), table.drop_regions([gone, kept[0]])
        for name in once.data.data_vars:
            np.testing.assert_allclose(twice.data[name], once.data[name], rtol=1e-12, atol=1e-9)
        assert twice.data.attrs["excluded_regions"] == once.data.attrs["excluded_regions"]


@given(table=balanced_tables(min_sectors=2, min_regions=2))
def test_adding_up_sectors_and_regions_keeps_the_identities(table):
    sectors = {name: "a" if k % 2 else "b" for k, name in enumerate(table.sectors)}
    regions = {name: "all" for name in table.regions}
    added = table.aggregate(sectors=sectors)
    assert added.sectors == ["b", "a"]
    assert_balanced(added)
    np.testing.assert_allclose(added.output.sel(sector="b"), table.output.values[:, ::2].sum(1))
    one = table.aggregate(regions=regions)
    assert_balanced(one)
    assert float(one.Z.sum()) == pytest.approx(float(table.Z.sum()))


def test_a_table_without_a_known_unit_of_money_is_refused():
    with pytest.raises(UnitError, match=r"found unit '100 bags', expected a size of a currency"):
        random_table(seed=1, unit="100 bags")


def test_a_table_lacks_no_account_and_has_none_of_another_kind():
    data = random_table(seed=1).data
    with pytest.raises(LabelError, match="Table lacks the variable 'exports' with dimensions"):
        Table(data.drop_vars("exports"))
    with pytest.raises(LabelError, match=r"Table variable 'exprts' is unknown \(did you mean 'exports'\?\)"):
        Table(data.rename(exports="exprts"))
    with pytest.raises(LabelError, match="Table variable 'Z' has dimensions"):
        Table(data.assign(Z=data["Z"].transpose("to_region", ...)))
