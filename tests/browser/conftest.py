"""A real Chromium for the tests of this folder, all marked `browser`.

def test_…(open_page, sign_in):
    page = open_page("/notices/", width=390)
    page = sign_in("clerk", "/desk/")      # an account with the PASSWORD of the tests
"""

import threading

import pytest
from playwright.sync_api import Page, sync_playwright

from devtools.chromium import find_chromium

WIDTHS = {1440: 900, 390: 844, 360: 740}
PATIENCE = 10_000
PASSWORD = "a-long-password-for-tests"


@pytest.fixture(scope="session")
def chromium(live_server):
    """One browser for all tests; each page gets a fresh context.

    It is closed before the server, which must have answered whatever it asked: a thread
    of the server may share the database only while the server is there.
    """
    # Playwright runs an event loop in this thread, which Django takes for async code.
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox"]
        )
        yield browser
        browser.close()
    patch.undo()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE / 1000)


@pytest.fixture
def open_page(chromium, live_server):
    """Return a function that opens an address in a browser of its own."""
    contexts = []

    def go(path, *, width=1440, script=True, cookies=(), **options) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": WIDTHS[width]},
            java_script_enabled=script,
            locale=options.pop("locale", "zh-CN"),
            bypass_csp=options.pop("bypass_csp", False),
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in cookies]
        )
        page = context.new_page()
        page.heard = []
        page.on("console", lambda line: page.heard.append(line.text))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(open_page):
    """Return a function that signs a person in by the form and opens an address."""

    def enter(name, path="/desk/", **options) -> Page:
        page = open_page(f"/accounts/login/?next={path}", **options)
        page.fill("[name=login]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"**{path}")
        return page

    return enter
