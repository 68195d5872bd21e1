"""Who signs in, with which password, in which role."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from accounts import actions
from accounts.forms import AssignmentForm
from accounts.models import LoginAttempt, RoleProfile, User
from accounts.roles import declared_roles, load_roles
from tests.factories import make_assignment, make_role, make_tenure, make_user
from toolkit.audit import record
from toolkit.models import AuditEvent

PASSWORD = "Jade-Sea-2026-harbour"


@pytest.fixture
def worker(db):
    user = make_user("worker")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, username="worker", password=PASSWORD):
    return client.post("/accounts/login/", {"login": username, "password": password})


def test_a_login_leads_to_the_desk_and_is_written_down(client, worker):
    assert sign_in(client).url == "/desk/"
    assert AuditEvent.objects.get(verb="login").actor == worker


def test_five_wrong_passwords_lock_the_account(client, worker):
    for _try in range(5):
        sign_in(client, password="wrong")
    page = sign_in(client)
    assert "分钟后再试" in page.content.decode()
    assert AuditEvent.objects.filter(verb="login-failed").count() == 5


def test_the_lock_opens_after_fifteen_minutes(client, worker):
    for _try in range(5):
        sign_in(client, password="wrong")
    LoginAttempt.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert sign_in(client).status_code == 302


def test_an_unknown_name_is_answered_like_a_wrong_password(client, worker):
    wrong = sign_in(client, password="wrong").content.decode()
    unknown = sign_in(client, username="nobody").content.decode()
    assert "账号或密码不正确" in wrong or "不正确" in wrong
    assert ("不正确" in wrong) == ("不正确" in unknown)


def test_no_user_name_is_kept_with_a_failure(client, db):
    sign_in(client, username="zhang-san")
    assert "zhang" not in str(vars(LoginAttempt.objects.get()))


def test_a_given_password_must_be_changed_first(client, worker, mei):
    password = actions.give_temporary_password(user=worker, by=mei)
    sign_in(client, password=password)
    assert client.get("/accounts/users/").url == "/accounts/password/change/"


def test_a_given_password_stops_working_after_three_days(client, worker, mei):
    password = actions.give_temporary_password(user=worker, by=mei)
    User.objects.update(password_expires_at=timezone.now() - timedelta(minutes=1))
    assert sign_in(client, password=password).url == "/accounts/login/"
    assert client.get("/accounts/").status_code == 302


def test_changing_the_password_settles_it(client, worker, mei):
    password = actions.give_temporary_password(user=worker, by=mei)
    sign_in(client, password=password)
    own = f"{PASSWORD}-of-my-own"
    fields = {"oldpassword": password, "password1": own, "password2": own}
    client.post("/accounts/password/change/", fields)
    worker.refresh_from_db()
    assert not worker.must_change_password


def test_a_second_factor_can_be_demanded(browse, lin, settings):
    settings.YUHAI_SECOND_FACTOR_REQUIRED = True
    assert browse(lin).get("/volunteers/teams/").url == "/accounts/2fa/totp/activate/"


def test_nobody_signs_up(client, db):
    client.post("/accounts/signup/", {"username": "x", "password1": PASSWORD})
    assert not User.objects.filter(username="x").exists()


def assign(by, user, role, unit):
    data = {"user": user.pk, "role": role.pk, "org_unit": unit.pk}
    return AssignmentForm(data | {"starts_on": "2026-01-01"}, user=by)


def test_nobody_assigns_himself(lin, donghu):
    form = assign(lin, lin, make_role(), donghu)
    assert "不能给自己安排岗位" in str(form.errors)


def test_an_administrator_holds_no_other_role(mei, street, donghu):
    admin = make_role("street", "administration")
    held = make_tenure(street, role=admin)
    assert "不能与其他岗位" in str(assign(mei, held.user, make_role(), donghu).errors)


def test_an_administrator_to_be_gets_no_other_role_now(mei, street, donghu):
    admin = make_role("street", "administration")
    tomorrow = timezone.localdate() + timedelta(days=1)
    held = make_tenure(street, role=admin, starts_on=tomorrow)
    assert "不能与其他岗位" in str(assign(mei, held.user, make_role(), donghu).errors)


def test_two_who_assign_at_once_are_not_both_right(mei, street, donghu):
    user, admin = make_user(), make_role("street", "administration")
    forms = [
        assign(mei, user, admin, street),
        assign(mei, user, make_role(), donghu),
    ]
    assert all(form.is_valid() for form in forms)
    forms[0].save()
    with pytest.raises(ValidationError, match="不能与其他岗位"):
        forms[1].save()


def test_an_administration_beside_other_work_counts_for_nothing(street):
    held = make_assignment("both", street, ["view_resident"])
    admin = make_role("street", "administration")
    admin.permissions.set(Permission.objects.filter(codename="view_user"))
    make_tenure(street, role=admin, user=held.user)
    assert held.user.has_perm("communities.view_resident")
    assert not held.user.has_perm("accounts.view_user")


def test_two_administrations_are_never_one_person(mei, street):
    held = make_tenure(street, role=make_role("street", "administration"))
    other = make_role("street", "administration")
    assert "不能与其他岗位" in str(assign(mei, held.user, other, street).errors)


def test_a_role_is_held_where_it_belongs(mei, street):
    form = assign(mei, make_user(), make_role("community"), street)
    assert "这个岗位应安排在" in str(form.errors)


def test_roles_are_loaded_once(db):
    assert load_roles() == len(declared_roles())
    assert load_roles() == 0


def test_no_permission_is_held_by_two_administrations(db):
    call_command("load_reference", verbosity=0)
    admins = RoleProfile.objects.filter(kind="administration")
    sets = [set(p.role.permissions.all()) for p in admins]
    assert len(sets) == 3
    assert sum(map(len, sets)) == len(set().union(*sets))


def test_administrators_see_no_business_data(db):
    call_command("load_reference", verbosity=0)
    held = Permission.objects.filter(group__profile__kind="administration")
    apps = set(held.values_list("content_type__app_label", flat=True))
    assert apps <= {"accounts", "toolkit"}


def test_large_type_follows_the_setting_of_the_person(client, worker):
    client.force_login(worker)
    assert 'data-yh-type="large"' not in client.get("/accounts/").content.decode()
    shown = {"theme": "auto", "page_size": 20, "large_type": "on"}
    client.post("/accounts/", shown)
    assert 'data-yh-type="large"' in client.get("/accounts/").content.decode()


def test_the_auditor_sees_on_his_desk_what_was_done_today(client, street):
    auditor = make_assignment("auditor", street, ["view_auditevent"]).user
    record("refused", actor=auditor, purpose="visits.change_visitduty")
    client.force_login(auditor)
    page = client.get("/desk/").content.decode()
    assert "今天的审计" in page
    assert "审计链还没有开始" in page
    assert f"verb=refused&amp;since={timezone.localdate()}" in page
