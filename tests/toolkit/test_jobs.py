from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.toolkit.elsewhere import held_elsewhere
from toolkit import jobs
from toolkit.duties import perform_all
from toolkit.models import Job

State = Job.State
ran = []


@jobs.job_kind("test-count")
def count(job):
    ran.append(job.pk)
    return {"ran": len(ran)}


@jobs.job_kind("test-refuse")
def refuse(job):
    raise ValidationError("文件里没有名单。")


@jobs.job_kind("test-fail")
def fail(job):
    raise RuntimeError("boom")


@pytest.fixture(autouse=True)
def forget_runs():
    ran.clear()


def order(kind="test-count", key="k"):
    return jobs.enqueue(kind, key=key, title="试")


def test_the_same_key_orders_once(db):
    assert order().pk == order().pk
    assert Job.objects.count() == 1


def test_a_job_runs_once(db):
    job = order()
    assert jobs.run(job.pk)
    assert not jobs.run(job.pk)
    assert ran == [job.pk]
    assert Job.objects.get().result == {"ran": 1}


def test_a_lost_message_is_made_up_for(db):
    order()
    perform_all(timezone.now())
    assert Job.objects.get().state == State.DONE


def test_a_job_whose_worker_died_starts_again(db):
    job = order()
    Job.objects.update(
        state=State.RUNNING, lease_until=timezone.now() + timedelta(hours=1)
    )
    assert jobs.run_waiting() == 1
    assert ran == [job.pk]


def test_a_job_that_keeps_killing_its_worker_is_given_up(db):
    order()
    Job.objects.update(attempts=jobs.MAX_ATTEMPTS)
    jobs.run_waiting()
    assert Job.objects.get().state == State.FAILED
    assert ran == []


def test_a_refusal_is_told_in_its_own_words(db):
    jobs.run(order("test-refuse").pk)
    assert Job.objects.get().message == "文件里没有名单。"


def test_a_failure_tells_no_inner_details(db):
    jobs.run(order("test-fail").pk)
    job = Job.objects.get()
    assert job.state == State.FAILED
    assert "boom" not in job.message


def test_the_page_of_a_job_is_its_owners_alone(browse, lin, chen, db):
    job = jobs.enqueue("test-count", key="own", title="导出", by=lin)
    assert browse(lin).get(f"/jobs/{job.pk}/").status_code == 200
    assert browse(chen).get(f"/jobs/{job.pk}/").status_code == 404


def test_what_has_ended_does_not_end_again_otherwise(db):
    job = order()
    jobs.run(job.pk)
    jobs.finish(job, State.FAILED, message="太晚了")
    job.refresh_from_db()
    assert (job.state, job.message) == (State.DONE, "")


def test_a_job_that_another_worker_holds_is_left_to_him(db):
    job = order()
    with held_elsewhere(f"job:{job.pk}"):
        assert not jobs.run(job.pk)
    assert jobs.run(job.pk)
    assert ran == [job.pk]
