"""The atlas in a real browser: rules of accessibility, in both languages, light and dark, on a screen and a phone."""

from pathlib import Path

import pytest
from atlas_study import regions
from browsing import choose, opened

pytestmark = pytest.mark.browser


# every pair of a language, a theme and a width, without every combination of three
@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [("en", "light", 1280), ("en", "dark", 390), ("zh", "light", 390), ("zh", "dark", 1280)],
)
def test_axe_finds_nothing(browser, folder, language, theme, width):
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    rules = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    try:
        page = opened(browser, folder / "years.html", f"#lang={language}&theme={theme}&since=2012&with=Hebei&price=90")
        page.execute_script(rules)
        run = "const done = arguments[0]; axe.run().then(r => done(r.violations), e => done([{id: String(e)}]))"
        page.set_script_timeout(60)
        found = page.execute_async_script(run)
        assert [(each["id"], [node["html"][:120] for node in each.get("nodes", [])][:3]) for each in found] == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def background(page):
    return page.execute_script("return getComputedStyle(document.documentElement).backgroundColor")


def test_dark_follows_the_system_and_the_switch_and_paper_is_white(browser, folder):
    try:
        browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
        )
        page = opened(browser, folder / "atlas.html", "#lang=en")
        assert background(page) == "rgb(28, 31, 36)"
        page.find_element("id", "theme").click()
        assert background(page) == "rgb(255, 255, 255)"
        assert "theme=light" in page.execute_script("return location.hash")
        browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]}
        )
        page = opened(browser, folder / "atlas.html", "#lang=en&theme=dark")
        assert background(page) == "rgb(28, 31, 36)"
        choose(page, "province", 2)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
        assert background(page) == "rgb(255, 255, 255)"
        page.execute_script("dispatchEvent(new Event('beforeprint'))")
        place = f"#map [data-region='{regions().index('Guangdong')}']"
        tile = f'return getComputedStyle(document.querySelector("{place}")).backgroundColor'
        red, _, blue = (int(c) for c in page.execute_script(tile)[4:-1].split(", "))
        assert red > 200 and blue < 200  # vermilion on white, not on black
        page.execute_script("dispatchEvent(new Event('afterprint'))")
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
