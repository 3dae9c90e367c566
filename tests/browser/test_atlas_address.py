"""The atlas in a real browser: all that is chosen is in the address, Back undoes a step, a wrong address is told."""

import pytest
from browsing import choose, console, drawn, opened, put, texts, wait

pytestmark = pytest.mark.browser

STATE = """
const value = (id) => document.getElementById(id).value;
return [document.getElementById('province-title').textContent, document.documentElement.lang,
  document.documentElement.dataset.theme, ...['with', 'definition', 'per', 'map-column', 'matrix-level', 'sankey-level',
  'price', 'b', 'a', 'G', 'fund'].map(value), document.getElementById('columns').checked,
  document.querySelector('#table-choice [aria-pressed=true]').textContent,
  document.getElementById('show-all').getAttribute('aria-expanded'),
  [...document.querySelectorAll('#table tbody th')].map(e => e.textContent).join(),
  [...document.querySelectorAll('#figures dd')].map(e => e.textContent).join()];
"""


def hash_of(page):
    return page.execute_script("return location.hash")


def change_everything(page):
    page.find_element("css selector", "[data-language=zh]").click()
    choose(page, "province", 14)
    choose(page, "with", 2)
    choose(page, "definition", 1)
    choose(page, "per", "head")
    choose(page, "map-column", "table3_compensation|amount")
    choose(page, "matrix-level", "regions")
    choose(page, "sankey-level", "provinces")
    choose(page, "fund", "balanced")
    for name, value in {"price": 250, "b": 0.9, "a": 1.5, "G": 70000}.items():
        put(page, name, value)
        put(page, name, value, "change")
    for control in ("#show-all", "#table-choice button:nth-child(3)", "#columns"):
        page.execute_script("document.querySelector(arguments[0]).click()", control)
    page.execute_script("document.querySelectorAll('#table thead button')[4].click()")
    page.execute_script("document.getElementById('theme').click()")


@pytest.fixture(params=[1280, 390], ids=["screen", "phone"])
def wide(request, browser):
    """A screen, and a phone."""
    width = {"width": request.param, "height": 844, "deviceScaleFactor": 1, "mobile": request.param < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", width)
    yield request.param
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_link_brings_back_all_that_was_chosen(browser, folder, wide):
    page = opened(browser, folder / "atlas.html", "#lang=en")
    default = page.execute_script(STATE)
    change_everything(page)
    state, address = page.execute_script(STATE), hash_of(page)
    assert all(now != then for now, then in zip(state, default, strict=True)), list(zip(state, default, strict=True))
    opened(browser, folder / "atlas.html", address)
    assert page.execute_script(STATE) == state
    assert texts(page, "#address-note") == [""]
    assert page.execute_script("return document.documentElement.scrollWidth") <= wide


def test_back_undoes_a_step_and_forward_does_it_again(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=en")
    steps = [page.execute_script(STATE)]
    for act in (lambda: choose(page, "province", 5), lambda: choose(page, "definition", 1),
                lambda: (put(page, "price", 200), put(page, "price", 300), put(page, "price", 300, "change")),
                lambda: page.execute_script("document.querySelectorAll('#table thead button')[2].click()"),
                lambda: page.execute_script("document.querySelector('#net [data-region=\"9\"]').dispatchEvent("
                                            "new MouseEvent('click', {bubbles: true}))")):  # fmt: skip
        act()
        steps.append(page.execute_script(STATE))
    assert len({str(step) for step in steps}) == len(steps)
    for expected in reversed(steps[:-1]):
        page.execute_script("history.back()")
        wait(lambda expected=expected: page.execute_script(STATE) == expected, "Back undoes one step")
    for expected in steps[1:]:
        page.execute_script("history.forward()")
        wait(lambda expected=expected: page.execute_script(STATE) == expected, "Forward does it again")


def test_an_edited_address_takes_effect_at_once(page):
    before = int(page.execute_script("return document.body.dataset.drawn"))
    page.execute_script("location.hash = '#province=Guangdong&lang=zh&price=60'")
    drawn(page, before)
    assert texts(page, "#province-title") == ["广东"]
    assert page.execute_script("return document.getElementById('price').value") == "60"


@pytest.mark.parametrize(
    ("address", "said", "kept"),
    [
        ("#province=Atlantis", "province=Atlantis", "Beijing"),
        ("#province=Hebei&colour=red", "colour", "Hebei"),
        ("#province=Hebei&price=-5", "price=-5", "Hebei"),
        ("#province=Hebei&price=abc&G=0&sort=nothing", "price=abc, G=0, sort=nothing", "Hebei"),
        ("#province=Hebei&flow=Hebei&table=table9", "flow=Hebei, table=table9", "Hebei"),
        ("#%E0%A4%A&province=Hebei", "%E0%A4%A", "Hebei"),
    ],
)
def test_a_wrong_address_is_answered_in_one_sentence_and_the_default(browser, folder, address, said, kept):
    page = opened(browser, folder / "atlas.html", f"{address}&lang=en")
    note = texts(page, "#address-note")[0]
    assert note.count(".") == 1 or "%" in said
    assert "which this page does not know; the default stands instead" in note
    if "%" not in said:
        assert f"The address says {said}," in note
    assert texts(page, "#province-title") == [kept]
    assert page.execute_script("return document.getElementById('price').value") == "100"
    choose(page, "province", 3)
    assert texts(page, "#address-note") == [""]


def test_a_hostile_address_is_text(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=en&province=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert "<img src=x onerror=alert(1)>" in texts(page, "#address-note")[0]
    assert page.execute_script("return document.querySelectorAll('#address-note img').length") == 0


def test_the_button_copies_the_link_to_all_that_is_seen(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=en")
    choose(page, "province", 4)
    put(page, "price", 77)
    page.execute_script(
        "window.copied = null; Object.defineProperty(navigator, 'clipboard', {configurable: true,"
        "value: {writeText: async (text) => { window.copied = text; }}});"
    )
    page.find_element("id", "copy").click()
    wait(lambda: "copied" in texts(page, "#copied")[0], "the page says that the link is copied")
    link = page.execute_script("return window.copied")
    assert "province=Inner+Mongolia" in link and "price=77" in link
    # where the browser refuses, the link is shown to be copied by hand
    page.execute_script(
        "Object.defineProperty(navigator, 'clipboard', {configurable: true,"
        "value: {writeText: () => Promise.reject(new Error('refused'))}});"
    )
    page.find_element("id", "copy").click()
    wait(lambda: page.find_element("id", "link").is_displayed(), "the link is shown")
    assert page.find_element("id", "link").get_attribute("value") == link
    assert console(page) == []
