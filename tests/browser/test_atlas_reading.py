"""The atlas in a real browser: languages, address, keyboard, names for those who listen."""

import re

import pytest
from atlas_study import regions, study
from browsing import as_number, drawn, opened, press, table_on_page, texts

from mrio.labels import province_name

pytestmark = pytest.mark.browser

SEEN = """
const all = [...document.querySelectorAll('body *')].filter(e => !['SCRIPT', 'STYLE'].includes(e.tagName));
const own = all.flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent));
const names = ['aria-label', 'title', 'label', 'placeholder', 'alt', 'data-tip'];
const said = all.flatMap(e => names.map(a => e.getAttribute(a) || ''));
return [document.title, ...own, ...said].map(t => t.trim()).filter(Boolean);
"""
#: What is written alike in both languages: units, names of methods, and the other language's own name.
ALIKE = {"English", "PNG", "SVG", "JavaScript", "Mt", "CO", "GDP", "EEBT", "MRIO", "CEADs", "CSV", "Gallego", "Lenzen",
         "exp", "NT", "provenance", "json", "liao", "pearl", "logistic", "scope", "alpha_exports"}  # fmt: skip


def test_switching_the_language_leaves_nothing_untranslated(page):
    before = int(page.execute_script("return document.body.dataset.drawn"))
    page.find_element("css selector", "[data-language=zh]").click()
    drawn(page, before)
    assert page.execute_script("return document.documentElement.lang") == "zh-CN"
    for number in range(3):
        page.find_elements("css selector", "#table-choice button")[number].click()
        english = {word for text in page.execute_script(SEEN) for word in re.findall(r"[A-Za-z_]{2,}", text)}
        assert english <= ALIKE, english - ALIKE
    ticks = set(texts(page, "#matrix svg > text.name"))
    assert ticks == {province_name(region, "zh") for region in regions()}
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


def test_everything_can_be_reached_and_used_from_the_keyboard(page):
    keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
    page.find_element("tag name", "body").send_keys(keys.TAB)
    order = []
    for _ in range(12):
        order.append(
            page.execute_script("const e = document.activeElement; return e.id || e.dataset.language || e.className")
        )
        press(page, keys.TAB)
    assert order[:10] == ["skip", "en", "zh", "theme", "copy", "province", "with", "definition", "resolution", "per"]
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


def test_chinese_has_no_half_width_brackets_and_no_mt(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=zh&per=head")
    shown = [text for text in page.execute_script(SEEN) if re.search(r"[\u3400-\u9fff]", text)]
    formula = "ρ = K / (1 + a·exp(−b·t))"
    assert [text for text in shown if re.search(r"[\u3400-\u9fff] ?\(|\bMt\b", text.replace(formula, ""))] == []
