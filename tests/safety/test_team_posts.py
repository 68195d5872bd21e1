"""What a captain sees: where his team is sent, when, and who is in charge there."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import load_roles
from communities.models import UnitProfile
from safety.actions import assign_building, destroy_collected, post_at_shelter
from safety.models import BuildingPost, ShelterPost
from safety.workflows import EmergencyWorkflow
from tests.contracts.test_permission_matrix import in_role  # noqa: F401
from tests.factories import make_assignment, make_shelter, make_team, make_user

MINE = "/safety/team-posts/"
POSTS = "/safety/roll/posts/"
SEND = f"{POSTS}shelters/"
VIEWS = ["view_shelterpost", "view_team", "view_orgunit"]


@pytest.fixture
def captain(donghu):
    user = make_user("captain", name="戴永春")
    return make_assignment("captain", donghu, VIEWS, user=user).user


@pytest.fixture
def team(donghu):
    return make_team(donghu, name="磐石志愿队", leader="戴永春")


@pytest.fixture
def school(donghu):
    return make_shelter(donghu, name="二中操场", address="学前路1号", contact="林老师")


@pytest.fixture
def evening():
    return timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0)


@pytest.fixture
def posted(storm, school, team, evening, lin):
    return post_at_shelter(
        emergency=storm,
        shelter=school,
        team=team,
        begins_at=evening,
        ends_at=evening + timedelta(hours=4),
        by=lin,
    )


def page_of(browse, user, url=MINE):
    answer = browse(user).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_captain_reads_where_when_and_whom_to_ask(posted, browse, captain):
    page = page_of(browse, captain)
    for words in ("台风“海燕”", "二中操场", "学前路1号", "18:00—22:00", "林老师"):
        assert words in page
    assert 'href="tel:' in page


def test_a_building_names_its_worker_and_no_resident(
    storm, wang, team, lin, browse, captain, donghu
):
    UnitProfile.objects.create(org_unit=donghu, duty_phone="0577-65810002")
    house = wang.household.building
    assign_building(emergency=storm, building=house, by=lin, worker=lin, team=team)
    page = page_of(browse, captain)
    for words in ("菜巷12号", lin.name, "0577-65810002"):
        assert words in page
    for hidden in ("王阿婆", "302", "80岁以上", "13800138000", "共 "):
        assert hidden not in page


def test_the_desk_leads_there(posted, browse, captain):
    page = page_of(browse, captain, "/desk/")
    assert "二中操场" in page
    assert f'href="{MINE}"' in page


def test_the_teams_of_others_are_theirs(posted, browse, captain, donghu, xihu, storm):
    for unit, leader in ((donghu, "别人"), (donghu, ""), (xihu, "戴永春")):
        other = make_team(unit, leader=leader)
        ShelterPost.objects.filter(pk=posted.pk).update(team=other)
        page = page_of(browse, captain)
        assert "二中操场" not in page
        assert "现在没有安排您的队伍" in page


def test_an_account_without_a_name_leads_no_team(posted, browse, donghu, team):
    type(team).objects.update(leader="")
    nobody = make_user("nobody", name="")
    nobody = make_assignment("nobody", donghu, VIEWS, user=nobody).user
    assert "二中操场" not in page_of(browse, nobody)


def test_when_it_is_over_nothing_is_there(posted, storm, browse, captain, mei):
    EmergencyWorkflow.apply(storm, "close", by=mei)
    assert "二中操场" not in page_of(browse, captain)
    destroy_collected(storm)
    assert not ShelterPost.objects.exists()


def test_the_role_may_read_this_page_and_no_roll(in_role, browse):  # noqa: F811
    captain = in_role("captain")
    assert browse(captain).get(MINE).status_code == 200
    for closed in ("/safety/roll/", POSTS, "/safety/rollcalls/"):
        assert browse(captain).get(closed).status_code == 403
    load_roles()
    assert not captain.has_perm("safety.view_rollcall")


def test_a_team_is_sent_to_a_shelter_by_a_form(storm, school, team, lin, browse):
    visitor = browse(lin)
    assert "二中操场" in visitor.get(POSTS).content.decode()
    told = {"shelter": school.pk, "team": team.pk, "begins_at": "2026-12-01T18:00"}
    for _time in range(2):
        answer = visitor.post(SEND, told | {"ends_at": "2026-12-01T22:00"})
        assert answer.url.endswith("#shelters")
    post = ShelterPost.objects.get()
    assert (post.shelter, post.team, post.emergency) == (school, team, storm)
    assert "12月1日 18:00—22:00" in visitor.get(POSTS).content.decode()
    visitor.post(SEND, told)
    assert ShelterPost.objects.get().ends_at is None
    visitor.post(f"/safety/shelterposts/{post.pk}/withdraw/")
    assert not ShelterPost.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_at": "2026-12-01T17:00"}, "结束时间要晚于到岗时间。"),
        ({"team": ""}, "请选择。"),
        ({"shelter": "x"}, "is-invalid"),
        ({"begins_at": "0001-01-01T00:00"}, "年份须在"),
    ],
)
def test_what_is_wrong_is_said_in_the_form(
    wrong, said, storm, school, team, lin, browse
):
    told = {"shelter": school.pk, "team": team.pk, "begins_at": "2026-12-01T18:00"}
    answer = browse(lin).post(SEND, told | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ShelterPost.objects.exists()


def test_shelters_and_teams_elsewhere_are_not_offered(
    storm, xihu, lin, chen, browse, posted
):
    told = {
        "shelter": make_shelter(xihu).pk,
        "team": make_team(xihu).pk,
        "begins_at": "2026-12-01T18:00",
    }
    assert browse(lin).post(SEND, told).status_code == 422
    answer = browse(chen).post(f"/safety/shelterposts/{posted.pk}/withdraw/")
    assert answer.status_code == 404
    assert ShelterPost.objects.count() == 1


def test_nobody_is_sent_or_taken_away_when_it_is_over(posted, storm, lin, browse, mei):
    EmergencyWorkflow.apply(storm, "close", by=mei)
    visitor = browse(lin)
    assert visitor.post(SEND, {}).status_code == 302
    visitor.post(f"/safety/shelterposts/{posted.pk}/withdraw/")
    assert ShelterPost.objects.count() == 1


def test_a_post_does_not_end_before_it_begins(posted):
    with pytest.raises(IntegrityError), transaction.atomic():
        ShelterPost.objects.update(ends_at=posted.begins_at)


def test_a_shift_that_is_over_stands_below_and_says_so(
    storm, school, donghu, team, evening, lin, browse, captain
):
    hall = make_shelter(donghu, name="小礼堂")
    for shelter, days in ((school, -2), (hall, 2)):
        begins = evening + timedelta(days=days)
        ends = begins + timedelta(hours=4)
        posts = {"emergency": storm, "shelter": shelter, "team": team, "by": lin}
        post_at_shelter(begins_at=begins, ends_at=ends, **posts)
    for url in (MINE, "/desk/"):
        page = page_of(browse, captain, url)
        assert page.index("小礼堂") < page.index("二中操场") < page.index("已结束")
        assert page.count("已结束") == 1


CLOSED, OPENED = 'id="lane-{}">', 'id="lane-{}" open>'


def test_lanes_without_somebody_are_open_and_the_rest_are_folded(
    storm, wang, li, lin, browse
):
    visitor, lane = browse(lin), wang.household.building.lane_id
    page = visitor.get(POSTS).content.decode()
    assert "共 2 处，已安排 0 处" in page
    assert OPENED.format(lane) in page
    for one in (wang, li):
        house = one.household.building
        told = {"building": house.pk, f"worker-{house.pk}": lin.pk}
        answer = visitor.post(POSTS, told | {f"was-{house.pk}": "-"})
    assert OPENED.format(lane) in visitor.get(answer.url).content.decode()
    page = visitor.get(POSTS).content.decode()
    assert "共 2 处，已安排 2 处" in page
    assert CLOSED.format(lane) in page


def test_a_whole_lane_is_given_at_once(storm, wang, li, lin, team, browse):
    houses = [one.household.building_id for one in (wang, li)]
    first, second = houses
    told = {"building": houses, "lane_team": team.pk, f"worker-{first}": lin.pk}
    answer = browse(lin).post(POSTS, told | {f"was-{pk}": "-" for pk in houses})
    assert "已保存 2 处" in browse(lin).get(answer.url).content.decode()
    posts = {post.building_id: post for post in BuildingPost.objects.all()}
    assert (posts[first].worker, posts[first].team) == (lin, team)
    assert (posts[second].worker, posts[second].team) == (None, team)


def test_what_the_form_leaves_as_it_was_is_not_written(
    storm, wang, li, lin, team, browse
):
    first, second = (one.household.building for one in (wang, li))
    assign_building(emergency=storm, building=second, by=lin, team=team)
    told = {
        "building": [first.pk, second.pk],
        f"worker-{first.pk}": lin.pk,
        f"was-{first.pk}": "-",
        f"was-{second.pk}": "-",
    }
    visitor = browse(lin)
    visitor.post(POSTS, told)
    assert BuildingPost.objects.get(building=second).team == team
    assert BuildingPost.objects.get(building=first).worker == lin
    told = {"building": first.pk, f"worker-{first.pk}": lin.pk}
    answer = visitor.post(POSTS, told | {f"was-{first.pk}": f"{lin.pk}-"})
    assert "没有改动。" in visitor.get(answer.url).content.decode()


def test_of_a_lane_all_is_saved_or_nothing(storm, wang, li, lin, browse):
    first, second = (one.household.building_id for one in (wang, li))
    told = {"building": [first, second], f"worker-{first}": lin.pk}
    browse(lin).post(POSTS, told | {f"worker-{second}": 987654321})
    assert not BuildingPost.objects.exists()
