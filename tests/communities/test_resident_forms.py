"""Entering and changing a resident: ID, phone, duplicates, household, history."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions.residents import save_resident
from communities.finding import find_residents
from communities.identity import check_digit
from communities.models import HEAD, PopulationEvent, Resident, SearchKey
from tests.demo.pages import form_on
from tests.factories import make_resident
from tests.factories.communities import make_family
from toolkit.models import AuditEvent, HistoryEntry

# Synthetic numbers of Rui'an; the last is an old card of fifteen digits.
MAN, WOMAN, OLD = "330381190001010018", "330381190001010026", "330381490307001"
PHONE = "13800138000"


@pytest.fixture
def new_url():
    return reverse("communities:resident-create")


def sent(unit=None, **more):
    data = {"name": "张三", "id_kind": "111", "sex": "0", "relation": "00"}
    data |= {"registration": "street", "living": "here", "health": "0"}
    return data | ({"org_unit": unit.pk} if unit else {}) | more


def update_url(resident):
    return reverse("communities:resident-update", args=[resident.pk])


def as_sent(resident, **more):
    """Return what the form sends back when nothing is changed."""
    names = ["name", "id_kind", "no_id_reason", "sex", "relation", "registration"]
    names += ["living", "ethnicity", "marital", "education", "political", "occupation"]
    data = {name: getattr(resident, name) for name in names}
    data["birth_on"] = resident.birth_on or ""
    data["org_unit"] = resident.org_unit_id
    return data | more


@pytest.fixture
def known(donghu_grid):
    resident = Resident(
        org_unit=donghu_grid,
        name="李四",
        id_kind="111",
        id_number=MAN,
        phone=PHONE,
        sex="1",
        birth_on=date(1900, 1, 1),
        health="3",
    )
    save_resident(resident)
    return Resident.objects.get(pk=resident.pk)


def test_a_resident_is_entered_with_what_the_number_tells(
    new_url, browse, lin, donghu_grid
):
    browse(lin).post(new_url, sent(donghu_grid, id_number=WOMAN))
    resident = Resident.objects.get()
    assert (resident.sex, resident.birth_on) == ("2", date(1900, 1, 1))
    assert (resident.id_number, resident.org_unit) == (WOMAN, donghu_grid)


def test_an_old_card_of_fifteen_digits_is_stored_with_eighteen(
    new_url, browse, lin, donghu_grid
):
    browse(lin).post(new_url, sent(donghu_grid, id_number=OLD))
    assert Resident.objects.get().id_number == "330381194903070018"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("330381190001010019", "校验位不对"),
        ("33038119000101001", "应为18位"),
        ("330381190013010018", "出生日期不存在"),
        ("330381299901010013", "晚于今天"),
        ("3.30381E+17", "科学计数"),
        ("33038119000101001A", "只能是数字"),
    ],
)
def test_a_bad_number_is_refused_with_its_reason(
    number, sentence, new_url, browse, lin, donghu_grid
):
    answer = browse(lin).post(new_url, sent(donghu_grid, id_number=number))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Resident.objects.exists()


def test_a_strange_region_is_said_and_does_not_block(new_url, browse, lin, donghu_grid):
    number = "99999919000101001" + check_digit("99999919000101001")
    answer = browse(lin).post(new_url, sent(donghu_grid, id_number=number), follow=True)
    assert Resident.objects.get().id_number == number
    assert "请留意" in answer.content.decode()


def test_sex_against_the_number_needs_a_reason(new_url, browse, lin, donghu_grid):
    data = sent(donghu_grid, id_number=MAN, sex="2")
    assert "与身份证号码不一致" in browse(lin).post(new_url, data).content.decode()
    browse(lin).post(new_url, data | {"override_reason": "户籍登记有误"})
    assert Resident.objects.get().sex == "2"
    assert "户籍登记有误" in json.dumps(
        HistoryEntry.objects.get().changes, ensure_ascii=False
    )


@pytest.mark.parametrize("phone", ["12345678901", "1380013800", "1.38E+10", "无号码"])
def test_a_bad_phone_is_refused(phone, new_url, browse, lin, donghu_grid):
    answer = browse(lin).post(new_url, sent(donghu_grid, phone=phone))
    assert answer.status_code == 422
    assert "phone" in answer.context["form"].errors


def test_a_phone_is_stored_in_plain_digits(new_url, browse, lin, donghu_grid):
    browse(lin).post(new_url, sent(donghu_grid, phone="+86 138-0013-8000"))
    assert Resident.objects.get().phone == PHONE


def test_a_number_in_scope_is_named(known, new_url, browse, lin, donghu_grid):
    answer = browse(lin).post(new_url, sent(donghu_grid, id_number=MAN))
    assert "已登记给李四（东湖社区01网格）" in answer.content.decode()


def test_a_number_elsewhere_names_the_street_and_nobody(
    known, new_url, browse, chen, xihu
):
    page = browse(chen).post(new_url, sent(xihu, id_number=MAN)).content.decode()
    assert "请联系街道办事处" in page
    assert "李四" not in page
    assert "东湖" not in page


def test_a_number_may_be_changed_to_itself(known, browse, lin):
    answer = browse(lin).post(update_url(known), as_sent(known, id_number=MAN))
    assert answer.status_code == 302


def test_no_plaintext_reaches_history_or_audit(new_url, browse, lin, donghu_grid):
    data = sent(donghu_grid, id_number=MAN, phone=PHONE, health="3")
    browse(lin).post(new_url, data)
    resident = Resident.objects.get()
    browse(lin).post(update_url(resident), as_sent(resident, phone="13900139000"))
    told = [*HistoryEntry.objects.values(), *AuditEvent.objects.values()]
    text = json.dumps(told, default=str, ensure_ascii=False)
    for value in (MAN, PHONE, "13900139000", "有慢性病"):
        assert value not in text
    assert '"field": "phone"' in text


def test_the_form_never_shows_what_is_sealed(known, browse, lin):
    page = browse(lin).get(update_url(known)).content.decode()
    assert MAN not in page
    assert PHONE not in page
    assert "138****8000" in page


def test_what_is_left_empty_stays_and_a_word_clears_it(known, browse, lin):
    browse(lin).post(update_url(known), as_sent(known))
    known = Resident.objects.get()
    assert (known.id_number, known.phone, known.health) == (MAN, PHONE, "3")
    browse(lin).post(update_url(known), as_sent(known, phone="无"))
    assert Resident.objects.get().phone == ""


def test_a_new_name_is_found_at_once(known, browse, lin):
    browse(lin).post(update_url(known), as_sent(known, name="欧阳小明"))
    assert [hit.pk for hit in find_residents(lin, "xiaoming").rows] == [known.pk]
    assert not find_residents(lin, "李四").rows


def test_an_entry_that_fails_leaves_no_search_keys(known, new_url, browse, lin):
    home = make_family(known.org_unit, number="N-1")
    keys = SearchKey.objects.count()
    data = sent(household="N-1", relation=HEAD)
    answer = browse(lin).post(new_url, data)
    assert "已有户主" in answer.content.decode()
    assert SearchKey.objects.count() == keys
    assert home.members.count() == 1


def test_the_household_brings_its_unit(new_url, browse, lin, donghu_grid):
    home = make_family(donghu_grid, number="N-1")
    browse(lin).post(new_url, sent(household="N-1", relation="20"))
    child = Resident.objects.get(name="张三")
    assert (child.household, child.org_unit) == (home, donghu_grid)
    assert home.events.get(kind="join").resident == child


def test_a_household_elsewhere_is_unknown(new_url, browse, lin, xihu):
    make_family(xihu, number="X-1")
    answer = browse(lin).post(new_url, sent(household="X-1"))
    assert "没有户号“X-1”" in answer.content.decode()


def test_a_birth_counts_on_the_day_of_birth(new_url, browse, lin, donghu_grid):
    data = sent(donghu_grid, arrival="born", birth_on="2026-11-01", id_kind="000")
    browse(lin).post(new_url, data)
    event = PopulationEvent.objects.get()
    assert (event.kind, event.happened_on) == ("born", date(2026, 11, 1))


def test_an_arrival_without_a_day_is_refused(new_url, browse, lin, donghu_grid):
    answer = browse(lin).post(new_url, sent(donghu_grid, arrival="moved_in"))
    assert "arrived_on" in answer.context["form"].errors


def test_entering_who_was_here_before_is_no_event(new_url, browse, lin, donghu_grid):
    browse(lin).post(new_url, sent(donghu_grid))
    assert not PopulationEvent.objects.exists()


def test_a_unit_elsewhere_is_no_choice(new_url, browse, lin, xihu):
    assert browse(lin).post(new_url, sent(xihu)).status_code == 422
    assert not Resident.objects.exists()


def test_a_head_does_not_step_down_by_the_form(donghu_grid, browse, lin):
    head = make_family(donghu_grid).members.get()
    browse(lin).post(update_url(head), as_sent(head, relation="20"))
    head.refresh_from_db()
    assert head.relation == HEAD


def test_a_member_does_not_become_head_by_the_form(donghu_grid, browse, lin):
    member = make_resident(donghu_grid, relation="20")
    answer = browse(lin).post(update_url(member), as_sent(member, relation=HEAD))
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["", "   ", "张3", "张" * 51])
def test_a_name_must_be_one(name, new_url, browse, lin, donghu_grid):
    answer = browse(lin).post(new_url, sent(donghu_grid, name=name))
    assert answer.status_code == 422


@pytest.mark.parametrize("birth_on", ["2062-11-01", "0062-11-01", "1849-12-31"])
@pytest.mark.parametrize("arrival", ["", "born"])
def test_an_absurd_day_of_birth_is_refused(
    birth_on, arrival, new_url, browse, lin, donghu_grid
):
    data = sent(donghu_grid, arrival=arrival, birth_on=birth_on, id_kind="000")
    answer = browse(lin).post(new_url, data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["birth_on"]
    assert not Resident.objects.exists()


@pytest.mark.parametrize("birth_on", ["2062-11-01", "0062-11-01"])
def test_a_day_of_birth_is_not_changed_to_an_absurd_one(
    birth_on, browse, lin, donghu_grid
):
    resident = make_resident(donghu_grid, name="李四")
    answer = browse(lin).post(
        update_url(resident), as_sent(resident, birth_on=birth_on)
    )
    assert "birth_on" in answer.context["form"].errors


@pytest.mark.parametrize("slug", ["birth_on", "arrived_on"])
def test_the_browser_offers_days_up_to_that_of_the_page(
    slug, new_url, browse, lin, monkeypatch
):
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: tomorrow)
    form = browse(lin).get(new_url).context["form"]
    shown = form[slug].as_widget()
    assert f'max="{tomorrow}"' in shown
    assert 'min="1850-01-01"' in shown


def test_nobody_arrives_before_he_is_born(new_url, browse, lin, donghu_grid):
    data = sent(donghu_grid, arrival="moved_in", id_kind="000")
    data |= {"birth_on": "2026-11-02", "arrived_on": "2026-11-01"}
    answer = browse(lin).post(new_url, data)
    assert "早于本人出生日期" in answer.content.decode()


CODED = ["no_id_reason", "sex", "ethnicity", "marital", "education", "political"]


def test_what_a_roster_left_empty_stays_so_when_something_else_is_changed(
    known, browse, lin
):
    silent = dict.fromkeys([*CODED, "occupation", "health"], "")
    known.id_number = ""
    save_resident(known)
    Resident.objects.filter(pk=known.pk).update(**silent)
    page = browse(lin).get(update_url(known))
    sent = form_on(page)
    browse(lin).post(update_url(known), sent | {"name": "李小四"})
    stored = Resident.objects.values(*silent).get()
    assert stored == silent
    [change] = HistoryEntry.objects.get().changes
    assert change["new"] == "李小四"


def test_nothing_filled_in_is_a_choice_only_where_nothing_is(known, browse, lin):
    Resident.objects.update(political="")
    fields = browse(lin).get(update_url(known)).context["form"].fields
    assert fields["political"].choices[0] == ("", "未填写")
    assert "" not in dict(fields["id_kind"].choices)
