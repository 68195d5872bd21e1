"""What is wrong with a page in the eyes of axe-core and of a narrow screen."""

from django.templatetags.static import static
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# All that a change of colours can spoil.
COLOURS = ["color-contrast", "link-in-text-block"]

# Only what is wrong is worth describing; no page has frames or styles of others.
ASK = """asked => axe.run({
  runOnly: asked, resultTypes: ["violations"], preload: false, iframes: false,
})"""


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe-core finds wrong with the page, one line for each rule.

    `rules` names the few to ask instead of all the standards. The page must be opened
    with `bypass_csp`, or the policy keeps axe out.
    """
    # A page that has only begun to arrive has no head yet to put axe into.
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        # By its address: the browser keeps what it has compiled.
        page.add_script_tag(url=static("vendor-dev/axe.min.js"))
    asked = {"type": "rule" if rules else "tag", "values": rules or STANDARDS}
    found = page.evaluate(ASK, asked)
    return [
        f"{rule['id']}: {rule['nodes'][0]['html']} ({len(rule['nodes'])})"
        for rule in found["violations"]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
