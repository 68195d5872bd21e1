from datetime import timedelta

import pytest
from django.utils import timezone

from notices.models import Notice
from notices.workflows import NoticeWorkflow
from tests.factories import make_attachment, make_building, make_notice, make_published
from toolkit import formats


def url_of(notice, tail=""):
    return f"/notices/{notice.pk}/{tail}"


def test_the_gist_comes_before_the_text(read, shown):
    page = read(url_of(shown))
    assert page.index("明天上午停水") < page.index("一、停水时间")


def test_facts_hang_at_the_side(read, donghu):
    notice = make_published(
        donghu,
        document_number="玉街通〔2026〕46号",
        facts=[{"label": "地点", "value": "凤山巷"}],
        expires_at=timezone.now() + timedelta(days=3),
    )
    page = read(url_of(notice))
    for text in ("玉街通〔2026〕46号", "<dt>地点</dt><dd>凤山巷</dd>", "<dt>有效</dt>"):
        assert text in page


def test_the_day_of_publication_is_not_called_like_the_time_of_the_event(read, donghu):
    notice = make_published(donghu, facts=[{"label": "时间", "value": "明天上午"}])
    page = read(url_of(notice))
    assert page.count("<dt>时间</dt>") == 1
    assert page.count("<dt>发布日期</dt>") == 1
    assert "<dt>时间</dt><dd>明天上午</dd>" in read(url_of(notice, "poster/"))


def test_a_number_among_the_facts_can_be_dialled(read, donghu):
    notice = make_published(donghu, facts=[{"label": "报修", "value": "0577-65810009"}])
    assert 'href="tel:057765810009"' in read(url_of(notice))


def test_buildings_are_named_by_lane(read, donghu):
    notice = make_published(donghu)
    first = make_building(donghu)
    notice.buildings.set([first, make_building(donghu, lane=first.lane)])
    assert f"东湖社区：{first.lane.name}{first.number}、" in read(url_of(notice))


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
@pytest.mark.parametrize("tail", ["", "poster/"])
def test_what_is_not_published_is_not_there(status, tail, read, donghu):
    notice = make_notice(donghu, status=status, title="秘密的标题")
    assert "秘密的标题" not in read(url_of(notice, tail), status=404)


def test_before_and_after_its_time_it_is_not_there(read, donghu):
    now = timezone.now()
    early = make_published(donghu, publish_at=now + timedelta(hours=1))
    late = make_published(
        donghu, publish_at=now - timedelta(days=2), expires_at=now - timedelta(days=1)
    )
    read(url_of(early), status=404)
    read(url_of(late), status=404)


def test_withdrawn_means_gone_at_once(read, shown, lin):
    read(url_of(shown))
    NoticeWorkflow.apply(shown, "withdraw", by=lin, note="内容有误")
    read(url_of(shown), status=404)
    assert shown.title not in read("/notices/")


def test_neighbours_in_time(read, donghu):
    now = timezone.now()
    old, middle, new = (
        make_published(donghu, title=title, publish_at=now - timedelta(days=days))
        for title, days in (("旧的", 3), ("中间", 2), ("新的", 1))
    )
    page = read(url_of(middle))
    assert f'href="{url_of(old)}" rel="prev"' in page
    assert f'href="{url_of(new)}" rel="next"' in page
    assert page.index("上一条") < page.index("下一条")


def test_markup_in_every_field_stays_text(read, donghu):
    evil = "<img src=x onerror=alert(1)>"
    notice = make_published(
        donghu,
        **dict.fromkeys(("title", "gist", "body", "contact", "document_number"), evil),
        facts=[{"label": "<b>x", "value": evil}],
    )
    for tail in ("", "poster/"):
        page = read(url_of(notice, tail))
        assert "<img src=x" not in page
        assert "<b>x" not in page


@pytest.fixture
def easy(donghu):
    return make_published(
        donghu,
        title="关于停水的通知",
        easy_title="明天停水",
        easy_body="一、哪一天\n25日 | 凤山巷\n26日 | 菜巷",
    )


def test_large_type_shows_the_rewritten_text(read, client, easy):
    client.cookies["type"] = "large"
    page = read(url_of(easy))
    assert 'data-yh-type="large"' in page
    assert "明天停水" in page
    assert "<dt>25日</dt>" in page
    assert "关于停水的通知" not in page


def test_the_whole_text_is_one_link_away(read, client, easy):
    client.cookies["type"] = "large"
    assert "?full=1" in read(url_of(easy))
    assert "关于停水的通知" in read(url_of(easy, "?full=1"))


def test_without_a_rewritten_text_the_whole_one_is_enlarged(read, client, shown):
    client.cookies["type"] = "large"
    page = read(url_of(shown))
    assert 'data-yh-type="large"' in page
    assert shown.title in page


def test_a_list_of_persons_stays_out_of_search_engines(client, read, donghu):
    end = timezone.now() + timedelta(days=5)
    notice = make_published(donghu, lists_people=True, expires_at=end, easy_body="名单")
    file = make_attachment(notice)
    pages = ["", "?full=1", "poster/", f"files/{file.uid}/"]
    for page in pages:
        answer = client.get(f"{url_of(notice)}{page}")
        if answer.streaming:
            list(answer.streaming_content)
        assert answer["X-Robots-Tag"] == "noindex", page
    client.cookies["type"] = "large"
    assert client.get(url_of(notice))["X-Robots-Tag"] == "noindex"
    assert url_of(notice) not in read("/sitemap.xml")
    assert notice.title not in read("/feeds/notices.atom")


def test_the_poster_has_a_code_that_leads_to_the_page(read, shown):
    page = read(url_of(shown, "poster/"))
    assert "<svg" in page
    assert f"http://testserver{url_of(shown)}" in page


def test_the_poster_promises_files_only_where_there_are_some(read, shown):
    assert "看全文和附件" not in read(url_of(shown, "poster/"))
    make_attachment(shown)
    assert "看全文和附件" in read(url_of(shown, "poster/"))


def test_the_poster_is_signed_at_its_foot(read, shown):
    page = read(url_of(shown, "poster/"))
    foot = page[page.index("yh-poster__foot") :].partition("</article>")[0]
    assert f"{shown.org_unit.name}<br>{formats.cn_date(shown.publish_at)}" in foot
    assert "<dt>发布日期</dt>" not in page


@pytest.mark.parametrize("url", ["/notices/0/", "/notices/99999999999999999999/"])
def test_a_number_without_a_notice_is_not_found(url, read, shown):
    read(url, status=404)


def test_only_reading_is_allowed(client, shown):
    assert client.post(url_of(shown)).status_code == 405
    assert client.delete("/notices/").status_code == 405
    assert Notice.objects.count() == 1
