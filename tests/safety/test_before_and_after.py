"""What is said before an emergency is opened, just after, and before it is closed."""

import html

from tests.factories import make_emergency, make_roll_call, make_shelter
from tests.safety.test_opening import panel_of


def read(answer):
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\u2060", "")


def section(page, title):
    start = page.index(f">{title}</h2>")
    return page[start : page.index("</section>", start)]


def test_before_closing_it_says_who_is_not_out_of_danger(
    storm, of_wang, of_li, say, donghu_grid, browse, mei
):
    for state in ("help", "moved", "moved", "refused"):
        make_roll_call(donghu_grid, emergency=storm, state=state)
    say(of_li, "moved")
    page = read(browse(mei).get(storm.get_absolute_url()))
    asked = panel_of(page, "close")
    query = f"/safety/rollcalls/?emergency={storm.pk}&state="
    for state, words in (
        ("waiting", "1 人未联系"),
        ("help", "1 人需要帮助"),
        ("refused", "1 人拒绝转移"),
        ("moved", "3 人未返回"),
    ):
        assert f'<a href="{query}{state}">{words}</a>' in asked
    assert asked.index("还有 ") < asked.index("结束后 30 天销毁名单")


def test_when_all_are_back_it_says_so(storm, of_wang, of_li, say, browse, mei):
    say(of_wang, "called")
    say(of_li, "moved")
    say(of_li, "returned")
    asked = panel_of(read(browse(mei).get(storm.get_absolute_url())), "close")
    assert "名单上没有人未联系、需要帮助或未返回。" in asked
    assert "还有 " not in asked


def test_while_it_is_prepared_the_list_can_be_checked(
    street, donghu, wang, li, browse, mei
):
    make_shelter(donghu, name="小礼堂", capacity=30)
    draft = make_emergency(street, units=[donghu], criteria=["aged", "aged-alone"])
    page = read(browse(mei).get(draft.get_absolute_url()))
    counts = section(page, "预计名单")
    assert "约 2 人" in counts
    assert f'?unit={wang.org_unit.code}">{wang.org_unit.full_name}</a>' in counts
    assert '80岁以上独居</th><td class="yh-num">1</td>' in counts
    assert '80岁以上</th><td class="yh-num">2</td>' in counts
    assert "王阿婆" in section(page, "预计名单上的人")
    assert "王阿婆" not in read(browse(mei).get(f"{draft.get_absolute_url()}?print=1"))
    assert "0 / 30 人" in section(page, "避灾安置点")
    assert not draft.lines.exists()


def test_the_expected_list_of_one_unit(street, donghu, xihu, wang, browse, mei):
    draft = make_emergency(street, criteria=["aged"])
    visitor = browse(mei)
    page = read(visitor.get(f"{draft.get_absolute_url()}?unit={xihu.code}"))
    assert "名单上没有人。请修改后再启动。" in page
    assert "王阿婆" not in page
    page = read(visitor.get(f"{draft.get_absolute_url()}?unit={donghu.code}"))
    assert "王阿婆" in page


def test_once_it_is_open_the_page_says_what_comes_next(
    street, donghu, wang, browse, mei
):
    draft = make_emergency(street, units=[donghu])
    visitor = browse(mei)
    answer = visitor.post(f"{draft.get_absolute_url()}do/open/", follow=True)
    page = read(answer)
    query = f"?emergency={draft.pk}"
    assert f'<a href="/safety/roll/posts/{query}">安排包干和值守</a>' in page
    assert f'<a href="/safety/roll/{query}">逐户点名</a>' in page
