"""What a step asks of the clerk, and in which column it says what is missing."""

import re

import pytest
from django.urls import reverse

from communities.models import HEAD, HouseholdStep, Resident
from tests.communities.test_step_pages import TODAY, member, step_url
from tests.factories import make_resident
from tests.factories.communities import make_family


@pytest.mark.parametrize(
    ("slug", "name"), [("merge", "head_relation"), ("transfer", "relation")]
)
def test_a_relation_is_chosen_by_the_clerk_even_if_unknown(
    slug, name, family, browse, lin
):
    field = browse(lin).get(step_url(family, slug)).context["form"][name]
    assert field.value() is None
    assert field.field.choices[0] == ("", "请选择")
    form = browse(lin).post(step_url(family, slug), {name: ""}).context["form"]
    assert form.errors[name] == ["请选择。"]
    form = browse(lin).post(step_url(family, slug), {name: "00"}).context["form"]
    assert name not in form.errors


def test_every_question_for_a_relation_names_the_answer_of_who_does_not_know(
    family, browse, lin
):
    newcomer = make_resident(family.org_unit)
    join = reverse("communities:resident-join", args=[newcomer.pk])
    for url in (step_url(family, "merge"), step_url(family, "transfer"), join):
        assert "不清楚的选“未说明”。" in browse(lin).get(url).content.decode(), url


def test_a_household_without_a_head_is_merged_without_a_relation_of_its_head(
    family, browse, lin
):
    headless = make_family(family.org_unit, ("金小妹", "21"), number="X-4")
    visitor, url = browse(lin), step_url(headless, "merge")
    assert "本户户主与对方户主的关系" not in visitor.get(url).content.decode()
    sent = {"into": family.number, "happened_on": TODAY}
    seen = visitor.post(url, sent).context["change"].fingerprint
    visitor.post(url, sent | {"stage": "confirm", "seen": seen})
    assert HouseholdStep.objects.get().kind == HouseholdStep.Kind.MERGE
    assert (member("金小妹").household, member("金小妹").relation) == (family, "00")
    assert family.members.filter(relation=HEAD).count() == 1


def refused_split(family, browse, lin, *leaving, head, **more):
    sent = {
        "members_leaving": [member(name).pk for name in leaving],
        "new_head": member(head).pk,
        "number": "N-9",
        "org_unit": family.org_unit_id,
        "place": "凤山巷12号",
        "happened_on": TODAY,
    }
    answer = browse(lin).post(step_url(family, "split"), sent | more)
    assert answer.status_code == 422
    return answer.context["form"].errors, answer.content.decode()


def test_a_split_that_takes_the_head_asks_in_its_column_who_follows(
    family, browse, lin
):
    errors, page = refused_split(family, browse, lin, "林大山", head="林大山")
    assert errors == {
        "remaining_head": ["户主离开本户，请从留下的2人中选一位接任户主。"]
    }
    link, _rest, below = page.partition('<a href="#div_id_remaining_head">接任户主</a>')
    assert below
    assert 'id="div_id_remaining_head"' in below
    asked = re.findall(r"<input[^>]+name=\"remaining_head\"[^>]*>", below)
    assert len(asked) == 2
    assert all("is-invalid" in one for one in asked)
    assert all('aria-describedby="div_id_remaining_head"' in one for one in asked)
    assert page.count("is-invalid") == 2


def test_a_split_that_cannot_be_says_so_in_the_column_it_is_about(family, browse, lin):
    everybody = ("林大山", "陈阿娥", "林国荣")
    errors, _page = refused_split(family, browse, lin, *everybody, head="林国荣")
    assert list(errors) == ["members_leaving"]
    errors, _page = refused_split(family, browse, lin, "林国荣", head="陈阿娥")
    assert errors == {"new_head": ["新户户主须从分出的人中选。"]}


def test_a_transfer_that_takes_the_head_asks_who_follows(family, browse, lin):
    other = make_family(family.org_unit, number="X-3")
    sent = {
        "member": member("林大山").pk,
        "into": other.number,
        "relation": "00",
        "happened_on": TODAY,
    }
    form = browse(lin).post(step_url(family, "transfer"), sent).context["form"]
    assert list(form.errors) == ["remaining_head"]
    assert form.fields["remaining_head"].label == "原户由谁接任户主"
    sent |= {"into": family.number, "remaining_head": member("陈阿娥").pk}
    form = browse(lin).post(step_url(family, "transfer"), sent).context["form"]
    assert list(form.errors) == ["into"]


@pytest.mark.parametrize(
    ("slug", "named"),
    [
        ("split", "分出 新户户主 新户号 社区或网格 街巷门牌 发生日期"),
        ("transfer", "转出人 转到哪一户 与对方户主的关系 发生日期"),
    ],
)
def test_what_a_step_lacks_is_listed_in_the_order_of_the_page(
    slug, named, family, browse, lin
):
    sent = {"org_unit": ""}
    page = browse(lin).post(step_url(family, slug), sent).content.decode()
    listed = page.partition("处需要补填或更正")[2].partition("</ul>")[0]
    assert re.findall(r"<li><a[^>]*>([^<]+)</a>", listed) == named.split()


def test_readers_of_english_are_told_what_a_step_lacks_with_their_own_marks(
    family, browse, lin
):
    visitor = browse(lin)
    visitor.cookies["django_language"] = "en"
    page = visitor.post(step_url(family, "split"), {"org_unit": ""}).content.decode()
    assert "</a>: Please choose.</li>" in page
    assert ": Please choose.</strong>" in page
    assert "：" not in page.partition("yh-errors")[2].partition("</table>")[0]


def test_a_household_s_head_comes_before_his_elders(family, browse, lin):
    Resident.objects.filter(name="陈阿娥").update(birth_on="1920-01-01")
    Resident.objects.filter(name="林大山").update(birth_on="1950-01-01")
    page = browse(lin).get(step_url(family, "split"))
    assert page.context["form"].people()[0]["lines"][0] == "林大山"
