"""The regional picture: emissions and intensity of provinces as tiles and ranked, the three regions beside."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from mrio import labels
from mrio.outputs.figures.regional_picture import regional_bars, regional_map
from mrio.outputs.printed_numbers import number


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def picture():
    known = labels.provinces()
    provinces = pd.DataFrame({"region": list(known.index), "group": known["region3"].tolist()})
    provinces["emissions_Mt"] = [10.0 * k for k in range(len(known))]
    provinces["intensity_10kt_per_100M_CNY"] = [5.0 / (k + 1) for k in range(len(known))]
    provinces.loc[provinces["region"] == "Tibet", ["emissions_Mt", "intensity_10kt_per_100M_CNY"]] = float("nan")
    sums = provinces.groupby("group")[["emissions_Mt", "intensity_10kt_per_100M_CNY"]].sum()
    groups = pd.concat([sums.reset_index(), pd.DataFrame({"group": ["Total"], "emissions_Mt": [1.0]})])
    return provinces, groups


def test_provinces_are_ranked_in_the_colours_of_their_regions(picture):
    provinces, groups = picture
    figure = regional_bars(provinces, groups, 2019)
    for axes, column in zip(figure.axes[:2], ("emissions_Mt", "intensity_10kt_per_100M_CNY"), strict=True):
        ranked = provinces.dropna().sort_values(column, kind="stable")
        assert [bar.get_width() for bar in axes.patches] == ranked[column].tolist()
        assert [t.get_text() for t in axes.get_yticklabels()] == ranked["region"].tolist()
    assert [t.get_text() for t in figure.axes[2].get_yticklabels()] == ["West", "Middle", "East"]  # bottom up
    assert len(figure.axes[2].patches) == 3  # the total is no region


@pytest.mark.parametrize(("language", "nothing"), [("en", "no data"), ("zh", "无数据")])
def test_both_maps_show_every_province_and_what_has_no_data(picture, language, nothing):
    figure = regional_map(picture[0], 2019, language)
    for axes, column, places in zip(figure.axes, ("emissions_Mt", "intensity_10kt_per_100M_CNY"), (0, 2), strict=True):
        shown = [text.get_text().split("\n") for text in axes.texts if "\n" in text.get_text()]
        assert len(shown) == 34 and sum(lines[-1] == nothing for lines in shown) == 4
        values = [number(value, places) for value in picture[0][column].dropna()]
        assert sorted(lines[-1] for lines in shown if lines[-1] != nothing) == sorted(values)
        assert all(text.get_fontsize() >= 5 for text in axes.texts)
