"""One Chromium for all tests of the atlas, and the pages they open."""

import shutil

import pytest
from atlas_study import CURVE, HOSTILE, PRICE, earlier, renamed, study, with_intervals, with_stressor
from browsing import console, opened

from mrio.outputs.atlas import Results, build_page
from mrio.outputs.tables import transfers_table

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900",
         "--disable-background-networking", "--lang=en-GB")  # fmt: skip


def written(folder, name, *results):
    """Write the page of results of one year or several into the folder."""
    years = [Results(*each, carbon_price=PRICE, curve=CURVE) for each in results]
    (folder / f"{name}.html").write_text(build_page(years), encoding="utf-8")


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A folder with the page of the study, of two years, of hostile labels, and of as little as a study may have."""
    made, folder = study(), tmp_path_factory.mktemp("atlas")
    written(folder, "atlas", (made.accounts, made.tables, made.schemes, made.figures))
    known = with_intervals(made)
    written(folder, "intervals", (known.accounts, known.tables, known.schemes, known.figures, known.money))
    then = earlier(made)
    written(folder, "years", (then.accounts, then.tables, then.schemes, then.figures),
            (made.accounts, made.tables, made.schemes, made.figures))  # fmt: skip
    written(folder, "stressors", (made.accounts, with_stressor(made), made.schemes, made.figures))
    written(folder, "hostile", renamed(made, "Hebei", HOSTILE))
    poor = {key: table for key, table in made.tables.items() if key != "table3_compensation"}
    written(folder, "bare", (made.accounts.assign_attrs(not_separable="Hebei"), poor))
    one = made.accounts.isel(definition=[0]).drop_vars(["flows_by_origin", "flows_by_product"])
    written(folder, "least", (one, {"table1_transfers": transfers_table(one)}))
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


@pytest.fixture(autouse=True)
def silent(browser):
    """No test leaves an error in the browser's console that it did not ask for."""
    console(browser)
    yield
    assert console(browser) == []
