import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from toolkit.models import AuditEvent
from toolkit.policy import PolicyMiddleware, policy_of, public, requires


def bare(request):
    return HttpResponse("open")


@pytest.fixture
def visit(rf: RequestFactory, lin):
    def go(view, user=lin, path="/x/", **meta):
        request = rf.get(path, **meta)
        request.user = user
        request.resolver_match = type("Match", (), {"url_name": "x", "view_name": "x"})
        return PolicyMiddleware(None).process_view(request, view, (), {})

    return go


def test_a_view_without_a_policy_is_refused(visit):
    assert visit(bare).status_code == 403


def test_a_public_view_is_open(visit):
    view = public(lambda request: HttpResponse("open"))
    assert policy_of(view).kind == "public"
    assert visit(view) is None


def test_a_refusal_is_written_down(browse, guo):
    browse(guo).get("/volunteers/teams/")
    event = AuditEvent.objects.get(verb="refused")
    assert (event.actor, event.purpose) == (guo, "volunteers.view_team")


def test_a_permission_is_asked_for(visit, lin):
    view = requires("accounts.view_user")(lambda request: HttpResponse())
    assert visit(view) is None
    lin.assignments.update(ends_on="2020-01-01", starts_on="2019-01-01")
    del lin._scopes
    with pytest.raises(PermissionDenied):
        visit(view)


@pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("10.1.2.3", 403)])
def test_figures_of_the_machine_are_local(client, db, address, status):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == status
