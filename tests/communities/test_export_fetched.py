"""A list made by the worker is fetched by whoever ordered it, while he may have it."""

import pytest
from django.contrib.auth.models import Permission

from tests.factories import make_assignment, make_resident
from toolkit import jobs
from toolkit.audit import about
from toolkit.models import AuditEvent, Job

EXPORT = "/communities/residents/export/"


@pytest.fixture
def posts(donghu, donghu_grid, settings):
    """A clerk with a post of reading and one of taking away; two people to export."""
    settings.YUHAI_EXPORT_IN_PAGE = 1
    make_resident(donghu_grid, name="张三")
    make_resident(donghu_grid, name="李四")
    reading = make_assignment("clerk", donghu, ["view_resident"])
    rights = ["export_resident", "import_resident"]
    exporting = make_assignment("exporter", donghu, rights, user=reading.user)
    return reading, exporting


@pytest.fixture
def clerk(posts):
    return posts[0].user


@pytest.fixture
def made(browse, clerk):
    """Order lists and have them made; return where each is fetched."""

    def make(chosen="csv"):
        sent = {"format": chosen, "purpose": "identity"}
        browse(clerk).post(EXPORT, sent)
        job = Job.objects.filter(kind="export").latest("pk")
        assert jobs.run(job.pk)
        return f"/jobs/{job.pk}/file/"

    return make


def test_the_clerk_fetches_his_list(made, browse, clerk):
    url = made()
    file = browse(clerk).get(url)
    assert "张三" in b"".join(file.streaming_content).decode("utf-8-sig")


def test_each_time_it_is_fetched_is_written_down(made, browse, clerk, donghu):
    url = made()
    for _time in range(2):
        b"".join(browse(clerk).get(url).streaming_content)
    event, _again = AuditEvent.objects.filter(verb="fetched")
    assert (event.actor, event.count, event.purpose) == (clerk, 2, "核对身份")
    assert event.batch == f"communities.resident:job {Job.objects.get().pk}"
    assert event.subject_path == donghu.path
    assert about(event)["file"].startswith("居民档案-")


def test_what_is_not_handed_out_is_not_written_down(made, posts, browse, clerk):
    url = made()
    posts[1].delete()
    assert browse(clerk).get(url).status_code == 403
    assert not AuditEvent.objects.filter(verb="fetched").exists()


def test_nobody_else_fetches_it(made, browse, mei):
    url = made()
    assert browse(mei).get(url).status_code == 404


def test_whoever_has_lost_the_post_fetches_nothing(made, posts, browse, clerk):
    url = made()
    posts[1].delete()
    assert browse(clerk).get(url).status_code == 403


def test_whoever_exports_elsewhere_now_fetches_nothing(
    made, posts, browse, clerk, xihu
):
    url = made()
    posts[1].org_unit = xihu
    posts[1].save()
    assert browse(clerk).get(url).status_code == 403


def test_a_roster_is_not_fetched_by_who_may_no_longer_import(
    made, posts, browse, clerk
):
    roster, plain = made("roster"), made("csv")
    right = Permission.objects.get(codename="import_resident")
    posts[1].role.permissions.remove(right)
    assert browse(clerk).get(roster).status_code == 403
    file = browse(clerk).get(plain)
    assert b"".join(file.streaming_content)


def test_a_kind_of_job_without_a_guard_hands_out_nothing(made, browse, clerk):
    url = made()
    Job.objects.update(kind="report")
    assert browse(clerk).get(url).status_code == 403


def test_a_list_made_after_the_post_was_lost_is_not_fetched(browse, clerk, posts):
    browse(clerk).post(EXPORT, {"format": "csv", "purpose": "identity"})
    posts[1].delete()
    job = Job.objects.get(kind="export")
    assert jobs.run(job.pk)
    assert browse(clerk).get(f"/jobs/{job.pk}/file/").status_code == 403
