"""The search page: one question of each kind, asked by a person who sees the street."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from benchmarks.visitors import Visitor
from communities.finding import keys
from communities.models import Resident, SearchKey
from yuhai_portal.wsgi import application

PAGE = 21
# A question about a number is chosen for how many people it finds, so that a street of
# a million shows a page of the same length: (kind of key, its bytes, people).
NUMBERS = {
    "id last 4": (keys.ID_TAIL, 9, PAGE),
    "id last 6": (keys.ID_TAIL, 17, 3),
    "phone last 4": (keys.PHONE, 9, PAGE),
    "phone": (keys.PHONE, 17, 1),
}
WORDS = {"name, 1 character": "陈", "name, 2 characters": "建国"}
LETTERS = {"pinyin": "chen", "initials": "cjg"}


def questions() -> dict[str, str]:
    """Return one question of each kind, those about numbers chosen from the data."""
    found = WORDS | LETTERS
    for kind, (byte, length, people) in NUMBERS.items():
        one = Resident.objects.get(pk=somebody(byte, length, people))
        number = one.phone if byte == keys.PHONE else one.id_number
        found[kind] = number[-int(kind[-1]) :] if "last" in kind else number
        if kind == "id last 6":
            found["id"] = number
    return found


def somebody(byte: bytes, length: int, people: int) -> int:
    """Return a resident whose key begins like those of about so many people."""
    table = connection.ops.quote_name(SearchKey._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT min(resident_id) FROM {table} WHERE key >= %s AND key < %s "
            f"GROUP BY substr(key, 1, {length}) "
            "ORDER BY abs(count(*) - %s), min(resident_id) LIMIT 1",
            [byte, bytes([byte[0] + 1]), people],
        )
        return cursor.fetchone()[0]


def actions() -> dict[str, Callable]:
    """Return the answer to each question and the floor below it."""
    reader = Visitor(application, "leader")
    box = reverse("communities:find")
    found: dict[str, Callable] = {}
    for kind, text in questions().items():
        answer = reader.post(box, q=text)
        number = answer.strip("/").rpartition("/")[2]
        found[f"find {kind}"] = reader.page(answer)
        found[f"find floor {kind}"] = reader.page(f"/bench/floor/find/{number}/")
    # A session of its own: it remembers only the last twenty questions.
    asking = Visitor(application, "leader")
    text = WORDS["name, 2 characters"]
    found["find through the box"] = lambda: asking.get(asking.post(box, q=text))
    query = urlencode({"q": WORDS["name, 2 characters"]})
    found["find plain"] = reader.page(f"/bench/plain/?{query}")
    root = Visitor(application, "root")
    found["find admin"] = root.page(f"/bench/admin/communities/resident/?{query}")
    return found
