"""One Chromium for all tests of the atlas, and the pages they open."""

import shutil

import pytest
from atlas_study import CURVE, HOSTILE, PRICE, renamed, study
from browsing import opened

from mrio.outputs.atlas.page import build_page

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900",
         "--disable-background-networking", "--lang=en-GB")  # fmt: skip


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def browser(folder):
    """Return a headless browser that saves what it downloads beside the pages, or skip the test."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    if not (CHROMIUM and DRIVER):
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium chromium-driver)")
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
