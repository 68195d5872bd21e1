"""Somebody walks through the portal and opens everything that its pages offer."""

from collections import Counter, deque
from typing import NamedTuple
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import User
from tests.demo.pages import Form, Page
from toolkit.demo import demo_password
from toolkit.url_policies import every_route

# Of one kind of page this many are opened by each: the first row tells as much as the
# last, and another visitor has another first row.
MOST_ROWS = 1
# A parameter asks the same of everybody: each is tried so often by all together.
MOST_QUERIES = 2
# Who may see what is the same with every database, and how it is asked for is not: on
# PostgreSQL each kind of page is opened by some of the visitors, on SQLite by all.
MOST_VISITORS = 4 if connection.vendor == "postgresql" else None
PUBLIC_VIEWS = {r["name"] for r in every_route() if r["policy"] == "public"}
NOWHERE = ""
WOULD_END_THE_VISIT = {"account_logout"}
# A form may be refused for what it lacks; a button that nobody may press is a fault.
FINE_FOR_A_FORM = {200, 302, 400, 422}


class Answer(NamedTuple):
    """What came back: the status, the address in the end, and a page if it is one."""

    status: int
    arrived: str
    html: str = ""


class Visitor:
    """A walk; `faults` says what did not open, `opened` has an address of each view."""

    def __init__(self, client: Client, shared: Counter):
        self.client = client
        self.faults: list[str] = []
        self.opened: dict[str, str] = {}
        self.seen: set[str] = set()
        self.kinds: Counter = Counter()
        self.mine: set[str] = set()
        # What all visitors together have opened: public pages are the same for
        # everybody, and parameters nearly so.
        self.shared = shared
        self.pressed: set[str] = set()
        self.waiting: deque = deque()

    def walk(self, start: str) -> None:
        """Open the first page and everything that can be reached from it."""
        self.seen.add(start)
        self.waiting.append(("(start)", start))
        while self.waiting:
            came_from, url = self.waiting.popleft()
            self.open(came_from, url)

    def offer(self, page: str, link: str) -> None:
        """Note a link of a page, unless enough of its kind were opened."""
        url = urldefrag(urljoin(page, link))[0]
        if urlsplit(url).scheme or urlsplit(url).netloc or url in self.seen:
            return
        self.seen.add(url)
        if view_of(url) == NOWHERE:
            self.faults.append(f"{page}: {url} leads nowhere")
        elif self.is_new(url):
            self.waiting.append((page, url))

    def is_new(self, url: str) -> bool:
        """Answer, and note, whether an address is unlike those seen before."""
        view, names = view_of(url), parameters(url)
        kinds = {(view, name) for name in names or [""]}
        is_public = view in PUBLIC_VIEWS
        known = self.shared if names or is_public else self.kinds
        most = MOST_QUERIES if names and not is_public else MOST_ROWS
        if all(known[kind] >= most for kind in kinds) or self.is_enough(view):
            return False
        known.update(kinds)
        return True

    def is_enough(self, view: str) -> bool:
        """Answer, and note, whether so many others have opened pages of the kind."""
        if MOST_VISITORS is None or view in self.mine:
            return False
        if self.shared["visitors", view] >= MOST_VISITORS:
            return True
        self.shared["visitors", view] += 1
        self.mine.add(view)
        return False

    def open(self, came_from: str, url: str) -> None:
        answer = self.fetch(url)
        if answer.status != 200:
            self.faults.append(f"{came_from}: {url} answers {answer.status}")
        elif answer.arrived.startswith("/accounts/login/") and "next" in answer.arrived:
            self.faults.append(f"{came_from}: {url} asks to sign in")
        if answer.status == 200 and answer.html:
            self.opened.setdefault(view_of(url), url)
            self.read(answer.arrived, Page(answer.html))

    def fetch(self, url: str) -> Answer:
        found = self.client.get(url, follow=True)
        read_to_the_end(found)
        arrived = found.redirect_chain[-1][0] if found.redirect_chain else url
        is_page = found.headers["Content-Type"].startswith("text/html")
        html = found.content.decode() if is_page else ""
        return Answer(found.status_code, arrived, html)

    def read(self, url: str, page: Page) -> None:
        """Note what is wrong with a page, and what it offers."""
        self.faults += [f"{url}: shows {words}" for words in page.leftovers]
        self.faults += [f"{url}: no file {name}" for name in missing_files(page)]
        for link in page.links:
            self.offer(url, link)
        for form in page.forms:
            self.try_form(url, form)

    def try_form(self, page: str, form: Form) -> None:
        """Send a form untouched, one of each kind; what it would write is undone."""
        url = urljoin(page, form.action or page)
        if form.method == "get":
            self.offer(page, f"{urlsplit(url).path}?{urlencode(form.fields)}")
            return
        view = view_of(url)
        if view == NOWHERE:
            self.faults.append(f"{page}: a form leads nowhere: {url}")
        if view in self.pressed | {NOWHERE} | WOULD_END_THE_VISIT:
            return
        self.pressed.add(view)
        status = self.press(url, form.fields)
        if status not in FINE_FOR_A_FORM:
            self.faults.append(f"{page}: the form of {url} answers {status}")

    def press(self, url: str, fields: list[tuple[str, str]]) -> int:
        """Return the status of a POST that leaves no trace."""
        cookies = self.client.cookies.output(header="")
        with transaction.atomic():
            kind = "application/x-www-form-urlencoded"
            found = self.client.post(url, urlencode(fields), content_type=kind)
            read_to_the_end(found)
            transaction.set_rollback(True)
        self.client.cookies.load(cookies)
        return found.status_code


def accounts_to_try():
    """The accounts of the demo; colleagues of whom nobody has the password are none."""
    known = User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return known.order_by("pk").values_list("username", flat=True)


def signed_in(name: str) -> Client:
    """Return a client that a demo account has signed in with."""
    client = Client(raise_request_exception=False)
    given = {"login": name, "password": demo_password()}
    assert client.post("/accounts/login/", given).url == "/desk/", name
    return client


def view_of(url: str) -> str:
    """Return the name of the view that serves an address, "" when none does."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return NOWHERE


def parameters(url: str) -> list[str]:
    """Return the names of the parameters that have a value."""
    return [name for name, value in parse_qsl(urlsplit(url).query) if value]


def read_to_the_end(answer) -> None:
    """Read a file that is sent in pieces, so that it is closed."""
    if answer.streaming:
        list(answer.streaming_content)


def missing_files(page: Page) -> list[str]:
    """Return the files of a page that are not there."""
    names = {urldefrag(name)[0] for name in page.files}
    ours = [name for name in names if name.startswith("/static/")]
    return [name for name in ours if not finders.find(name.removeprefix("/static/"))]
