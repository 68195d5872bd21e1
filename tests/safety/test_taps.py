"""The roll on a phone without signal: taken along masked, told by sealed taps."""

import json

from safety.models import RollCall, RollCallEvent, State
from safety.steps import TOLD, may_follow
from safety.workflows import EmergencyWorkflow
from tests.factories import make_emergency, make_roll_call
from tests.visits.parcels import item_of, results, sealed, send_with
from toolkit.audit_fields import condition_words, field_words
from toolkit.models import AuditEvent
from visits import taps

TAKE = "/visits/offline/take/"


def taken(browse, user, query="") -> dict:
    answer = browse(user).post(TAKE + query)
    assert answer.status_code == 200
    return answer.json()


def test_the_roll_goes_along_masked_in_walking_order(storm, browse, lin):
    told = taken(browse, lin)
    [part] = told["taps"]
    assert (part["kind"], "台风“海燕”" in part["title"]) == ("roll_call", True)
    assert [door["sign"] for door in part["doors"]] == ["101", "302"]
    assert [door["name"] for door in part["doors"]] == ["李*爷", "王*婆"]
    text = json.dumps(told, ensure_ascii=False)
    for word in ("王阿婆", "李大爷", "13800138000", "独居"):
        assert word not in text
    labels = [tap["label"] for tap in part["doors"][0]["taps"]]
    assert labels == ["已通知", "已转移", "拒绝转移", "需要帮助", "已返回"]


def test_the_trail_tells_of_the_roll_beside_the_day(
    storm, street, donghu, donghu_grid, wang, browse, lin
):
    drill_in(street, [wang])
    taken(browse, lin)
    told = AuditEvent.objects.filter(verb="taken-along").order_by("pk")
    assert [(one.batch, one.count, one.actor) for one in told] == [
        ("visits.visitduty", 0, lin),
        ("safety.rollcall", 2, lin),
        ("safety.rollcall", 1, lin),
    ]
    assert {one.subject_path for one in told} == {donghu.path}
    roll = told[1]
    assert condition_words(roll) == "应急点名　台风“海燕”，带名单离线"
    assert field_words(roll) == "住址、姓名、情况"
    taken(browse, lin, f"?unit={donghu_grid.code}")
    assert told.last().subject_path == donghu_grid.path


def test_a_tap_without_signal_is_told_of_the_person(storm, of_wang, browse, lin):
    told = taken(browse, lin)
    doors = told["taps"][0]["doors"]
    wang = next(door for door in doors if door["id"] == of_wang.pk)
    moved = next(tap for tap in wang["taps"] if tap["label"] == "已转移")
    item = item_of(body=json.dumps(moved["body"]), kind="roll_call")
    for expected in ("created", "duplicate"):
        answer = send_with(told["token"], [sealed(item)])
        assert results(answer) == [expected]
    of_wang.refresh_from_db()
    assert (of_wang.state, of_wang.told_by) == ("moved", lin)
    assert RollCallEvent.objects.filter(line=of_wang).count() == 1


def test_without_an_open_emergency_there_is_nothing_to_tap(storm, browse, lin, mei):
    EmergencyWorkflow.apply(storm, "close", by=mei)
    assert taken(browse, lin)["taps"] == []


def drill_in(unit, people):
    """Open an exercise in a unit, newer than the storm, with people of it listed."""
    drill = make_emergency(unit, status="open", is_drill=True, title="防台演练")
    for person in people:
        make_roll_call(person.org_unit, emergency=drill, resident=person)
    return drill


def test_a_newer_exercise_hides_no_storm(storm, street, browse, lin, wang):
    drill_in(street, [])
    [part] = taken(browse, lin)["taps"]
    assert "台风“海燕”" in part["title"]
    drill_in(street, [wang])
    told = [(part["title"], part["is_exercise"]) for part in taken(browse, lin)["taps"]]
    assert told == [
        ("应急点名　台风“海燕”", False),
        ("应急点名　防台演练（演练）", True),
    ]


def test_the_first_doors_go_along_and_the_phone_knows_how_many_stay(
    storm, donghu_grid, browse, lin, monkeypatch
):
    monkeypatch.setattr(taps, "MOST_HOMES", 2)
    # Listed after Wang, and behind every lane: they have no house.
    for _one in range(3):
        make_roll_call(donghu_grid, emergency=storm)
    [part] = taken(browse, lin)["taps"]
    assert [door["sign"] for door in part["doors"]] == ["101", "302"]
    assert (part["shown"], part["total"]) == (2, 5)


def test_the_doors_are_sorted_before_they_are_cut(storm, browse, lin, monkeypatch):
    monkeypatch.setattr(taps, "MOST_HOMES", 1)
    RollCall.objects.filter(resident__name="李大爷").update(id=10**6)
    [part] = taken(browse, lin)["taps"]
    assert [door["sign"] for door in part["doors"]] == ["101"]


def test_a_phone_offers_what_the_page_would_take(storm, browse, lin):
    [door, *_others] = taken(browse, lin)["taps"][0]["doors"]
    after = {tap["label"]: tap["after"] for tap in door["taps"]}
    for state in TOLD:
        allowed = [str(one.label) for one in State if may_follow(one, state)]
        assert after[state.label] == allowed
    assert after["已返回"] == ["已转移", "已返回"]
    assert "已转移" not in after["已通知"]


def test_another_community_takes_nobody_along(storm, browse, chen):
    assert taken(browse, chen)["taps"] == []


def test_the_page_of_the_roll_offers_to_take_it_along(storm, browse, lin):
    page = browse(lin).get("/safety/roll/").content.decode()
    assert f'data-yh-take="{TAKE}"' in page
    assert RollCall.objects.count() == 2
