"""The name of a browser as a person knows it, from what it calls itself."""

from django.utils.translation import gettext_lazy as _

from toolkit.formats import phrased

# The first word found in a user agent names the browser, the first of the others the
# system; the order matters, since most agents also claim to be Chrome or Safari.
BROWSERS = (
    ("MicroMessenger", _("微信")),
    ("DingTalk", _("钉钉")),
    ("Edg", "Edge"),
    ("QQBrowser", _("QQ 浏览器")),
    ("UCBrowser", _("UC 浏览器")),
    ("HuaweiBrowser", _("华为浏览器")),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", _("鸿蒙")),
    ("Android", _("安卓")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """Return "Chrome，Windows" for a user agent, as far as it can be told."""
    found = [
        next((label for mark, label in names if mark in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return phrased(found) or str(_("未识别的浏览器"))
