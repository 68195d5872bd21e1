"""How far a job is must never be what ends it."""

import pytest

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
]

# A job reads its rows, somebody else writes in between, the job tells how far it is.
READING = """
import django
django.setup()
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from toolkit import jobs
job = jobs.enqueue("none", key="k", title="t")
rows = ContentType.objects.order_by("pk").iterator(chunk_size=1)
next(rows)
other = connection.copy()
with other.cursor() as cursor:
    cursor.execute("UPDATE toolkit_job SET step = 'elsewhere'")
other.close()
jobs.progress(job, 1, 2)
print(1 + len(list(rows)) == ContentType.objects.count())
"""


def test_a_job_that_may_not_write_while_it_reads_goes_on(own_place):
    assert own_place.run("-c", READING).split() == ["True"]
