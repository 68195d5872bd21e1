"""Kinds of jobs that belong to no app in particular."""

from toolkit.jobs import file_guard, job_kind
from toolkit.screens.declaration import screens
from toolkit.screens.exports import is_still_his, make_export


@job_kind("export")
def export(job) -> dict:
    """Write a long list to a file."""
    return make_export(job, screens)


@file_guard("export")
def may_fetch_export(job, user) -> bool:
    """A list leaves while the user may still export all that is in it."""
    return is_still_his(job, user, screens)
