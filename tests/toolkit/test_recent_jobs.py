"""Whoever left the page of his long work finds it again, and no one else does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_resident
from toolkit import jobs
from toolkit.models import Job

State = Job.State
ACCOUNT = "/accounts/"
EXPORT = "/communities/residents/export/"


@pytest.fixture
def job(lin):
    return jobs.enqueue("export", key="own", title="导出居民档案", by=lin)


def page_of(visitor, url: str) -> str:
    return visitor.get(url).content.decode()


@pytest.mark.parametrize("url", [ACCOUNT, EXPORT])
def test_a_job_is_found_again_with_its_progress(url, job, browse, lin):
    page = page_of(browse(lin), url)
    assert f'href="/jobs/{job.pk}/"' in page
    assert "等待" in page
    Job.objects.update(state=State.RUNNING, done_count=1500, total_count=3000)
    assert "50%" in page_of(browse(lin), url)


@pytest.mark.parametrize("url", [ACCOUNT, EXPORT])
def test_nobody_finds_that_of_another(url, job, browse, mei):
    assert f"/jobs/{job.pk}/" not in page_of(browse(mei), url)


@pytest.mark.parametrize("url", [ACCOUNT, EXPORT])
def test_the_file_is_offered_for_a_day(url, job, browse, lin):
    now, file = timezone.now(), f'href="/jobs/{job.pk}/file/"'
    done = Job.objects.filter(pk=job.pk)
    done.update(state=State.DONE, finished_at=now, result={"file": "a", "name": "a"})
    assert file in page_of(browse(lin), url)
    done.update(finished_at=now - timedelta(hours=25))
    assert f"/jobs/{job.pk}/" not in page_of(browse(lin), url)


def test_the_page_of_an_export_shows_exports_alone(browse, lin):
    other = jobs.enqueue("test-other", key="other", title="试算名册", by=lin)
    assert f"/jobs/{other.pk}/" in page_of(browse(lin), ACCOUNT)
    assert f"/jobs/{other.pk}/" not in page_of(browse(lin), EXPORT)


def test_the_page_of_a_job_says_where_it_is_found(job, browse, lin):
    assert "我的账号”里找到" in page_of(browse(lin), f"/jobs/{job.pk}/")


@pytest.mark.parametrize("url", [ACCOUNT, EXPORT])
def test_many_cost_as_much_as_one(
    url, job, browse, lin, donghu_grid, django_assert_max_num_queries
):
    make_resident(donghu_grid)
    for number in range(30):
        jobs.enqueue("export", key=str(number), title="导出", by=lin)
    visitor = browse(lin)
    visitor.get(url)
    with django_assert_max_num_queries(16):
        assert page_of(visitor, url).count('href="/jobs/') == jobs.MOST_SHOWN
