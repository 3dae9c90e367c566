"""Figures show the numbers they are given, in two languages, in colours all can tell apart, the same bytes twice."""

import os
import re
import subprocess
import sys

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
import xarray as xr
from atlas_study import study
from PIL import Image

from mrio.equations.other_schemes import OUTSIDE
from mrio.labels import province_name, provinces
from mrio.outputs.figures import bars, matrices, style, tilemap, year
from mrio.words.variant_words import variant_name

needs_cjk = pytest.mark.skipif(style.cjk_family() is None, reason="no Chinese font is installed")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def made():
    return study()


@pytest.fixture(scope="module")
def result(made):
    return made.accounts.sel(resolution="six", definition="eebt")


def words(figure):
    """Return every text of a figure, drawn."""
    figure.canvas.draw()
    return [t.get_text() for t in figure.findobj(matplotlib.text.Text) if t.get_text() and t.get_visible()]


def test_figure_1_has_two_bars_a_province_sorted_by_production(result):
    axes = bars.emissions_bars(result).axes[0]
    production, consumption = ([bar.get_height() for bar in group] for group in axes.containers)
    order = np.argsort(-result["production"].values, kind="stable")
    np.testing.assert_array_equal(production, result["production"].values[order])
    np.testing.assert_array_equal(consumption, result["consumption"].values[order])
    assert [t.get_text() for t in axes.get_xticklabels()] == result["region"].values[order].tolist()


def test_the_matrix_puts_every_flow_in_the_cell_its_labels_say(result):
    axes = matrices.transfer_heatmap(result).axes[0]
    rows, columns = ([t.get_text() for t in ticks] for ticks in (axes.get_yticklabels(), axes.get_xticklabels()))
    drawn = axes.images[0].get_array()
    assert drawn.mask.diagonal().all() and drawn.mask.sum() == len(rows)
    for i, j in [(0, 5), (7, 2), (29, 11)]:
        assert drawn[i, j] == float(result["flows"].sel(region=rows[i], to_region=columns[j]))
    groups = provinces()["region8"].loc[rows].tolist()
    assert len([g for i, g in enumerate(groups) if i == 0 or g != groups[i - 1]]) == 8


def test_the_matrix_of_regions_prints_all_flows(result):
    figure = matrices.region_heatmap(result)
    texts = [t for t in figure.axes[0].texts if t.get_text().replace(",", "").replace(".", "").isdigit()]
    printed = sum(float(t.get_text().replace(",", "")) for t in texts)
    assert len(texts) == 64
    assert printed == pytest.approx(float(result["flows"].sum()), abs=64 * 0.05)


def test_the_map_colours_by_sign_and_says_what_is_missing(result):
    net = result["net_transfer"].assign_attrs(year=2017)
    figure = tilemap.tile_map(net, "Net transfer (Mt)")
    at = {t.get_text().split("\n")[0]: t for t in figure.axes[0].texts if "\n" in t.get_text()}
    faces = {tuple(np.round(p.get_xy(), 2)): p.get_facecolor() for p in figure.axes[0].patches}
    payer, receiver = (str(net["region"].values[i(net.values)]) for i in (np.argmax, np.argmin))
    for region, warm in ((payer, True), (receiver, False)):
        row, column = tilemap.tiles([region])[region]
        red, _, blue, _ = faces[(round(column - 0.47, 2), round(row - 0.47, 2))]
        assert (red > blue) == warm
    assert "not in" in at["Tibet"].get_text()
    assert any("Taiwan" in text for text in words(figure))


def test_every_province_has_a_tile_of_its_own():
    at = tilemap.tiles(["Atlantis", "Mu"])
    assert len(set(at.values())) == len(at) == 33


def test_compensation_bars_and_the_fund_are_the_tables(made):
    money = made.money.sel(resolution="six", definition="eebt").assign_attrs(year=2017)
    axes = bars.compensation_bars(money).axes[0]
    np.testing.assert_array_equal([bar.get_width() for bar in axes.patches[:30]], np.sort(money["amount"].values))
    label = axes.get_xlabel()
    assert f"{float(money['payments']):,.1f}" in label and f"{float(money['receipts']):,.1f}" in label
    assert f"keeps {float(money['fund']):,.1f}" in label


def test_schemes_are_drawn_as_differences_from_the_first(made):
    shares = made.schemes.sel(resolution="six", definition="eebt")
    panels = bars.responsibility_bars(shares).axes
    order = np.argsort(shares["amount"].values[0], kind="stable")
    first = [bar.get_width() for bar in panels[0].patches[:30]]
    np.testing.assert_array_equal(first, shares["amount"].values[0][order])
    for k in range(1, shares.sizes["scheme"]):
        np.testing.assert_allclose([bar.get_width() for bar in panels[k].patches[:30]],
                                   (shares["amount"].values[k] - shares["amount"].values[0])[order])  # fmt: skip
        # what is not drawn is said: every scheme adds up to production
        assert panels[k].get_xlabel() == f"outside {float(shares[OUTSIDE][k]):,.0f}"


@needs_cjk
@pytest.mark.parametrize("name", ["figure1_emissions", "transfer_matrix", "region_matrix", "tile_map"])
def test_chinese_figures_have_no_english_words(made, name):
    figure = year.study_figures(made.accounts, made.schemes, "eebt", "six", "zh")[name]
    english = {word for text in words(figure) for word in re.findall(r"[A-Za-z]{2,}", text)}
    assert english <= {"Mt", "CO", "EEBT"}


