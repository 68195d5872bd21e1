"""Django alone: a list of 20 of 5,000 notices, and a view that answers nothing.

Run in the peers' environment; serves turns (benchmarks/turns.py).
"""

import sys
from datetime import timedelta

from benchmarks.peers.setting import configure
from benchmarks.rates import ask
from benchmarks.turns import serve

NOTICES = 5000


def fill() -> None:
    """Create the table and the notices unless they are there."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from benchmarks.peers.plain_app.models import Notice

    call_command("migrate", verbosity=0, run_syncdb=True)
    if not Notice.objects.exists():
        now = timezone.now()
        Notice.objects.bulk_create(
            Notice(
                title=f"关于第 {number} 号事项的通知",
                unit=f"社区{number % 18}",
                gist="请居民朋友注意时间和地点，有事请打社区电话。" * 3,
                published_at=now - timedelta(hours=number),
            )
            for number in range(NOTICES)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> None:
    """Fill the database if it is empty, then answer when asked."""
    configure(urls="benchmarks.peers.plain_urls", apps=["benchmarks.peers.plain_app"])
    fill()
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    status, _headers, body = ask(application, "/")
    if not status.startswith("200") or body.count(b'class="notice"') != 20:
        sys.exit(f"django answered {status}, {body[:300]!r}")
    serve(
        {
            "plain": lambda: ask(application, "/"),
            "empty": lambda: ask(application, "/empty/"),
        }
    )


if __name__ == "__main__":
    main()
