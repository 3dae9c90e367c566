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
from mrio.errors import FigureError
from mrio.labels import province_name, provinces
from mrio.outputs.figures import bars, ledger_bars, matrices, net_dots, payment_flows, style, tilemap, typefaces, year
from mrio.outputs.figures.bars import _wrapped
from mrio.outputs.figures.descriptions import described
from mrio.outputs.two_funds import fund_of, fund_sentence
from mrio.words.variant_words import variant_name


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


def test_figure_1_is_the_ledger_sorted_by_production(result):
    above, below = ledger_bars.emissions_bars(result).axes[:2]
    order = np.argsort(-result["production"].values, kind="stable")
    drawn = [np.array([[bar.get_y(), bar.get_height()] for bar in group]) for group in above.containers]
    home, others, exports, rest, home_again, drawn_in = (layer[:, 1] for layer in drawn)
    np.testing.assert_allclose(home + others + exports + rest, result["production"].values[order], atol=1e-9)
    np.testing.assert_allclose(home_again + drawn_in, result["consumption"].values[order], atol=1e-9)
    # both second layers begin at the same height, so that their tops differ by the net transfer
    np.testing.assert_array_equal(drawn[1][:, 0], drawn[5][:, 0])
    np.testing.assert_allclose(drawn_in - others, result["net_transfer"].values[order], atol=1e-9)
    np.testing.assert_array_equal([bar.get_height() for bar in below.containers[0]], result["net_transfer"][order])
    assert [t.get_text() for t in below.get_xticklabels()] == result["region"].values[order].tolist()


def with_intervals(data, variable, chance):
    """Return data with 90% intervals of 20 either side and the same probability of paying everywhere."""
    value = data[variable]
    known = {f"{variable}_p05": value - 20, f"{variable}_p95": value + 20, f"{variable}_p_pays": value * 0 + chance}
    return data.assign(known)


def test_a_sign_that_is_not_certain_is_hatched_and_said_in_every_figure_that_shows_it(made):
    accounts, money = with_intervals(made.accounts, "net_transfer", 0.5), with_intervals(made.money, "amount", 0.5)
    result = accounts.sel(resolution="six", definition="eebt")
    drawn = year.study_figures(accounts, made.schemes, "eebt", "six", "en")
    paid = year.compensation_figure(money, 2017, "eebt", "six", "en")["compensation"]
    for name in ("figure1_emissions", "net_transfers"):
        assert "Sign not certain" in words(drawn[name])
    assert "Sign not certain" in words(paid)
    assert any("sign not certain" in text for text in words(drawn["tile_map"]))
    for axes in (drawn["figure1_emissions"].axes[1], paid.axes[0]):
        assert sum(patch.get_hatch() is not None for patch in axes.patches) == 30
    assert sum(patch.get_hatch() is not None for patch in drawn["tile_map"].axes[0].patches) == 30
    (faces,) = {tuple(face) for face in drawn["net_transfers"].axes[0].collections[-1].get_facecolors()}
    assert faces == (1.0, 1.0, 1.0, 1.0)
    lines = [c for axes in (drawn["figure1_emissions"].axes[1], drawn["net_transfers"].axes[0], paid.axes[0])
             for c in axes.collections if isinstance(c, matplotlib.collections.LineCollection)]  # fmt: skip
    assert [len(line.get_segments()) for line in lines] == [30, 30, 30]
    assert [len(p.get_xdata()) for p in drawn["net_transfers"].axes[0].lines[:3]] == [30] * 3  # the other variants
    assert result.sizes["region"] == 30


def test_net_transfers_are_ranked(made):
    axes = net_dots.net_transfer_dots(made.accounts, "eebt", "six").axes[0]
    net = made.accounts["net_transfer"].sel(resolution="six", definition="eebt")
    np.testing.assert_array_equal(axes.collections[-1].get_offsets()[:, 0], np.sort(net.values))
    payer = str(net["region"].values[int(net.argmax("region"))])
    assert axes.get_yticklabels()[-1].get_text() == payer


