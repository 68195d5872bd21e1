"""An empty portal has nobody to give out accounts: `createsuperuser` makes one."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Assignment, User
from accounts.roles import load_roles


@pytest.fixture
def first(street, donghu, monkeypatch):
    load_roles()
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Jade-Sea-2026-harbour")
    call_command(
        "createsuperuser",
        username="first",
        name="第一人",
        interactive=False,
        verbosity=0,
    )
    return User.objects.get(username="first")


def test_the_first_administrator_signs_in_and_gives_out_accounts(client, first, donghu):
    page = client.post(
        reverse("account_login"),
        {"login": "first", "password": "Jade-Sea-2026-harbour"},
        follow=True,
    )
    assert page.status_code == 200
    form = client.get(reverse("accounts:user-create"))
    assert form.status_code == 200
    made = client.post(
        reverse("accounts:user-create"),
        {"username": "clerk1", "name": "王小明", "is_active": "on"},
    )
    assert made.status_code == 302
    clerk = User.objects.get(username="clerk1")
    role = Group.objects.get(profile__slug="worker")
    given = client.post(
        reverse("accounts:assignment-create"),
        {
            "user": clerk.pk,
            "role": role.pk,
            "org_unit": donghu.pk,
            "starts_on": "2026-01-01",
        },
    )
    assert given.status_code == 302, given.context["form"].errors
    assert Assignment.objects.get().org_unit == donghu
