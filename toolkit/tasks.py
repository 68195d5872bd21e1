"""Celery entry points. A task only fetches the clock and calls the code."""

from celery import shared_task
from django.utils import timezone

from toolkit import duties, jobs


@shared_task
def perform_duties():
    duties.perform_all(timezone.now())


@shared_task
def run_job(pk):
    jobs.run(pk)
