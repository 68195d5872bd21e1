import re
from datetime import time, timedelta

import pytest
from django.utils import timezone

from communities.models import UnitProfile
from notices.models import Category
from portal import offers
from portal.needs import NEEDS
from portal.offers import Offers
from tests.factories import make_police_room, make_published, make_school_session
from toolkit.publications import Coming

LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
STANDING = [
    "/",
    "/notices/",
    "/units/",
    "/my-community/",
    "/site-map/",
    "/search/?q=水",
]


def test_an_empty_portal_shows_no_empty_sections(read, street):
    page = read("/")
    assert "您要办什么事？" in page
    assert 'id="notices"' not in page


def test_new_notices_are_shown(read, shown):
    assert shown.title in read("/")


def test_ones_own_community_comes_first(read, client, reachable, donghu, xihu):
    make_published(donghu, title="东湖的事")
    make_published(xihu, title="西湖的事")
    client.cookies["community"] = "330381002901"
    page = read("/")
    assert "东湖的事" in page
    assert "西湖的事" not in page
    for text in ("东湖巷1号", "0577-65810002", "王小明"):
        assert text in page


@pytest.mark.parametrize("code", ["", "x", "330381002000", "1" * 200, "<script>"])
def test_a_community_that_is_none_is_ignored(code, read, client, reachable):
    client.cookies["community"] = code
    assert "您住在哪个社区？" in read("/")


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.slug)
def test_every_need_leads_to_somebody_who_answers(need, read, reachable, client):
    client.cookies["community"] = "330381002901"
    page = read(f"/needs/{need.slug}/")
    assert "0577-65810002" in page
    assert need.hotlines[0].phone.display in page


def test_a_need_shows_what_is_published_about_it(read, donghu):
    make_published(donghu, title="助餐点开张")
    assert "助餐点开张" in read("/needs/elders/")
    assert "助餐点开张" not in read("/needs/work/")


def test_what_a_notice_names_in_passing_is_not_related(read, donghu):
    make_published(donghu, title="冬季养老需求登记", gist="带上身份证件和收入证明。")
    make_published(donghu, title="收入证明怎么开", gist="到社区办。")
    page = read("/needs/certificates/")
    assert "收入证明怎么开" in page
    assert "冬季养老需求登记" not in page


def test_an_unknown_need_is_not_found(read, street):
    read("/needs/nothing/", status=404)


@pytest.mark.parametrize("url", STANDING)
def test_no_link_is_dead(url, read, client, reachable, shown):
    for link in set(LINK.findall(read(url))):
        if not link.startswith(("/static/", "/accounts/")):
            status = client.get(link.replace("&amp;", "&")).status_code
            assert status in (200, 302, 405), link


def test_the_map_names_everything(read, reachable):
    page = read("/site-map/")
    for need in NEEDS:
        assert f"/needs/{need.slug}/" in page
    for category in Category.values:
        assert f"category={category}" in page
    assert "/units/330381002901/" in page


@pytest.mark.parametrize("url", ["/", "/site-map/", "/units/330381002901/"])
def test_what_a_program_reads_is_called_so(url, read, shown):
    links = re.findall(r'<a href="/feeds/notices.atom[^"]*">([^<]*)</a>', read(url))
    assert links
    assert set(links) == {"订阅更新"}


def test_search_finds_needs_communities_and_notices(read, reachable, shown):
    assert "/needs/hardship/" in read("/search/?q=低保")
    for words in ("东湖", "居委会", "东湖居委会"):
        assert "/units/330381002901/" in read(f"/search/?q={words}")
    assert shown.title in read("/search/?q=停水")
    assert "没有找到" in read("/search/?q=火星")
    assert "请输入要找的内容" in read("/search/")


@pytest.mark.parametrize("q", ["x" * 51, "a%00b"])
def test_search_refuses_nonsense(q, read, street):
    read(f"/search/?q={q}", status=400)


@pytest.mark.parametrize(
    "q", ["<script>alert(1)</script>", "'; DROP TABLE", "%", "_", "\\"]
)
def test_search_takes_signs_for_signs(q, client, shown):
    page = client.get("/search/", {"q": q})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert shown.title not in page.content.decode()


def test_search_results_stay_out_of_search_engines(client, street):
    assert client.get("/search/?q=x")["X-Robots-Tag"] == "noindex"


def test_the_policeman_and_the_next_sessions_of_ones_own_community(
    read, client, reachable, donghu, xihu
):
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_police_room(donghu, officer="叶建国", phone="0577-65810110")
    make_school_session(donghu, title="冬季用电安全", held_on=tomorrow)
    make_school_session(xihu, title="瑞安鼓词欣赏", held_on=tomorrow)
    make_school_session(donghu, title="已经办过", held_on=tomorrow - timedelta(days=9))
    assert "叶建国" not in read("/")
    client.cookies["community"] = donghu.code
    for page in (read("/"), read(f"/units/{donghu.code}/")):
        assert "叶建国" in page
        assert 'href="tel:057765810110"' in page
        assert "冬季用电安全" in page
        assert "瑞安鼓词欣赏" not in page
        assert "已经办过" not in page


def test_where_nothing_is_on_the_first_page_shows_what_is_on_elsewhere(
    read, client, donghu, xihu
):
    make_school_session(xihu, title="瑞安鼓词欣赏", held_on=timezone.localdate())
    client.cookies["community"] = donghu.code
    assert "瑞安鼓词欣赏" in read("/")
    assert "瑞安鼓词欣赏" not in read(f"/units/{donghu.code}/")


def test_what_is_on_says_when_and_whom_to_call(read, donghu):
    UnitProfile.objects.create(org_unit=donghu, phone="0577-65810002")
    hours = {"begins_at": time(14, 30), "ends_at": time(16, 0)}
    day = timezone.localdate()
    make_school_session(donghu, title="瑞安鼓词欣赏", held_on=day, **hours)
    page = read("/").replace("\u2060", "")
    assert "下午2:30—4:00" in page
    assert 'href="tel:057765810002"' in page
    make_school_session(donghu, title="手机拍照", held_on=day)
    assert "时间请打电话问" in read("/")


def test_what_is_on_in_a_grid_leads_to_its_community(read, client, donghu, donghu_grid):
    make_school_session(donghu_grid, title="楼道急救", held_on=timezone.localdate())
    client.cookies["community"] = donghu.code
    for page in (read("/"), read(f"/units/{donghu.code}/")):
        assert re.search(rf'href="/units/{donghu.code}/"><[^\n]*楼道急救', page)


def test_what_is_on_nowhere_that_is_known_has_no_link(read, street, monkeypatch):
    coming = Coming("330381009999/", timezone.localdate(), "瑞安鼓词欣赏", "礼堂")
    monkeypatch.setattr(offers, "read", lambda today: Offers(agenda=(coming,)))
    assert "瑞安鼓词欣赏" in read("/")
