"""An emergency is opened by the street; its roll is drawn up once."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safety.actions import add_person
from safety.models import Emergency, RollCall
from safety.workflows import EmergencyWorkflow
from tests.factories import (
    make_assignment,
    make_emergency,
    make_household,
    make_resident,
    make_visit_duty,
    make_visit_rule,
)
from tests.safety.conftest import BORN, open_emergency
from toolkit.history import history_of
from toolkit.models import AuditEvent


def names(emergency):
    lines = RollCall.objects.filter(emergency=emergency).with_homes()
    return {str(line): line.reason for line in lines}


def test_the_roll_holds_whom_the_criteria_mean(street, donghu, wang, li):
    chosen = ["aged", "aged-alone"]
    storm = make_emergency(street, units=[donghu], criteria=chosen)
    open_emergency(storm)
    assert names(storm) == {"王阿婆": "80岁以上独居；80岁以上", "李大爷": "80岁以上"}
    line = RollCall.objects.get(resident=wang)
    assert (line.state, line.org_unit) == ("waiting", wang.org_unit)


def test_people_of_a_visit_rule_are_called_too(street, donghu, donghu_grid):
    rule = make_visit_rule(street, name="失能老人")
    home = make_household(donghu_grid)
    frail = make_resident(donghu_grid, household=home, living="here")
    make_visit_duty(donghu_grid, resident=frail, rule=rule)
    storm = make_emergency(street, units=[donghu], criteria=[], rules=[rule])
    open_emergency(storm)
    assert names(storm) == {str(frail): "失能老人"}


def test_who_is_away_dead_or_elsewhere_is_not_called(street, donghu, xihu, wang):
    home = make_household(wang.org_unit)
    old = {"birth_on": BORN, "household": home}
    make_resident(wang.org_unit, living="away", **old)
    make_resident(
        wang.org_unit, living="here", ended_on="2026-01-05", ended_by="died", **old
    )
    make_resident(xihu, living="here", birth_on=BORN)
    storm = make_emergency(street, units=[donghu])
    open_emergency(storm)
    assert list(names(storm)) == ["王阿婆"]


def test_no_unit_chosen_means_all_of_the_street(street, wang, xihu):
    make_resident(xihu, name="西湖阿公", living="here", birth_on=BORN)
    storm = make_emergency(street)
    open_emergency(storm)
    assert set(names(storm)) == {"王阿婆", "西湖阿公"}


def test_the_roll_stays_as_it_was_drawn_up(storm, donghu_grid):
    make_resident(donghu_grid, living="here", birth_on=BORN)
    assert set(names(storm)) == {"王阿婆", "李大爷"}
    with pytest.raises(ValidationError):
        open_emergency(storm)


def test_an_emergency_calls_somebody(street):
    empty = make_emergency(street, criteria=[])
    with pytest.raises(ValidationError, match="叫应对象"):
        open_emergency(empty)


def test_only_the_street_opens_and_closes(street, donghu, donghu_grid, mei, lin):
    storm = make_emergency(street, units=[donghu])
    with pytest.raises(PermissionDenied):
        EmergencyWorkflow.apply(storm, "open", by=lin)
    EmergencyWorkflow.apply(storm, "open", by=mei)
    with pytest.raises(PermissionDenied):
        EmergencyWorkflow.apply(storm, "close", by=lin)
    EmergencyWorkflow.apply(storm, "close", by=mei)
    verbs = [line.verb for line in history_of(storm)]
    assert verbs == ["close", "open"]
    events = AuditEvent.objects.filter(subject_type="safety.emergency")
    assert list(events.order_by("pk").values_list("verb", flat=True)) == verbs[::-1]


def test_units_see_the_emergencies_for_which_they_were_chosen(
    storm, street, donghu_grid, lin, chen
):
    keeper = make_assignment("keeper", donghu_grid).user
    draft = make_emergency(street, units=[donghu_grid])
    for user, seen in ((lin, [storm]), (keeper, [storm]), (chen, [])):
        assert list(Emergency.objects.in_scope_of(user)) == seen
        assert not Emergency.objects.in_scope_of(user, "change").exists()
    assert draft.is_draft


def test_who_was_chosen_cannot_be_changed_once_it_is_open(storm, browse, mei, street):
    page = browse(mei).get(f"{storm.get_absolute_url()}edit/")
    fields = page.context["form"].fields
    assert set(fields) == {"title", "kind", "level", "keep_days"}
    make_visit_rule(street)
    draft = make_emergency(street)
    page = browse(mei).get(f"{draft.get_absolute_url()}edit/")
    assert {"units", "criteria", "rules"} <= set(page.context["form"].fields)


def test_the_lists_of_visits_alone_say_whom_to_call(street, donghu, browse, mei):
    rule = make_visit_rule(street, name="失能老人")
    told = {"org_unit": street.pk, "title": "台风", "kind": "typhoon", "level": 2}
    told |= {"rules": [rule.pk], "keep_days": 30}
    visitor = browse(mei)
    assert visitor.post("/safety/emergencies/new/", told).status_code == 302
    page = visitor.get(Emergency.objects.get().get_absolute_url() + "edit/")
    assert "两组选一组或都选，重复的人只列一次。" in page.content.decode()
    assert "暂不启动" not in page.content.decode()


def test_what_is_over_is_not_changed(close, browse, mei):
    over = close()
    assert browse(mei).get(f"{over.get_absolute_url()}edit/").status_code == 400


def test_an_emergency_is_prepared_and_opened_by_pages(street, donghu, browse, mei, li):
    visitor = browse(mei)
    sent = {
        "org_unit": street.pk,
        "title": "台风“玛莉亚”",
        "kind": "typhoon",
        "level": 2,
        "units": [donghu.pk],
        "criteria": ["aged"],
        "keep_days": 30,
    }
    form = visitor.get("/safety/emergencies/new/").content.decode()
    assert "先保存，核对范围和名单，再点“启动响应”。" in form
    assert "保存，暂不启动" in form
    for calling_nobody in ({"criteria": []}, {"criteria": [], "rules": []}):
        answer = visitor.post("/safety/emergencies/new/", sent | calling_nobody)
        assert answer.status_code == 422
        assert "请选叫应对象" in answer.content.decode()
    answer = visitor.post("/safety/emergencies/new/", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    made = Emergency.objects.get()
    page = visitor.get(made.get_absolute_url()).content.decode()
    assert "启动响应" in page
    assert "结束后第30天销毁" in page
    visitor.post(f"{made.get_absolute_url()}do/open/")
    made.refresh_from_db()
    assert made.is_open
    assert list(names(made)) == ["李大爷"]


def test_somebody_found_on_the_spot_is_added_once(storm, lin, donghu_grid):
    found = {"name": "红衣老人", "place": "菜巷口", "org_unit": donghu_grid}
    for _time in range(2):
        add_person(emergency=storm, by=lin, reason="路过避雨", **found)
    line = RollCall.objects.get(resident=None)
    assert (str(line), line.address, line.added_by) == ("红衣老人", "菜巷口", lin)


def test_a_resident_is_on_the_roll_once(storm, wang, lin):
    add_person(emergency=storm, by=lin, reason="刚搬来", resident=wang)
    assert RollCall.objects.filter(resident=wang).count() == 1


def test_nobody_is_added_when_it_is_over(close, lin, donghu_grid):
    with pytest.raises(ValidationError):
        add_person(
            emergency=close(), by=lin, reason="x", name="谁", org_unit=donghu_grid
        )


def panel_of(page, step):
    """Return the panel that opens before a step is taken."""
    panels = re.findall(r'<details class="yh-step".*?</details>', page, re.DOTALL)
    [found] = [one for one in panels if f"/do/{step}/" in one]
    return found


def test_each_step_says_what_comes_of_it_before_it_is_taken(
    street, donghu, xihu, wang, li, browse, mei
):
    storm = make_emergency(street, criteria=["aged"], keep_days=12)
    visitor, address = browse(mei), storm.get_absolute_url()

    def asked(step):
        return panel_of(visitor.get(address).content.decode(), step)

    told = "将通知 2 个社区（村），名单约 2 人，启动后名单不再自动增减。"
    assert told in asked("open")
    storm.units.set([xihu])
    assert "将通知 1 个社区（村），名单约 0 人" in asked("open")
    assert not Emergency.objects.open().exists()
    storm.units.set([])
    visitor.post(f"{address}do/open/")
    assert "结束后 12 天销毁名单。提前结束可以恢复。" in asked("close")
    visitor.post(f"{address}do/close/")
    panel = asked("destroy")
    assert "提前销毁后，名单和登记经过不能恢复，只留汇总数。" in panel
    assert "提前销毁的原因" in panel
    assert "办理意见" not in panel
    assert panel.count("btn-outline-danger") == 2
    assert "办理意见" in asked("resume")
    for note, fault in (
        ("", "请填写提前销毁的原因。"),
        ("长" * 501, "提前销毁的原因："),
    ):
        answer = visitor.post(f"{address}do/destroy/", {"note": note})
        assert answer.status_code == 422
        assert fault in answer.content.decode()


def test_a_visit_list_named_like_a_criterion_says_that_it_is_one(street, browse, mei):
    for name in ("80岁以上独居", "失能老人"):
        make_visit_rule(street, name=name)
    page = browse(mei).get("/safety/emergencies/new/").content.decode()
    assert page.count("80岁以上独居（走访名单）") == 1
    assert "失能老人（" not in page
