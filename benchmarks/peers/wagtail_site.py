"""A Wagtail index page of 20 of 5,000 pages, to compare the public notice list with.

Run in the peers' environment; serves turns (benchmarks/turns.py).
"""

import sys
from datetime import timedelta

from benchmarks.peers.setting import configure
from benchmarks.rates import ask
from benchmarks.turns import serve

PAGES = 5000
APPS = [
    "benchmarks.peers.wagtail_app",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "modelcluster",
]


def fill() -> None:
    """Create the tables and the pages unless they are there."""
    from django.core.management import call_command
    from wagtail.models import Page, Site

    from benchmarks.peers.wagtail_app.models import NoticeIndex, NoticePage

    call_command("migrate", verbosity=0, run_syncdb=True)
    if NoticePage.objects.count() >= PAGES:
        return
    root = Page.objects.get(depth=1)
    index = NoticeIndex(title="通知公告", slug="notices")
    root.add_child(instance=index)
    Site.objects.all().delete()
    Site.objects.create(
        hostname="127.0.0.1", port=8000, root_page=index, is_default_site=True
    )
    for number in range(PAGES):
        index.add_child(instance=notice(number))


def notice(number: int):
    """Return the page of one notice."""
    from django.utils import timezone

    from benchmarks.peers.wagtail_app.models import NoticePage

    return NoticePage(
        title=f"关于第 {number} 号事项的通知",
        slug=f"n{number}",
        unit=f"社区{number % 18}",
        gist="请居民朋友注意时间和地点，有事请打社区电话。" * 3,
        first_published_at=timezone.now() - timedelta(hours=number),
        live=True,
    )


def main() -> None:
    """Fill the database if it is empty, then show the index when asked."""
    configure(
        urls="benchmarks.peers.wagtail_urls",
        apps=APPS,
        WAGTAIL_SITE_NAME="bench",
        WAGTAILADMIN_BASE_URL="http://127.0.0.1",
    )
    fill()
    from django.core.wsgi import get_wsgi_application
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    application = get_wsgi_application()
    status, _headers, body = ask(application, "/")
    if not status.startswith("200") or body.count(b'class="notice"') != 20:
        sys.exit(f"wagtail answered {status}, {body[:300]!r}")
    serve({"wagtail": lambda: ask(application, "/")})


if __name__ == "__main__":
    main()