def test_no_number_of_a_figure_has_a_hyphen_for_a_minus_or_a_minus_before_zero(made):
    drawn = year.study_figures(made.accounts, made.schemes, "eebt", "six", "en")
    drawn |= year.compensation_figure(made.money, 2017, "eebt", "six", "en")
    for name, figure in drawn.items():
        bad = [text for text in words(figure) if re.search(r"(^|[\s\[(])-[\d.]|[−+]0(\.0*)?(?![\d.,])", text)]
        assert bad == [], name


def test_both_funds_are_drawn_with_the_sentence_that_explains_them(made):
    fund = fund_of(made.money.sel(resolution="six", definition="eebt"))
    money = made.money.sel(resolution="six", definition="eebt")
    assert fund.payments == pytest.approx(float(money["payments"]))
    assert fund.receipts == pytest.approx(float(money["receipts"]))
    assert fund.paid.sum().to_numpy() == pytest.approx(money["balanced"].sel(region=list(fund.paid.columns)).values)
    payer, receiver = (
        fund.mean_coefficient(-1),
        fund.mean_coefficient(1),
    )  # the same emissions on both sides: coefficients alone differ
    assert fund.payments / fund.receipts == pytest.approx(payer / receiver)
    sentence = fund_sentence(fund, "en")
    for value in (f"{fund.gap:,.1f}", f"{payer:.3f}", f"{receiver:.3f}"):
        assert value in sentence
    figure = payment_flows.payment_bands(fund, 2017, "zh")
    assert figure.get_supxlabel() == fund_sentence(fund, "zh")
    assert f"留在基金 {fund.gap:,.1f}" in words(figure)


def test_names_of_a_figure_do_not_overlap(made):
    drawn = year.study_figures(made.accounts, made.schemes, "eebt", "six", "en")
    drawn |= year.compensation_figure(made.money, 2017, "eebt", "six", "en")
    for name, figure in drawn.items():
        style.fitted(figure, style.SINGLE, style.DOUBLE)
        assert overlapping(figure) == [], name


def overlapping(figure):
    """Return pairs of upright texts of a figure whose letters lie on each other."""
    figure.draw_without_rendering()
    beyond = {id(tick.label1) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)
              for tick in axis.get_major_ticks() if not min(axis.get_view_interval()) <= tick.get_loc()
              <= max(axis.get_view_interval())}  # fmt: skip
    texts = [t for t in figure.findobj(matplotlib.text.Text)
             if t.get_text().strip() and t.get_visible() and id(t) not in beyond]  # fmt: skip
    boxes = [(t.get_text(), box.padded(-1.0)) for t in texts if (box := t.get_window_extent()).width > 2]
    x0, y0, x1, y1 = np.array([box.extents for _, box in boxes]).T
    across = (x0[:, None] <= x1) & (x0 <= x1[:, None]) & (y0[:, None] <= y1) & (y0 <= y1[:, None])
    return [(boxes[i][0], boxes[j][0]) for i, j in np.argwhere(np.triu(across, 1))]


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
    faces = {tuple(np.round(p.get_xy(), 2)): p.get_facecolor() for p in figure.axes[0].patches}
    payer, receiver = (str(net["region"].values[i(net.values)]) for i in (np.argmax, np.argmin))
    for region, warm in ((payer, True), (receiver, False)):
        row, column = tilemap.tiles([region])[region]
        red, _, blue, _ = faces[(round(column - 0.47, 2), round(row - 0.47, 2))]
        assert (red > blue) == warm
    for region in ("Tibet", "Taiwan", "Hong\nKong", "Macao"):
        assert any(t.get_text() == f"{region}\nno data" for t in figure.axes[0].texts), region


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


