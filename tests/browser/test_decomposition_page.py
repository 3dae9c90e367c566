"""The page of the decomposition in a real browser: numbers as in its table, choices in the address, both languages."""

import itertools
import json

import numpy as np
import pandas as pd
import pytest
from browsing import as_number, console, drawn, opened, put, texts

from mrio import labels
from mrio.outputs.decomposition_page import decomposition_html

pytestmark = pytest.mark.browser
REGIONS = ["Beijing", "Hebei", "Shanxi"]
FACTORS = ["intensity", "technology", "trade", "mix", "volume"]
YEARS = [2012, 2015, 2017]


def rows_of(names, rng):
    """Start, terms that add up to the change, and the end, for every row of a step."""
    start = rng.normal(50, 30, len(names))
    terms = rng.normal(0, 10, (len(names), len(FACTORS)))
    return start, terms, start + terms.sum(1)


@pytest.fixture(scope="module")
def tables():
    """Tables of two steps and the whole way, as the pipeline writes them."""
    rng, accounts, flows = np.random.default_rng(5), [], []
    steps = [*itertools.pairwise(YEARS), (YEARS[0], YEARS[-1])]
    for (a, b), quantity in itertools.product(steps, ("production", "consumption", "net_transfer")):
        start, terms, end = rows_of(REGIONS, rng)
        made = {"from": a, "to": b, "definition": "eebt", "sectors": "30", "prices": "current",
                "quantity": quantity, "province": REGIONS,
                "start_Mt": start, "end_Mt": end, "change_Mt": end - start}  # fmt: skip
        made |= {f"{name}_Mt": terms[:, k] for k, name in enumerate(FACTORS)}
        accounts.append(pd.DataFrame(made | {f"{name}_gap_Mt": rng.random(3) for name in FACTORS}))
    pairs = list(itertools.product(REGIONS, REGIONS))
    for a, b in steps[:-1]:
        start, terms, end = rows_of(pairs, rng)
        made = {"from": a, "to": b, "definition": "eebt", "province": [p for p, _ in pairs],
                "destination": [d for _, d in pairs],
                "start_Mt": start, "end_Mt": end}  # fmt: skip
        flows.append(pd.DataFrame(made | {f"{name}_Mt": terms[:, k] for k, name in enumerate(FACTORS)}))
    return pd.concat(accounts, ignore_index=True), pd.concat(flows, ignore_index=True)


@pytest.fixture(scope="module")
def pages(tables, folder):
    """The page in both languages."""
    for language in ("en", "zh"):
        (folder / f"decomposition_{language}.html").write_text(decomposition_html(*tables, language), encoding="utf-8")
    return folder


def numbers(browser):
    """Return the second column of the table on the page."""
    return [as_number(text) for text in texts(browser, "#rows tr td:nth-child(2)")]


def test_every_number_is_that_of_the_table(browser, pages, tables):
    page = opened(browser, pages / "decomposition_en.html", "#quantity=consumption&province=1&step=2")
    table = tables[0]
    row = table[(table["from"] == 2015) & (table["quantity"] == "consumption") & (table["province"] == "Hebei")].iloc[0]
    wanted = [row["start_Mt"], *(row[f"{name}_Mt"] for name in FACTORS), row["change_Mt"], row["end_Mt"]]
    np.testing.assert_allclose(numbers(page), wanted, atol=0.006)
    gaps = [as_number(text) for text in texts(page, "#rows tr td:nth-child(3)")][1:-2]
    np.testing.assert_allclose(gaps, [row[f"{name}_gap_Mt"] for name in FACTORS], atol=0.006)
    assert page.find_element("id", "heading").text == "Consumption-based emissions, Hebei, 2015–2017 (EEBT)"
    assert len(texts(page, "#chart rect")) == len(FACTORS) + 2
    assert not page.find_element("id", "destination").is_displayed()
    assert console(page) == []


def test_a_flow_over_all_years_adds_up_its_steps(browser, pages, tables):
    page = opened(browser, pages / "decomposition_en.html", "#quantity=flow&province=1&destination=0&step=0")
    of = tables[1][(tables[1]["province"] == "Hebei") & (tables[1]["destination"] == "Beijing")].sort_values("from")
    wanted = [of["start_Mt"].iloc[0], *(of[f"{name}_Mt"].sum() for name in FACTORS)]
    np.testing.assert_allclose(numbers(page)[:-2], wanted, atol=0.006)
    assert page.find_element("id", "heading").text == "Flow between two provinces, Hebei for Beijing, 2012–2017 (EEBT)"
    assert page.find_element("id", "destination").is_displayed()


def test_a_choice_goes_into_the_address_and_back_undoes_it(browser, pages):
    page = opened(browser, pages / "decomposition_en.html")
    first = page.find_element("id", "heading").text
    before = int(page.execute_script("return document.body.dataset.drawn"))
    put(page, "province", "2", "change")
    drawn(page, before)
    assert "Shanxi" in page.find_element("id", "heading").text and "province=2" in page.current_url
    page.back()
    drawn(page, before + 1)
    assert page.find_element("id", "heading").text == first
    before = int(page.execute_script("return document.body.dataset.drawn"))
    page.execute_script("location.hash = 'province=99&quantity=nothing'")  # no such choice: the first
    drawn(page, before)
    assert page.find_element("id", "heading").text == first


def test_the_chinese_page_says_nothing_in_english_and_fits_a_phone(browser, pages):
    size = browser.get_window_size()
    try:
        browser.set_window_size(420, 900)
        page = opened(browser, pages / "decomposition_zh.html", "#quantity=net_transfer&province=1")
        assert labels.province_name("Hebei", "zh") in page.find_element("id", "heading").text
        shown = page.execute_script("return document.body.innerText")
        assert {word for word in ("Province", "Factor", "Years", "First year", "Change") if word in shown} == set()
        assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        assert console(page) == []
    finally:
        browser.set_window_size(size["width"], size["height"])


def test_a_label_is_text_whatever_it_holds(tables):
    table, pairs = (frame.replace({"Hebei": "</script><b>x"}) for frame in tables)
    made = decomposition_html(table, pairs, "en")
    assert "</script><b>" not in made
    data = made.partition('type="application/json">')[2].partition("</script>")[0]
    assert "</script><b>x" in json.loads(data)["regions"]
