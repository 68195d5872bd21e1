"""What a reader finds on a page: its links, its forms, and words that are none."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from toolkit.screens import seen

# What a template or a program left behind where a reader expects words.
LEFTOVERS = re.compile(r"\b(?:None|True|False|NaN|undefined|null)\b|\{[{%#]|%\(\w+\)")
SILENT = {"script", "style", "template"}
EMPTY = {"checkbox": "on", "radio": "on"}
VOID = {"input", "br", "hr", "img", "link", "meta", "source", "wbr", "area", "col"}


@dataclass
class Form:
    """A form as a browser would send it untouched."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """Reads a page into `links`, `forms`, `text`, and `files`: styles and pictures."""

    def __init__(self, html: str):
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.files: list[str] = []
        self.words: list[str] = []
        self.open_form: Form | None = None
        self.select: dict | None = None
        self.textarea: tuple[str, list[str]] | None = None
        self.muted = 0
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def leftovers(self) -> list[str]:
        return [found.group() for found in LEFTOVERS.finditer(self.text)]

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.muted += tag in SILENT
        handler = getattr(self, f"start_{tag}", None)
        if handler is not None:
            handler(given)
        for name in ("title", "alt", "placeholder", "aria-label"):
            self.words.append(given.get(name, ""))
        for name in ("hx-get", "href"):
            if tag in ("a", "button", "div") and name in given:
                self.links.append(given[name])

    def handle_endtag(self, tag):
        self.muted -= tag in SILENT
        if tag == "form":
            self.open_form = None
        if tag == "select":
            self.end_select()
        if tag == "textarea":
            self.end_textarea()

    def handle_data(self, data):
        if self.textarea is not None:
            self.textarea[1].append(data)
        if not self.muted:
            self.words.append(data)

    def start_link(self, given):
        self.files.append(given.get("href", ""))

    def start_script(self, given):
        self.files.append(given.get("src", ""))

    def start_img(self, given):
        self.files.append(given.get("src", ""))

    def start_use(self, given):
        self.files.append(given.get("href", ""))

    def start_form(self, given):
        method = given.get("method", "get").lower()
        self.open_form = Form(method, given.get("action", ""))
        self.forms.append(self.open_form)

    def start_input(self, given):
        kind = given.get("type", "text")
        is_chosen = kind not in ("checkbox", "radio") or "checked" in given
        if is_chosen and kind not in ("submit", "file") and "disabled" not in given:
            # A box without a value says "on".
            self.add_field(given.get("name"), given.get("value", EMPTY.get(kind, "")))

    def start_textarea(self, given):
        name = "" if "disabled" in given else given.get("name", "")
        self.textarea = (name, [])

    def end_textarea(self):
        name, words = self.textarea
        # The first line break belongs to the markup, the others are sent in full.
        text = "".join(words).removeprefix("\n")
        self.add_field(name, "\r\n".join(text.splitlines()))
        self.textarea = None

    def start_select(self, given):
        name = "" if "disabled" in given else given.get("name", "")
        self.select = {"name": name, "values": [], "chosen": None}

    def start_option(self, given):
        if self.select is not None:
            self.select["values"].append(given.get("value", ""))
            if "selected" in given:
                self.select["chosen"] = given.get("value", "")

    def end_select(self):
        chosen, values = self.select["chosen"], self.select["values"]
        if chosen is not None or values:
            # Without a chosen option a browser shows and sends the first.
            self.add_field(
                self.select["name"], chosen if chosen is not None else values[0]
            )
        self.select = None

    def add_field(self, name, value):
        if self.open_form is not None and name:
            self.open_form.fields.append((name, value))


def form_on(answer) -> dict[str, str]:
    """Return what a browser sends of the form that changes a row, nothing touched."""
    forms = [dict(form.fields) for form in Page(answer.content.decode()).forms]
    [sent] = [fields for fields in forms if seen.FIELD in fields]
    return sent
