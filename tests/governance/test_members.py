"""Who sits in a body: entered from his own page, told there, apart from his kin."""

from datetime import date

import pytest
from django.urls import reverse

from communities.finding import index_resident
from governance.models import KinTie, Member
from tests.factories import make_member, make_resident, make_term

NEW = reverse("governance:member-create")
DECLARE = reverse("governance:kintie-create")


def make_known(org_unit, **about):
    """Make a resident whom the search box finds."""
    person = make_resident(org_unit, **about)
    index_resident(person)
    return person


@pytest.fixture
def wang(donghu_grid):
    return make_known(
        donghu_grid, name="王阿婆", sex="2", birth_on=date(1960, 5, 1), education="60"
    )


def test_the_form_offers_what_the_record_says(browse, mei, wang):
    form = browse(mei).get(f"{NEW}?resident={wang.pk}").context["form"]
    offered = {name: form[name].value() for name in ("name", "sex", "birth_year")}
    assert offered == {"name": "王阿婆", "sex": "2", "birth_year": 1960}


@pytest.mark.parametrize("key", ["x", "0", "9" * 40])
def test_a_person_who_is_not_there_offers_nothing(browse, mei, key):
    form = browse(mei).get(f"{NEW}?resident={key}").context["form"]
    assert form["name"].value() in (None, "")


def test_a_member_is_entered_and_his_page_tells_it(browse, mei, wang, donghu):
    term = make_term(donghu)
    data = {"term": term.pk, "post": "head", "name": "王阿婆", "resident": wang.pk}
    visitor = browse(mei)
    assert visitor.post(NEW, data | {"sex": "2", "education": "60"}).status_code == 302
    [member] = Member.objects.all()
    assert (member.resident, member.post_words) == (wang, "主任")
    page = visitor.get(wang.get_absolute_url()).content.decode()
    assert f"{term.body}　主任" in page


def test_a_term_has_one_head(browse, mei, donghu):
    term = make_term(donghu)
    make_member(donghu, term=term, post="head")
    answer = browse(mei).post(NEW, {"term": term.pk, "post": "head", "name": "林海"})
    assert answer.status_code == 422
    assert "已有负责人" in answer.content.decode()


def test_a_child_sits_in_no_body(browse, mei, donghu):
    data = {"term": make_term(donghu).pk, "post": "member", "name": "林小海"}
    year = date.today().year - 17
    answer = browse(mei).post(NEW, data | {"birth_year": year})
    assert answer.context["form"].errors["birth_year"] == ["成员要年满十八周岁。"]


def test_only_a_delegate_belongs_to_a_group(browse, mei, donghu, group):
    data = {"term": make_term(donghu).pk, "post": "member", "name": "林海"}
    answer = browse(mei).post(NEW, data | {"group": group.pk})
    assert "group" in answer.context["form"].errors


def declared(browse, user, first, other):
    data = {"first": first.pk, "other": other, "relation": "spouse"}
    return browse(user).post(DECLARE, data | {"declared_on": "2026-01-05"})


def test_relatives_are_declared_in_either_order(browse, mei, wang, donghu_grid):
    husband = make_known(donghu_grid, name="陈国强")
    assert declared(browse, mei, husband, "王阿婆").status_code == 302
    [tie] = KinTie.objects.all()
    assert (tie.first, tie.second) == (wang, husband)
    answer = declared(browse, mei, wang, "陈国强")
    assert answer.status_code == 422
    assert "已申报过" in answer.content.decode()


@pytest.mark.parametrize(
    ("other", "words"),
    [("李海", "有同名的居民"), ("没有这人", "没有找到"), ("王阿婆", "自己的近亲属")],
)
def test_a_relative_is_one_other_person(browse, mei, wang, donghu_grid, other, words):
    for _one in range(2):
        make_known(donghu_grid, name="李海")
    answer = declared(browse, mei, wang, other)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_page_of_a_unit_tells_how_its_bodies_stand(browse, mei, donghu, committee):
    page = browse(mei).get(donghu.get_absolute_url()).content.decode()
    assert committee.get_absolute_url() in page
    assert reverse("governance:board") in page