@pytest.mark.parametrize("name", ["figure1_emissions", "net_transfers", "transfer_matrix", "region_matrix", "tile_map"])
def test_chinese_figures_have_no_english_words(made, name):
    figure = year.study_figures(made.accounts, made.schemes, "eebt", "six", "zh")[name]
    english = {word for text in words(figure) for word in re.findall(r"[A-Za-z]{2,}", text)}
    assert english <= {"CO", "EEBT", "MRIO", "GROSS"}


@pytest.fixture
def no_chinese(monkeypatch):
    """A machine without any Chinese face: neither ours nor one of its own."""
    ours = typefaces.shipped
    monkeypatch.setattr(typefaces, "shipped", lambda face: None if face == typefaces.HAN else ours(face))
    monkeypatch.setattr(typefaces, "CJK_FAMILIES", ("No Such Family",))
    for cached in (typefaces.families, typefaces.han_family):
        cached.cache_clear()
    yield
    for cached in (typefaces.families, typefaces.han_family):
        cached.cache_clear()


def test_chinese_is_drawn_in_the_face_that_is_a_dependency():
    assert typefaces.shipped(typefaces.HAN).is_file() and typefaces.shipped(typefaces.LATIN).is_file()
    assert typefaces.families()[:2] == (typefaces.LATIN, typefaces.HAN)


def test_without_a_chinese_font_no_chinese_figure_is_drawn_and_english_ones_are(result, no_chinese):
    assert not typefaces.chinese_possible()
    with pytest.raises(FigureError, match=r"no Chinese font was found.*paperang-p2-fonts-cjk"):
        ledger_bars.emissions_bars(result, "zh")
    assert "For other provinces" in words(ledger_bars.emissions_bars(result, "en"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_files_of_a_figure_say_what_it_shows(result, tmp_path, language):
    name = "net_transfers" + ("_zh" if language == "zh" else "")
    accounts = result.expand_dims(resolution=["six"], definition=["eebt"])
    figure = net_dots.net_transfer_dots(accounts.assign_attrs(result.attrs), "eebt", "six", language)
    png, svg, pdf, caption = style.save(figure, tmp_path / name)
    title = "who shifts emissions" if language == "en" else "净转移量排序"
    told = caption.read_text(encoding="utf-8")
    assert caption.name == f"{name}.caption.txt" and title in told and told.endswith("\n") and told.count("\n") == 1
    drawing = svg.read_text(encoding="utf-8")
    assert re.search(rf"<title>[^<]*{title}[^<]*</title>\s*<desc>[^<]+</desc>", drawing)
    assert "Arial" in drawing and 'role="img"' in drawing
    about = Image.open(png).info
    assert title in about["Title"] and about["Description"]
    page = re.search(rb"/MediaBox \[ 0 0 ([\d.]+)", pdf.read_bytes())
    assert float(page[1]) == pytest.approx(89 / 25.4 * 72, abs=0.5)  # one column of a journal
    assert b"/Subject" in pdf.read_bytes()


@pytest.mark.parametrize("chance", [None, 0.5, 0.99])
def test_captions_speak_of_intervals_where_there_are_any(made, chance):
    accounts, money = made.accounts, made.money
    if chance is not None:
        accounts, money = with_intervals(accounts, "net_transfer", chance), with_intervals(money, "amount", chance)
    drawn = year.study_figures(accounts, made.schemes, "eebt", "six", "en")
    drawn |= year.compensation_figure(money, 2017, "eebt", "six", "en")
    for name in ("figure1_emissions", "net_transfers", "compensation"):
        told = described(drawn[name], name)
        assert {"90% interval" in told.caption, "90% interval" in told.alt} == {chance is not None}, name
    assert ("Hatched" in described(drawn["tile_map"], "tile_map").caption) == (chance == 0.5)


def test_nothing_is_cut_at_the_edge_of_the_page(tmp_path):
    with style.print_style("en"):
        figure, axes = plt.subplots(figsize=(5, 3), dpi=72)  # another resolution than the style's
        axes.set_xticks([0, 1], ["Communication equipment, computers and other electronics" * 2, "b"], rotation=90,
                        fontsize=5.5)  # fmt: skip
        path, _ = style.save(figure, tmp_path / "named", ["png"])
    page = np.asarray(Image.open(path).convert("L"))
    edges = np.concatenate([page[:5].ravel(), page[-5:].ravel(), page[:, :5].ravel(), page[:, -5:].ravel()])
    assert edges.min() == 255 and page.min() < 50
    assert page.shape[1] == round(300 * style.SINGLE) or page.shape[1] == round(300 * style.DOUBLE)


def test_only_the_formats_asked_for_are_written(result, tmp_path):
    made = {"figure1_emissions": ledger_bars.emissions_bars(result), "region_matrix": matrices.region_heatmap(result)}
    style.save_all(made, tmp_path, "en", {"default": ["png"], "region_matrix": ["svg", "pdf"]})
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "figure1_emissions.caption.txt", "figure1_emissions.png", "region_matrix.caption.txt", "region_matrix.pdf",
        "region_matrix.svg",
    ]  # fmt: skip


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


def test_files_are_at_300_dpi_with_their_fonts_inside(result, tmp_path):
    png, svg, pdf, _ = style.save(ledger_bars.emissions_bars(result, "zh"), tmp_path / "figure")
    with Image.open(png) as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert image.size[0] == pytest.approx(300 * 183 / 25.4, abs=2)  # two columns of a journal
    content = pdf.read_bytes()
    fonts = content.count(b"/Type /FontDescriptor")
    assert content.count(b"/FontFile2") == fonts > 0
    assert b"/Type3" not in content and b"CreationDate" not in content
    assert "<text" in svg.read_text(encoding="utf-8")  # letters are letters: an editor can set them anew


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
        {"production": values + 4, "consumption": values + 5, "net_transfer": values + 1, "flows": flows},
        attrs={"year": 2031, "unit": "Mt"},
    )
    drawings = [ledger_bars.emissions_bars, matrices.transfer_heatmap, matrices.region_heatmap]
    made = [draw(result, "zh") for draw in drawings]
    for figure in [*made, tilemap.tile_map(values.assign_attrs(year=2031), "Value")]:
        shown = " ".join(words(figure)).replace("\n", "")
        assert "<b>2</b>" in shown and "^{1$" in shown


