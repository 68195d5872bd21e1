"""The board names who needs help first, with the call; one point is no chart."""

from django.utils import timezone

from safety.models import Emergency
from tests.safety.test_before_and_after import read, section


def test_who_needs_help_stands_under_the_figures_with_the_call(
    storm, of_wang, say, browse, lin
):
    say(of_wang, "help", note="轮椅坏了")
    page = read(browse(lin).get(storm.get_absolute_url()))
    heads = [page.index(f">{words}</h2>") for words in ("人数", "需要帮助", "按小时")]
    assert heads == sorted(heads)
    named = section(page, "需要帮助")
    assert "轮椅坏了" in named
    assert f'action="/safety/rollcalls/{of_wang.pk}/phone/"' in named
    assert "13800138000" not in page


def test_who_has_no_number_is_not_called(storm, of_li, say, browse, lin):
    say(of_li, "help")
    page = read(browse(lin).get(storm.get_absolute_url()))
    assert "李大爷" in section(page, "需要帮助")
    assert "/phone/" not in section(page, "需要帮助")


def test_after_the_end_nobody_is_called(storm, of_wang, say, close, browse, lin):
    say(of_wang, "help")
    close()
    page = read(browse(lin).get(storm.get_absolute_url()))
    assert "/phone/" not in section(page, "需要帮助")


def test_one_point_is_no_chart(storm, of_wang, browse, lin):
    visitor = browse(lin)
    assert "data-yh-chart" in read(visitor.get(storm.get_absolute_url()))
    Emergency.objects.filter(pk=storm.pk).update(opened_at=timezone.now())
    page = read(visitor.get(storm.get_absolute_url()))
    assert "整点及当前的人数" in page
    assert "data-yh-chart" not in page
    assert "echarts" not in page
