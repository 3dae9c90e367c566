"""What tests of the atlas do with a browser: open a page, wait for its charts, use a control, read what it says."""

import csv
import time

import numpy as np


def opened(browser, path, address=""):
    browser.get("about:blank")
    # Chromium keeps fifty entries, and of those drops first what no click of a reader has made
    browser.execute_cdp_cmd("Page.resetNavigationHistory", {})
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


def downloaded(folder, name):
    path = folder / "downloads" / name
    # the browser reserves the name with an empty file and moves the finished one over it
    wait(lambda: path.exists() and path.stat().st_size > 0, f"{name} is downloaded")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def press(browser, key):
    browser.switch_to.active_element.send_keys(key)


def choose(browser, element, value):
    """Choose from a list as a reader does, and wait until all that hangs on it is drawn."""
    before = int(browser.execute_script("return document.body.dataset.drawn || 0"))
    put(browser, element, value, "change")
    idle = "return waiting.length === 0"
    wait(lambda: browser.execute_script(idle), "charts are drawn")
    assert int(browser.execute_script("return document.body.dataset.drawn || 0")) >= before


def chart_rows(browser, chart):
    """Return the rows a chart shows, as its CSV has them."""
    wait(lambda: browser.execute_script("return waiting.length === 0"), "charts are drawn")
    return browser.execute_script("return drawnRows.get(arguments[0])", chart)


def saved(folder, name):
    """Return the bytes of a file the browser has saved."""
    path = folder / "downloads" / name
    wait(lambda: path.exists() and path.stat().st_size > 0, f"{name} is saved")
    return path.read_bytes()
