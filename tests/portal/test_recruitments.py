"""What the public sees of a recruitment: who is proposed, by a masked name, in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_applicant, make_recruitment
from toolkit.reference_clocks import load_clock_limits

URL = "/recruitments/"
TODAY = timezone.localdate()


@pytest.fixture
def notice(donghu):
    load_clock_limits()
    return make_recruitment(
        donghu, title="统一招聘", quota=2, status="publicity", shown_since=TODAY
    )


@pytest.fixture
def proposed(notice, donghu):
    return make_applicant(
        donghu,
        recruitment=notice,
        name="欧阳晓燕",
        status="proposed",
        written=70,
        interview=80,
    )


def test_who_is_proposed_is_shown_by_a_masked_name(client, proposed):
    answer = client.get(URL)
    page = answer.content.decode()
    assert "欧阳*燕" in page
    assert "75.00" in page
    assert "0577-65812345" in page
    for secret in (proposed.name, proposed.phone, proposed.id_number, "1995"):
        assert secret not in page
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "status", ["waiting", "failed", "withdrawn", "vetting", "medical"]
)
def test_nobody_else_is_named(client, notice, donghu, status):
    make_applicant(
        donghu,
        recruitment=notice,
        name="林晓燕",
        number=77,
        status=status,
        written=70,
        interview=80,
    )
    page = client.get(URL).content.decode()
    assert "林*燕" not in page
    assert ">77<" not in page


@pytest.mark.parametrize(
    "about",
    [
        {"status": "vetting"},
        {"status": "cancelled"},
        {"status": "medical"},
        {"status": "appointed", "status_since": timezone.now() - timedelta(days=31)},
        {"shown_since": None},
    ],
)
def test_nothing_is_shown_before_its_gate_or_long_after(
    client, notice, proposed, about
):
    type(notice).objects.update(**about)
    page = client.get(URL).content.decode()
    assert "统一招聘" not in page
    assert "现在没有正在公示的招聘结果" in page


def test_who_was_appointed_is_shown_for_a_month(client, notice, proposed):
    since = timezone.now() - timedelta(days=29)
    type(notice).objects.update(status="appointed", status_since=since)
    type(proposed).objects.update(status="appointed")
    assert "欧阳*燕" in client.get(URL).content.decode()


def test_the_map_of_the_site_leads_there(client, street):
    assert URL in client.get("/site-map/").content.decode()
