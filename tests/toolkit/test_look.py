"""What must hold for the look of every page, read from the files themselves."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SPRITE = (ROOT / "static" / "img" / "icons.svg").read_text(encoding="utf-8")
SYMBOLS = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
FIXED_ICON = re.compile(r'{% icon "([\w-]+)" %}')
# icon="door", "icon": "door" and Item(_("今日走访"), "door", …)
NAMED_ICON = re.compile(
    r'(?:\bicon["\']?\s*[=:]|\bItem\(\s*_\("[^"]+"\),)\s*"([\w-]+)"'
)

each_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)
each_style = pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@each_template
def test_template_can_be_parsed(path):
    get_template(str(path.relative_to(ROOT / "templates")))


@each_template
def test_template_keeps_the_strict_policy(path):
    text = text_of(path)
    assert not re.search(r"\sstyle\s*=", text), "inline style"
    assert not re.search(r"\son\w+\s*=\s*[\"']", text), "inline handler"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert "<style" not in text
    assert not re.search(r"[\"'(]data:", text), "data: address"
    assert not re.search(r"(src|href)=\"(https?:)?//", text), "foreign file"


@each_template
def test_template_holds_no_colour(path):
    assert not re.search(r"[\"' :]#[0-9a-fA-F]{3,8}\b(?![\w-])", text_of(path))


@each_template
def test_template_uses_icons_that_exist(path):
    assert set(FIXED_ICON.findall(text_of(path))) <= SYMBOLS


def test_python_names_icons_that_exist():
    apps = [config for config in settings.INSTALLED_APPS if "." not in config]
    files = [file for app in apps for file in (ROOT / app).rglob("*.py")]
    named = {name for file in files for name in NAMED_ICON.findall(text_of(file))}
    assert named
    assert named <= SYMBOLS


@each_style
def test_style_loads_nothing_but_our_own_files(path):
    for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", text_of(path)):
        assert address.startswith("../img/")
        assert (path.parent / address).is_file()


def test_dark_of_the_person_and_dark_of_the_device_are_equal():
    tokens = text_of(ROOT / "static" / "css" / "tokens.css")
    chosen = re.search(r'\[data-bs-theme="dark"\] {(.*?)\n  }', tokens, re.S)
    device = re.search(r":root:not\(\[data-bs-theme\]\) {(.*?)\n  }", tokens, re.S)
    assert "--yh-brand:" in chosen.group(1)
    assert chosen.group(1) == device.group(1)


@each_style
def test_only_the_tokens_decide_a_colour(path):
    if path.name == "tokens.css":
        return
    allowed = {"#fff", "#000", "#222", "#333", "#777", "#bbb"}
    colours = set(re.findall(r"#[0-9a-fA-F]{3,6}\b", text_of(path)))
    ids = {colour for colour in colours if f"{colour}{{" in text_of(path)}
    assert colours - ids <= allowed


def test_htmx_may_not_evaluate_text_nor_keep_pages_of_people():
    text = text_of(ROOT / "templates" / "staff.html")
    config = json.loads(re.search(r"htmx-config\" content='(.*?)'", text).group(1))
    assert config["allowEval"] is False
    assert config["includeIndicatorStyles"] is False
    assert config["selfRequestsOnly"] is True
    assert config["historyCacheSize"] == 0


def test_public_pages_hold_no_token_and_no_htmx():
    for name in ("base.html", "public.html", "_public_nav.html", "_public_foot.html"):
        text = text_of(ROOT / "templates" / name)
        assert "csrf" not in text
        assert "htmx.min.js" not in text
