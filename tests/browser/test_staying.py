"""What was typed survives the end of a sign-in, for the same person only."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from communities.models import OrgUnit
from tests.browser.conftest import PASSWORD
from tests.factories import make_assignment, make_household, make_org_unit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DRAFT = reverse("notices:notice-create")
STAY = "#yh-session[data-state=over] [data-yh-session=over] [data-yh-stay]"
SEND = """() => {
  const form = document.querySelector("main form[method=post]");
  form.noValidate = true;
  form.requestSubmit();
}"""
TYPED = "停水通知：十一月三十日"


@pytest.fixture
def office(transactional_db):
    street = make_org_unit("street", "330381002000", name="玉海街道")
    for name in ("mei", "other"):
        user = make_assignment(name, street).user
        user.set_password(PASSWORD)
        user.save()


def sign_in_again(page, name):
    """Use the second window that the dialog opens."""
    with page.context.expect_page() as opened:
        page.click("#yh-session a[target=_blank]")
    second = opened.value
    second.fill("[name=login]", name)
    second.fill("[name=password]", PASSWORD)
    second.press("[name=password]", "Enter")
    second.wait_for_url("**/accounts/session/back/")
    second.close()


def leave_for(page, minutes):
    """Let the time go by in the browser; what the server notes is set apart."""
    page.clock.fast_forward(minutes * 60_000)


@pytest.fixture
def typed(office, sign_in):
    """Mei has begun a notice and is called away."""
    page = sign_in("mei")
    page.clock.install()
    page.goto(page.url.replace("/desk/", DRAFT))
    page.fill("[name=title]", TYPED)
    return page


@pytest.fixture
def veiled(typed):
    Session.objects.all().delete()
    leave_for(typed, 31)
    typed.wait_for_selector("#yh-session[data-state=over]")
    return typed


def told_to_session(**moments):
    """Let the server have noted the sign-in as many seconds ago."""
    session = Session.objects.get()
    told = session.get_decoded()
    for name, seconds in moments.items():
        told[name] -= seconds
    session.session_data = Session.objects.encode(told)
    session.save()


@pytest.mark.looks
def test_an_open_page_asks_before_the_sign_in_ends(typed):
    told_to_session(noted_at=33 * 60)
    leave_for(typed, 26)
    typed.wait_for_selector("#yh-session[data-state=near]")
    typed.click("#yh-session [data-yh-session=near] [data-yh-stay]")
    typed.wait_for_selector("#yh-session", state="hidden")
    told = Session.objects.get().get_decoded()
    assert told["noted_at"] >= told["began_at"]
    assert typed.input_value("[name=title]") == TYPED


@pytest.mark.looks
def test_the_end_of_the_working_day_is_said_and_lets_one_go_on(typed):
    told_to_session(began_at=10 * 3600 - 200)
    leave_for(typed, 26)
    typed.wait_for_selector("#yh-session[data-state=last]")
    typed.click("#yh-session [data-yh-seen]")
    leave_for(typed, 1)
    assert not typed.locator("#yh-session").is_visible()
    typed.fill("[name=title]", "接着写")


@pytest.mark.looks
def test_nothing_is_sent_after_the_end_of_the_working_day(typed):
    told_to_session(began_at=10 * 3600 - 200)
    typed.reload()
    typed.fill("[name=title]", TYPED)
    Session.objects.all().delete()
    typed.clock.set_system_time(typed.evaluate("Date.now()") + 4 * 60_000)
    typed.evaluate(SEND)
    typed.wait_for_selector("#yh-session[data-state=over]")
    assert typed.input_value("[name=title]") == TYPED


@pytest.mark.looks
def test_the_veil_stays_whatever_key_is_pressed(veiled):
    for _time in range(4):
        veiled.keyboard.press("Escape")
    veiled.wait_for_selector("#yh-session[data-state=over]")
    assert not veiled.locator("main").is_visible()


@pytest.mark.looks
def test_the_veil_falls_without_a_network_too(typed):
    typed.context.set_offline(True)
    leave_for(typed, 31)
    typed.wait_for_selector("#yh-session[data-state=over]")
    assert not typed.locator("main").is_visible()


def test_what_was_typed_is_saved_after_signing_in_again(veiled):
    sign_in_again(veiled, "mei")
    veiled.bring_to_front()
    veiled.click(STAY)
    veiled.wait_for_selector("#yh-session", state="hidden")
    assert veiled.input_value("[name=title]") == TYPED
    # What is still missing is said on the form; an old token would be refused.
    with veiled.expect_navigation():
        veiled.evaluate(SEND)
    assert veiled.input_value("[name=title]") == TYPED
    assert veiled.locator(".is-invalid").count() > 0


@pytest.mark.looks
def test_another_person_does_not_see_what_was_typed(veiled):
    sign_in_again(veiled, "other")
    with veiled.expect_navigation():
        veiled.click(STAY)
    assert veiled.input_value("[name=title]") == ""


def test_a_form_is_not_sent_into_a_sign_in_that_has_ended(typed):
    """The device slept: no clock ran, nothing was asked."""
    Session.objects.all().delete()
    typed.clock.set_system_time(typed.evaluate("Date.now()") + 40 * 60_000)
    typed.evaluate(SEND)
    typed.wait_for_selector("#yh-session[data-state=over]")
    assert typed.input_value("[name=title]") == TYPED


def test_a_visit_that_was_typed_is_not_sent_into_an_ended_sign_in(office, sign_in):
    street = OrgUnit.objects.get()
    home = make_household(street)
    page = sign_in("mei")
    page.clock.install()
    page.goto(page.url.replace("/desk/", f"/visits/visits/new/?household={home.pk}"))
    page.fill("[name=note]", TYPED)
    Session.objects.all().delete()
    page.clock.set_system_time(page.evaluate("Date.now()") + 31 * 60_000)
    page.evaluate(SEND)
    page.wait_for_selector("#yh-session[data-state=over]")
    assert page.input_value("[name=note]") == TYPED