def test_a_figure_says_whose_trade_is_not_separable(made):
    accounts = made.accounts.assign_attrs(not_separable="Hebei, Jilin")
    drawn = year.study_figures(accounts, made.schemes, "gross", "six", "zh")
    assert all(any("对外贸易不可分离：河北、吉林" in text for text in words(figure)) for figure in drawn.values())
    # gross cannot be shared: the schemes are those of the first definition that can, and say so
    assert any("EEBT" in text for text in words(drawn["responsibility_schemes"]))


def test_a_title_above_a_panel_is_never_broken_inside_a_name():
    assert _wrapped("a  生产者责任", "zh") == "a  生产者责任"
    assert _wrapped("e  Gallego-Lenzen共担", "zh") == "e  Gallego-\nLenzen共担"
    assert _wrapped("g  技术调整消费者责任", "zh") == "g  技术调整\n消费者责任"
    assert _wrapped("e  Gallego-Lenzen", "en") == "e Gallego-\nLenzen"


def test_the_figure_of_the_compensation_says_price_and_curve(made):
    money = made.money.assign_attrs(made.money.attrs | {"price": 80, "pearl": 1})
    figure = year.compensation_figure(money, 2017, "mrio", "six", "en")["compensation"]
    title = figure.axes[0].get_title(loc="left")
    assert "80 yuan per tonne" in title and "MRIO" in title and "t = 1/Engel − 3" in title


def test_names_are_in_the_language_of_the_figure():
    assert province_name("Hebei", "zh") == "河北"
    assert style.names(["Hebei", "Atlantis"], "zh") == ["河北", "Atlantis"]
    assert style.upright(["河北"], "zh") == ["河\n北"] and style.upright(["Hebei"], "en") == ["Hebei"]