def test_without_a_chinese_font_a_figure_is_drawn_in_english_and_says_so(result, monkeypatch):
    for module in (style, bars, matrices, tilemap):
        monkeypatch.setattr(module, "cjk_family", lambda: None, raising=False)
    with pytest.warns(UserWarning, match="no Chinese font was found.*fonts-wqy-microhei"):
        figure = bars.emissions_bars(result, "zh")
    assert "Production-based" in words(figure)


@needs_cjk
@pytest.mark.slow
def test_the_same_numbers_make_the_same_files_in_another_process(made, tmp_path):
    result = made.accounts.sel(resolution="six", definition="eebt")
    drawn = matrices.region_heatmap(result, "zh", variant_name("eebt", "six", "zh"))
    mine = {path.name: path.read_bytes() for path in style.save(drawn, tmp_path / "mine" / "region_matrix")}
    made.accounts.to_netcdf(tmp_path / "accounts.nc", engine="h5netcdf")
    code = (
        "import sys, xarray as xr; from pathlib import Path; from mrio.words.variant_words import variant_name\n"
        "from mrio.outputs.figures import matrices, style\n"
        "result = xr.load_dataset(sys.argv[1], engine='h5netcdf').sel(resolution='six', definition='eebt')\n"
        "note = variant_name('eebt', 'six', 'zh')\n"
        "style.save(matrices.region_heatmap(result, 'zh', note), Path(sys.argv[2]))\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "accounts.nc"), str(tmp_path / "other" / "region_matrix")]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()} == mine


@needs_cjk
def test_files_are_at_300_dpi_with_their_fonts_inside(result, tmp_path):
    png, svg, pdf = style.save(bars.emissions_bars(result, "zh"), tmp_path / "figure")
    with Image.open(png) as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert image.size[0] < 300 * 7.1  # no wider than it is printed
    content = pdf.read_bytes()
    fonts = content.count(b"/Type /FontDescriptor")
    assert content.count(b"/FontFile2") == fonts > 0
    assert b"/Type3" not in content and b"CreationDate" not in content
    assert "<text" not in svg.read_text(encoding="utf-8")  # letters are outlines: no font is asked for


# Machado, Oliveira & Fernandes (2009): severe protanopia, deuteranopia, tritanopia, in linear RGB.
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(colour, matrix):
    """Return CIE Lab of an sRGB colour as seen with a deficiency."""
    rgb = np.array(matplotlib.colors.to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(matrix) @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in to_xyz @ seen / [0.9505, 1.0, 1.089]]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("deficiency", ["none", *BLINDNESS])
@pytest.mark.parametrize("pair", [(style.PRODUCTION, style.CONSUMPTION), (style.PAYS, style.RECEIVES)])
def test_colours_side_by_side_are_told_apart_by_everyone(pair, deficiency):
    one, other = (lab(colour, BLINDNESS.get(deficiency, np.eye(3))) for colour in pair)
    assert np.linalg.norm(one - other) > 30  # 2.3 is just noticeable


def test_bars_side_by_side_differ_in_grey():
    one, other = (lab(colour, np.eye(3))[0] for colour in (style.PRODUCTION, style.CONSUMPTION))
    assert abs(one - other) > 20


def test_a_label_is_shown_as_written_and_needs_not_be_a_province():
    regions = ["Zone $^{1$", "<b>2</b>"]
    values = xr.DataArray([3.0, -1.0], {"region": regions}, ("region",))
    flows = xr.DataArray(
        np.array([[1.0, 2.0], [3.0, 4.0]]), {"region": regions, "to_region": regions}, ("region", "to_region")
    )
    result = xr.Dataset(
        {"production": values + 4, "consumption": values + 5, "flows": flows}, attrs={"year": 2031, "unit": "Mt"}
    )
    drawings = [bars.emissions_bars, matrices.transfer_heatmap, matrices.region_heatmap]
    made = [draw(result, "zh") for draw in drawings]
    for figure in [*made, tilemap.tile_map(values.assign_attrs(year=2031), "Value")]:
        shown = " ".join(words(figure)).replace("\n", "")
        assert "<b>2</b>" in shown and "^{1$" in shown


@needs_cjk
def test_a_figure_says_whose_trade_is_not_separable(made):
    accounts = made.accounts.assign_attrs(not_separable="Hebei, Jilin")
    drawn = year.study_figures(accounts, made.schemes, "gross", "six", "zh")
    assert all(any("对外贸易不可分离:河北、吉林" in text for text in words(figure)) for figure in drawn.values())
    # gross cannot be shared: the schemes are those of the first definition that can, and say so
    assert any("EEBT" in text for text in words(drawn["responsibility_schemes"]))


def test_the_figure_of_the_compensation_says_price_and_curve(made):
    money = made.money.assign_attrs(made.money.attrs | {"price": 80, "pearl": 1})
    figure = year.compensation_figure(money, 2017, "mrio", "six", "en")["compensation"]
    title = figure.axes[0].get_title(loc="left")
    assert "80 yuan per tonne" in title and "MRIO" in title and "t = 1/Engel - 3" in title


def test_names_are_in_the_language_of_the_figure():
    assert province_name("Hebei", "zh") == "河北"
    assert style.names(["Hebei", "Atlantis"], "zh") == ["河北", "Atlantis"]
    assert style.upright(["河北"], "zh") == ["河\n北"] and style.upright(["Hebei"], "en") == ["Hebei"]
