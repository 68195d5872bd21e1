"""Where residents may go while an emergency is open, and nothing of it afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from communities.models import UnitProfile
from safety.models import Emergency, Shelter
from safety.workflows import EmergencyWorkflow
from tests.factories import (
    make_emergency,
    make_published,
    make_roll_call,
    make_shelter,
)

URL = "/shelters/"
BANNER = "避灾安置点已经开放，看地址和电话"
NONE = "现在没有开放的避灾安置点"
HIDDEN = ("二中操场", "学前路1号", "林老师", "0577-65800001")


@pytest.fixture
def school(donghu):
    return make_shelter(
        donghu,
        name="二中操场",
        address="学前路1号",
        contact="林老师",
        phone="0577-65800001",
        capacity=10,
        about="有备用电源。",
        is_public=True,
    )


@pytest.fixture
def storm(street, donghu, school):
    return make_emergency(
        street, units=[donghu], title="台风“海燕”", status="open", level=2
    )


def fill(storm, school, people, unit, **fields):
    for _one in range(people):
        make_roll_call(unit, emergency=storm, state="moved", shelter=school, **fields)


def test_an_open_shelter_says_where_it_is_and_whom_to_ring(storm, read):
    page = read(URL)
    for words in ("台风“海燕”", "Ⅱ级应急响应", "还有空位", "有备用电源。", *HIDDEN):
        assert words in page
    assert 'href="tel:057765800001"' in page
    for number in ("110", "119", "120"):
        assert f'href="tel:{number}"' in page


@pytest.mark.parametrize("url", ["/", "/notices/", "/units/", "/privacy/"])
def test_every_page_leads_there_as_long_as_it_lasts(url, storm, read, mei):
    page = read(url)
    assert BANNER in page
    assert f'href="{URL}"' in page
    EmergencyWorkflow.apply(storm, "close", by=mei)
    assert BANNER not in read(url)


def test_after_closing_it_is_gone(storm, read, mei):
    EmergencyWorkflow.apply(storm, "close", by=mei)
    page = read(URL)
    assert NONE in page
    for words in HIDDEN:
        assert words not in page


@pytest.mark.parametrize(
    "fields", [{"is_drill": True}, {"status": "draft"}, {"status": "destroyed"}]
)
def test_what_is_not_in_earnest_opens_nothing(fields, storm, read):
    Emergency.objects.update(**fields)
    assert NONE in read(URL)
    assert BANNER not in read("/")


@pytest.mark.parametrize("fields", [{"is_public": False}, {"closed_on": "2026-01-05"}])
def test_a_shelter_is_shown_on_purpose_alone(fields, storm, read):
    Shelter.objects.update(**fields)
    page = read(URL)
    assert NONE in page
    for words in HIDDEN:
        assert words not in page
    assert BANNER not in read("/")


def test_a_new_shelter_is_not_public(donghu):
    assert not make_shelter(donghu).is_public


def test_a_shelter_elsewhere_is_not_open(storm, read, xihu):
    make_shelter(xihu, name="西湖礼堂", is_public=True)
    assert "西湖礼堂" not in read(URL)


@pytest.mark.parametrize(
    ("people", "said"), [(8, "还有空位"), (9, "空位不多"), (10, "已满"), (12, "已满")]
)
def test_it_says_whether_there_is_room(people, said, storm, school, read, donghu_grid):
    fill(storm, school, people, donghu_grid)
    assert f">{said}</span>" in read(URL)


def test_an_exercise_fills_no_shelter(storm, school, read, street, donghu_grid):
    drill = make_emergency(street, status="open", is_drill=True)
    fill(drill, school, 10, donghu_grid)
    assert ">还有空位</span>" in read(URL)


def test_nobody_on_the_roll_is_named(storm, school, read, donghu_grid):
    fill(storm, school, 1, donghu_grid, name="王阿婆", place="菜巷口")
    page = read(URL)
    assert "王阿婆" not in page
    assert "菜巷" not in page


def test_the_own_community_comes_first(storm, read, client, street, donghu, xihu):
    make_shelter(xihu, name="西湖礼堂", is_public=True)
    UnitProfile.objects.create(org_unit=xihu, duty_phone="0577-65810009")
    storm.units.set([])
    page = read(URL)
    assert page.index("二中操场") < page.index("西湖礼堂")
    client.cookies["community"] = xihu.code
    page = read(URL)
    assert page.index("西湖礼堂") < page.index("二中操场")
    assert "0577-65810009" in page


def test_the_page_is_known_again_until_something_changes(
    storm, school, client, donghu, donghu_grid, mei
):
    make_published(donghu)
    first = client.get(URL)
    assert first["Cache-Control"].startswith("public, max-age=")
    known = {"If-None-Match": first["ETag"]}
    assert client.get(URL, headers=known).status_code == 304
    fill(storm, school, 10, donghu_grid)
    full = client.get(URL, headers=known)
    assert full.status_code == 200
    EmergencyWorkflow.apply(storm, "close", by=mei)
    known = {"If-None-Match": full["ETag"]}
    assert client.get(URL, headers=known).status_code == 200


def test_the_date_of_the_notices_says_nothing_of_shelters(
    storm, client, donghu, monkeypatch
):
    make_published(donghu)
    later = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    since = {"If-Modified-Since": http_date(later.timestamp())}
    assert client.get("/notices/", headers=since).status_code == 304
    assert client.get(URL, headers=since).status_code == 200


def test_no_search_engine_keeps_who_is_in_charge(storm, client):
    assert client.get(URL)["X-Robots-Tag"] == "noindex"
    assert URL not in client.get("/sitemap.xml").content.decode()


def test_who_reads_is_not_asked(storm, client):
    answer = client.get(URL)
    assert not answer.wsgi_request.session.accessed
    assert not answer.cookies


def test_markup_in_a_title_is_text(storm, read):
    Emergency.objects.update(title="<b>台风")
    for url in ("/", URL):
        assert "<b>台风" not in read(url).replace("<b>&lt;b", "")


def test_its_page_does_not_lead_to_itself(storm, read):
    assert BANNER not in read(URL)


def test_a_clerk_makes_a_shelter_public_knowingly(school, browse, lin, donghu):
    visitor, url = browse(lin), reverse("safety:shelter-update", args=[school.pk])
    page = visitor.get(url).content.decode()
    assert "应急时向居民公开" in page
    assert "公开前请征得联系人同意" in page
    fields = ("name", "address", "capacity", "contact", "phone", "about")
    told = {name: getattr(school, name) for name in fields} | {"org_unit": donghu.pk}
    assert visitor.post(url, told).status_code == 302
    school.refresh_from_db()
    assert not school.is_public
    answer = visitor.post(url, told | {"is_public": "on", "about": "找13800138000"})
    assert "这一栏对居民公开" in answer.content.decode()
