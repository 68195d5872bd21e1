"""A stranger's refused requests cost a line each; a failure keeps its traceback."""

import io
import logging
from logging.config import DictConfigurator

import pytest
from django.test import Client
from django.urls import reverse

from yuhai_portal.settings.logs import LOGGING


@pytest.fixture
def log():
    """What the running portal would write, as it is set up to."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    line = LOGGING["formatters"]["line"]
    handler.setFormatter(DictConfigurator(LOGGING).configure_formatter(dict(line)))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def lines_of(log) -> list[str]:
    return log.getvalue().splitlines()


def told(log) -> str:
    """Return the only line without its time."""
    (line,) = lines_of(log)
    _day, _time, _level, _name, rest = line.split(" ", 4)
    return rest


@pytest.mark.django_db
def test_what_cannot_be_read_is_one_line_without_its_words(log, client):
    assert client.get("/notices/?year=zhangsan").status_code == 400
    assert told(log) == "400 GET /notices/"


def test_what_one_may_not_is_one_line(log, browse, guo):
    assert browse(guo).get("/accounts/trails/?q=zhangsan").status_code == 403
    assert told(log) == "403 GET /accounts/trails/"


def test_what_is_not_there_is_one_line(log, browse, mei):
    assert browse(mei).get("/accounts/users/999999/?q=zhangsan").status_code == 404
    assert told(log) == "404 GET /accounts/users/999999/"


@pytest.mark.django_db
def test_a_strange_host_and_a_missing_token_are_one_line_each(log):
    assert Client().get("/?q=1", headers={"host": "evil example"}).status_code == 400
    assert Client(enforce_csrf_checks=True).post("/accounts/login/").status_code == 403
    told = [line.rsplit(" ", 3)[1:] for line in lines_of(log)]
    assert told == [["400", "GET", "/"], ["403", "POST", "/accounts/login/"]]


@pytest.mark.django_db
def test_a_path_makes_no_line_of_its_own_and_ends(log, client):
    client.get("/x%0A2026-01-01 ERROR root broken" + "/x" * 2000)
    assert told(log).startswith("404 GET /x\\n2026-01-01 ERROR root broken/x/x")
    assert len(log.getvalue()) < 300


def test_a_failure_keeps_its_traceback(log, db, monkeypatch):

    def fail(*args, **kwargs):
        raise OSError("the disk is away")

    monkeypatch.setattr("portal.views.texts.reverse", fail)
    client = Client(raise_request_exception=False)
    assert client.get(reverse("portal:privacy")).status_code == 500
    assert "Traceback" in log.getvalue()
    assert "OSError: the disk is away" in log.getvalue()
