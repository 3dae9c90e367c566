"""The atlas in a real browser: numbers, sliders, languages, keyboard, phone, silence on the network and the console."""

import csv
import json
import re
import shutil
import time

import numpy as np
import pytest
from atlas_study import CURVE, HOSTILE, PRICE, renamed, study

from mrio.equations.payment import CURVES, compensation, curve_named
from mrio.labels import province_name
from mrio.outputs.atlas.page import build_page
from mrio.outputs.tables import column

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="Chromium is not installed (Debian: apt-get install chromium chromium-driver)"
)
REGIONS = study().accounts["region"].values.tolist() if CHROMIUM and DRIVER else []
FLAGS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900",
         "--disable-background-networking", "--lang=en-GB")  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the page of the study, and of one whose labels are hostile."""
    made, folder = study(), tmp_path_factory.mktemp("atlas")
    options = {"carbon_price": PRICE, "curve": CURVE}
    (folder / "atlas.html").write_text(
        build_page(made.accounts, made.tables, made.schemes, **options), encoding="utf-8"
    )
    hostile = build_page(*renamed(made, "Hebei", HOSTILE), **options)
    (folder / "hostile.html").write_text(hostile, encoding="utf-8")
    poor = {key: table for key, table in made.tables.items() if key != "table3_compensation"}
    bare = build_page(made.accounts.assign_attrs(not_separable="Hebei"), poor, **options)
    (folder / "bare.html").write_text(bare, encoding="utf-8")
    (folder / "downloads").mkdir()
    return folder


@pytest.fixture(scope="module")
def browser(folder):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder / "downloads")}
    )
    yield driver
    driver.quit()


@pytest.fixture
def page(browser, folder):
    """Return the browser with the page newly opened and all charts drawn."""
    return opened(browser, folder / "atlas.html")


def opened(browser, path, address=""):
    browser.get("about:blank")
    browser.get(f"{path.as_uri()}{address}")
    drawn(browser)
    return browser


def drawn(browser, more_than=0):
    wait(lambda: int(browser.execute_script("return document.body.dataset.drawn || 0")) > more_than, "charts are drawn")


def wait(happened, what, seconds=30):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"waited {seconds} s until {what}"
        time.sleep(0.02)


def put(browser, element, value, event="input"):
    """Give a control a value as a reader does, and wait for the charts it draws anew."""
    browser.execute_script(
        "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event(arguments[2], {bubbles: true}));", element, str(value), event,
    )  # fmt: skip


def texts(browser, selector):
    script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)"
    return browser.execute_script(script, selector)


def as_number(text):
    return float(text.replace(",", "").replace("−", "-").replace("+", "").replace("%", "")) if text else np.nan


def console(browser):
    return [entry["message"] for entry in browser.get_log("browser")]


def table_on_page(browser):
    rows = "[...document.querySelectorAll('#table tbody tr, #table tfoot tr')]"
    cells = browser.execute_script(f"return {rows}.map(r => [...r.children].map(c => c.textContent))")
    return [row[0] for row in cells], np.array([[cell for cell in row[1:]] for row in cells])


def test_every_number_of_the_tables_is_on_the_page(page):
    page.execute_script("document.getElementById('all-columns').click()")
    for number, frame in enumerate(study().tables.values()):
        page.find_elements("css selector", "#table-choice button")[number].click()
        names, cells = table_on_page(page)
        assert names == frame["province"].tolist()
        shown = frame.drop(columns=["province", "province_zh"])
        assert cells.shape == shown.shape
        for j, name in enumerate(shown):
            if name.endswith("_role"):
                assert cells[:, j].tolist() == shown[name].fillna("").tolist()
                continue
            values = np.array([as_number(cell) for cell in cells[:, j]])
            decimals = len(cells[0, j].strip("%").partition(".")[2])
            scale = 100 if cells[0, j].endswith("%") else 1
            np.testing.assert_allclose(values, scale * shown[name], atol=0.5000001 * 10.0**-decimals, err_msg=name)


def test_a_province_shows_who_emits_for_it_and_for_whom_it_emits(page):
    flows = study().accounts["flows"].sel(resolution="six", definition="mrio")
    put(page, "definition", 1, "change")
    put(page, "province", REGIONS.index("Zhejiang"), "change")
    page.find_element("id", "show-all").click()
    for name, values in (("emits-for", flows.sel(to_region="Zhejiang")), ("emitted-for", flows.sel(region="Zhejiang"))):
        partners = texts(page, f"#{name} tbody th")
        amounts = [as_number(text) for text in texts(page, f"#{name} tbody td:nth-child(3)")]
        expected = sorted(((v, r) for v, r in zip(values.values.tolist(), REGIONS) if r != "Zhejiang"), reverse=True)
        assert partners == [region for _, region in expected]
        np.testing.assert_allclose(amounts, [value for value, _ in expected], atol=0.0050001)
    net = study().accounts["net_transfer"].sel(resolution="six", definition="mrio", region="Zhejiang")
    assert as_number(texts(page, "[data-account=net_transfer]")[0]) == pytest.approx(float(net), abs=0.0050001)


def test_the_ledger_adds_up_in_every_definition(page):
    for index in range(3):
        put(page, "definition", index, "change")
        for account in ("production", "consumption"):
            parts = [as_number(text) for text in texts(page, f"#ledger [data-account^={account}_]")]
            whole = as_number(texts(page, f"#ledger [data-account={account}]")[0])
            assert sum(parts) == pytest.approx(whole, abs=0.005 * (len(parts) + 1))


def downloaded(folder, name):
    path = folder / "downloads" / name
    # the browser reserves the name with an empty file and moves the finished one over it
    wait(lambda: path.exists() and path.stat().st_size > 0, f"{name} is downloaded")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("price", "changes"), [(80, {"b": 1.137}), (250.5, {"a": 2.5, "b": 0.2, "G": 63000}), (100, {"preset": "pearl"})]
)
def test_the_sliders_compute_what_the_library_computes(page, folder, price, changes):
    made = study()
    put(page, "price-number" if price % 1 else "price", price)
    for key, value in changes.items():
        put(page, key, value, "change" if key == "preset" else "input")
    page.find_elements("css selector", "#table-choice button")[2].click()
    used = curve_named({"preset": "liao2022", **changes})
    page.find_element("id", "download").click()
    rows = downloaded(folder, f"table3_compensation_2017_p{price:g}_a{used.a:g}_b{used.b:g}_G{used.G:g}.csv")
    for definition in made.accounts["definition"].values.tolist():
        net = made.accounts["net_transfer"].sel(resolution="six", definition=definition, drop=True)
        money = compensation(net, made.figures["gdp_per_capita"], made.figures["engel"], price, used)
        expected = {
            column("coefficient"): money["coefficient"].values,
            column("amount", "six", definition): money["amount"].values,
            column("balanced", "six", definition): money["balanced"].values,
            column("gdp_share", "six", definition): (money["amount"] / made.figures["gdp"]).values,
        }
        for name, values in expected.items():
            found = [float(row[name]) for row in rows[:-1]]
            np.testing.assert_allclose(found, values, rtol=1e-7, atol=1e-7, err_msg=name)
        fund = float(rows[-1][column("amount", "six", definition)])
        assert fund == pytest.approx(-float(money["fund"]), abs=1e-6)
    assert texts(page, "#table-state") == ["Recomputed with the values of the sliders."]
    said = texts(page, "#table-note")[0]
    assert f"at {price:g} yuan per tonne" in said and f"b = {used.b:g}" in said and "liao2022" not in said


def test_the_sliders_go_back_to_the_results(page, folder):
    before = page.find_element("id", "fund").text
    put(page, "b", 2)
    wait(lambda: page.find_element("id", "fund").text != before, "the fund is recomputed")
    put(page, "price-number", -5)
    assert "0 or more" in page.find_element("id", "money-warning").text
    page.find_element("id", "reset").click()
    wait(lambda: page.find_element("id", "fund").text == before, "the fund is as before")
    page.find_elements("css selector", "#table-choice button")[2].click()
    assert "at 100 yuan per tonne and growth curve liao2022" in texts(page, "#table-note")[0]
    page.find_element("id", "download").click()
    rows = downloaded(folder, "table3_compensation_2017.csv")
    for name, values in study().tables["table3_compensation"].items():
        given = [row[name] for row in rows]
        if values.dtype.kind == "f":
            np.testing.assert_array_equal([float(text or "nan") for text in given], values)
        else:
            assert given == values.fillna("").tolist()


def test_presets_are_the_librarys(page):
    data = json.loads(page.execute_script("return document.getElementById('data').textContent"))
    assert {k: (v["a"], v["b"], v["G"], v["pearl"]) for k, v in data["curve"]["presets"].items()} == {
        k: (v.a, v.b, v.G, v.pearl) for k, v in CURVES.items()
    }


SEEN = """
const all = [...document.querySelectorAll('body *')].filter(e => !['SCRIPT', 'STYLE'].includes(e.tagName));
const own = all.flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent));
const said = all.flatMap(e => ['aria-label', 'title', 'label', 'placeholder', 'alt'].map(a => e.getAttribute(a) || ''));
return [document.title, ...own, ...said].map(t => t.trim()).filter(Boolean);
"""
#: What is written alike in both languages: units, names of methods, and the other language's own name.
ALIKE = {"English", "JavaScript", "Mt", "CO", "GDP", "EEBT", "MRIO", "CEADs", "CSV", "Gallego", "Lenzen", "exp", "NT",
         "provenance", "json", "liao", "pearl", "logistic", "scope", "alpha_exports"}  # fmt: skip


def test_switching_the_language_leaves_nothing_untranslated(page):
    before = int(page.execute_script("return document.body.dataset.drawn"))
    page.find_element("css selector", "[data-language=zh]").click()
    drawn(page, before)
    assert page.execute_script("return document.documentElement.lang") == "zh-CN"
    for number in range(3):
        page.find_elements("css selector", "#table-choice button")[number].click()
        english = {word for text in page.execute_script(SEEN) for word in re.findall(r"[A-Za-z_]{2,}", text)}
        assert english <= ALIKE, english - ALIKE
    ticks = {t for t in texts(page, "#matrix .ytick text")}
    assert ticks == {province_name(region, "zh") for region in REGIONS}
    before = int(page.execute_script("return document.body.dataset.drawn"))
    page.find_element("css selector", "[data-language=en]").click()
    drawn(page, before)
    chinese = {text for text in page.execute_script(SEEN) if re.search(r"[\u3400-\u9fff]", text)}
    assert chinese == {"中文"}


def test_the_address_brings_back_the_choices(browser, folder):
    page = opened(browser, folder / "atlas.html", "#province=Shanxi&definition=gross&lang=zh")
    assert page.find_element("id", "province-title").text == "山西"
    assert page.execute_script("return document.getElementById('definition').value") == "2"
    # gross counts a tonne at every border: nothing to share
    assert "无法分担" in page.find_element("id", "schemes").text


def press(browser, key):
    browser.switch_to.active_element.send_keys(key)


def test_everything_can_be_reached_and_used_from_the_keyboard(page):
    keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
    page.find_element("tag name", "body").send_keys(keys.TAB)
    order = []
    for _ in range(8):
        order.append(
            page.execute_script("const e = document.activeElement; return e.id || e.dataset.language || e.className")
        )
        press(page, keys.TAB)
    assert order[:6] == ["skip", "en", "zh", "province", "definition", "resolution"]
    assert page.execute_script("return [...document.querySelectorAll('[tabindex]')].every(e => e.tabIndex <= 0)")
    # the map: Beijing, down to Hebei, chosen
    page.execute_script("document.querySelector('#map [aria-pressed=true]').focus()")
    press(page, keys.ARROW_DOWN)
    press(page, keys.ENTER)
    assert page.find_element("id", "province-title").text == "Hebei"
    assert page.execute_script("return document.activeElement.getAttribute('aria-label')").startswith("Hebei")
    # the matrix: from its own cell one to the right
    page.execute_script("document.getElementById('matrix').focus()")
    press(page, keys.ARROW_RIGHT)
    press(page, keys.ARROW_RIGHT)
    said = re.fullmatch(r"Hebei → (.+): ([\d.,]+) Mt", page.find_element("id", "matrix-cell").text)
    flow = study().accounts["flows"].sel(resolution="six", definition="eebt", region="Hebei", to_region=said.group(1))
    assert as_number(said.group(2)) == pytest.approx(float(flow), abs=0.0051)
    # a heading sorts: numbers from the largest down, then up
    page.execute_script("document.querySelectorAll('#table thead button')[1].focus()")
    for expected in (False, True):
        press(page, keys.ENTER)
        names, cells = table_on_page(page)
        values = [as_number(cell) for cell in cells[:-1, 0]]
        assert values == sorted(values, reverse=not expected) and names[-1] == "Total"


def test_every_control_has_a_name(page):
    tree = page.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = {
        "button",
        "combobox",
        "slider",
        "spinbutton",
        "checkbox",
        "link",
        "application",
        "group",
        "image",
        "region",
    }
    nameless = [
        node["role"]["value"] for node in tree
        if not node.get("ignored") and node["role"]["value"] in roles and not node.get("name", {}).get("value")
    ]  # fmt: skip
    assert nameless == []


def test_no_request_leaves_the_page_and_the_console_is_silent(browser, folder):
    browser.get_log("performance")
    console(browser)
    page = opened(browser, folder / "atlas.html")
    put(page, "matrix-level", "regions", "change")
    put(page, "sankey-level", "provinces", "change")
    put(page, "map-column", "flows|emits-for", "change")
    page.execute_script("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    drawn(page, 1)
    assert page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)") == []
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert {url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))} == set()
    assert console(page) == []
    # and could not: the page's own policy forbids it
    page.execute_script("return fetch('https://example.org').then(() => 0, () => 0)")
    assert any("Content Security Policy" in message for message in console(page))


def test_labels_are_text_and_nothing_else(browser, folder):
    page = opened(browser, folder / "hostile.html", "#province=" + HOSTILE.replace("<", "%3C").replace(">", "%3E"))
    assert page.find_element("id", "province-title").text == HOSTILE
    assert page.execute_script("return document.querySelectorAll('img, #results script').length") == 0
    assert HOSTILE in texts(page, "#matrix .ytick text")
    assert console(page) == []


def test_a_year_without_table_3_or_schemes_has_a_page(browser, folder):
    page = opened(browser, folder / "bare.html", "#province=Hebei")
    assert "not comparable" in page.find_element("id", "mixed").text
    assert texts(page, "#table-choice button") == ["Table 1", "Table 2"]
    put(page, "definition", 2, "change")
    page.find_elements("css selector", "#table-choice button")[1].click()
    page.execute_script("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    assert page.find_elements("id", "money") == [] and console(page) == []


def test_it_is_quick(browser, folder):
    page = opened(browser, folder / "atlas.html")
    paint = page.execute_script("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert paint < 2000
    switch = """
    const done = arguments[1], select = document.getElementById('province'), start = performance.now();
    select.value = arguments[0];
    select.dispatchEvent(new Event('change'));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    """
    took = [page.execute_async_script(switch, index) for index in range(1, 11)]
    assert min(took) < 100, took  # the least disturbed of ten


def test_it_fits_a_phone(browser, folder):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    )
    try:
        page = opened(browser, folder / "atlas.html")
        for language in ("en", "zh"):
            before = int(page.execute_script("return document.body.dataset.drawn"))
            page.find_element("css selector", f"[data-language={language}]").click()
            drawn(page, before)
            assert page.execute_script("return document.documentElement.scrollWidth") <= 390
        small = "return [...document.querySelectorAll('p, td, th, dt, dd, button, select')].filter(e => e.offsetParent)"
        assert page.execute_script(f"{small}.every(e => parseFloat(getComputedStyle(e).fontSize) >= 9.9)")
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_it_prints_charts_as_wide_as_the_paper(page):
    first = "[...document.querySelectorAll('.chart .main-svg:first-child')]"
    widths = f"return {first}.map(e => e.getBoundingClientRect().width)"
    before = page.execute_script(widths)
    page.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert page.execute_script(widths) == [680] * 4
    page.execute_script("dispatchEvent(new Event('afterprint'))")
    assert page.execute_script(widths) == before
