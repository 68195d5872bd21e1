from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_notice, make_published


def many(unit, count):
    now = timezone.now()
    return [
        make_published(unit, title=f"第{n}号", publish_at=now - timedelta(hours=n + 1))
        for n in range(count)
    ]


def test_shows_what_is_published_and_nothing_else(read, donghu):
    make_published(donghu, title="已经发布")
    make_notice(donghu, title="还是草稿")
    make_published(
        donghu, title="明天才发", publish_at=timezone.now() + timedelta(days=1)
    )
    page = read("/notices/")
    assert "已经发布" in page
    assert "还是草稿" not in page
    assert "明天才发" not in page


def test_pages_lead_forward_and_back(read, donghu):
    notices = many(donghu, 45)
    second = read(f"/notices/?after={notices[19].pk}")
    assert "第20号<" in second
    assert "第19号<" not in second
    assert f"before={notices[20].pk}" in second
    first = read(f"/notices/?before={notices[20].pk}")
    assert "第0号<" in first
    assert "第20号<" not in first
    assert 'rel="prev"' not in first
    last = read(f"/notices/?after={notices[39].pk}")
    assert 'rel="next"' not in last


def test_pinned_ones_stay_on_top_across_pages(read, donghu):
    notices = many(donghu, 25)
    old = timezone.now() - timedelta(days=300)
    make_published(donghu, title="置顶的", is_pinned=True, publish_at=old)
    assert read("/notices/").index("置顶的") < read("/notices/").index("第0号")
    assert "置顶的" not in read(f"/notices/?after={notices[18].pk}")


def test_pages_keep_the_filter(read, donghu):
    many(donghu, 25)
    page = read("/notices/?category=notice&q=号")
    assert "category=notice" in page[page.index('rel="next"') - 200 :]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=outage", ["停电"]),
        ("category=works", []),
        ("q=停电", ["停电"]),
        ("q=电 停", ["停电"]),
        ("q=电 施工", []),
        ("unit=330381002902", ["西湖", "街道"]),
        ("unit=330381002000", ["停电", "西湖", "街道"]),
        ("year=2020", []),
        ("emergency=1", ["停电"]),
        ("emergency=1&unit=330381002902", []),
    ],
)
def test_filters(query, found, read, street, donghu, xihu):
    end = timezone.now() + timedelta(hours=2)
    urgent = {"is_emergency": True, "expires_at": end}
    make_published(donghu, title="停电", category="outage", **urgent)
    make_published(xihu, title="西湖")
    make_published(street, title="街道")
    page = read(f"/notices/?{query}")
    lines = page[page.index("yh-go") :]
    for title in ("停电", "西湖", "街道"):
        assert (f"<b>{title}" in lines) == (title in found)


def test_only_emergencies_stay_so_while_one_filters_on(read, shown):
    page = read("/notices/?emergency=1&q=停水")
    assert '<input type="hidden" name="emergency" value="1">' in page
    assert '<a class="yh-off" href="/notices/?q=%E5%81%9C%E6%B0%B4">' in page
    assert 'name="emergency"' not in read("/notices/")


def test_a_filter_that_is_set_can_be_removed(read, shown):
    page = read("/notices/?category=notice&q=停水")
    assert '<a class="yh-off" href="/notices/?category=notice">' in page


@pytest.mark.parametrize(
    "query",
    [
        "category=x",
        "emergency=x",
        "unit=1",
        "year=abc",
        "year=1899",
        "year=99999",
        "after=x",
        "after=-1",
        "after=99999999999999999999",
        "after=123456",
        "before=0",
        "q=" + "长" * 51,
        "q=a%00b",
        "unit=%00",
        "category=%EF%BF%BD",
    ],
)
def test_nonsense_is_a_bad_request_with_a_sentence(query, read, shown):
    page = read(f"/notices/?{query}", status=400)
    assert "这一步没有办成" in page


def test_other_parameters_change_nothing(read, shown):
    assert shown.title in read("/notices/?utm_source=x&page=9")


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><b>x</b>', "{{ 1 }}"]
)
def test_what_was_typed_comes_back_as_text(payload, client, shown):
    page = client.get("/notices/", {"q": payload}).content.decode()
    assert "<script>alert" not in page
    assert '"><b>x' not in page


def test_titles_are_text(read, donghu):
    make_published(donghu, title="<img src=x onerror=alert(1)>", gist="<b>粗</b>")
    page = read("/notices/")
    assert "<img src=x" not in page
    assert "<b>粗</b>" not in page


def test_an_empty_list_says_what_to_do(read, street):
    assert "现在没有通知" in read("/notices/")
    assert "没有找到这样的通知" in read("/notices/?q=没有的事")


def test_another_year_is_written_out(read, donghu):
    make_published(donghu, publish_at=timezone.now() - timedelta(days=800))
    assert f"{timezone.localdate().year - 2}年" in read("/notices/")


def test_the_filter_shows_what_is_set_and_nothing_else(read, shown):
    year = timezone.localdate().year
    assert " selected" not in read("/notices/")
    assert f'<option value="{year}" selected>' in read(f"/notices/?year={year}")
    assert '<option value="notice" selected>' in read("/notices/?category=notice")
    assert 'value="330381002901" selected' in read("/notices/?unit=330381002901")
