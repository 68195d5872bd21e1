"""List and page of residents: masks, reading written down, filters, what apps add."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from communities import sections
from communities.actions.residents import save_resident
from communities.filters.people import ResidentFilters
from communities.models import HEAD, Resident
from tests.factories import make_assignment, make_resident, make_visit_duty
from tests.factories.communities import make_family, make_org_unit
from toolkit.models import AuditEvent

ID, PHONE = "330381190001010018", "13800138000"
TODAY = timezone.localdate()
LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture
def resident(donghu_grid):
    resident = Resident(
        org_unit=donghu_grid,
        name="李四",
        id_kind="111",
        id_number=ID,
        phone=PHONE,
        health="3",
        living="here",
    )
    save_resident(resident)
    return resident


def listed(visitor, **query):
    response = visitor.get(reverse("communities:resident-list"), query)
    return [row.name for row in response.context["rows"]]


def reveal_url(resident, field="phone"):
    return reverse("communities:resident-reveal", args=[resident.pk, field])


def test_list_and_page_show_masks_only(resident, browse, lin):
    for url in (reverse("communities:resident-list"), resident.get_absolute_url()):
        page = browse(lin).get(url).content.decode()
        assert "33*************018" in page
        assert "138****8000" in page
        assert ID not in page
        assert PHONE not in page


def test_an_illness_is_not_shown(resident, browse, lin):
    assert "慢性病" not in browse(lin).get(resident.get_absolute_url()).content.decode()


def test_a_state_of_health_that_nobody_knows_is_not_offered(resident, browse, lin):
    url = reveal_url(resident, "health")
    told = browse(lin).get(resident.get_absolute_url()).content.decode()
    assert url in told
    assert "已遮挡" in told
    for unknown in ("", "0"):
        Resident.objects.update(health=unknown)
        told = browse(lin).get(resident.get_absolute_url()).content.decode()
        assert url not in told
        assert "已遮挡" not in told


def test_opening_the_page_is_written_down(resident, browse, lin):
    browse(lin).get(resident.get_absolute_url())
    event = AuditEvent.objects.get(verb="read")
    assert (event.subject_id, event.actor, event.fields) == (resident.pk, lin, [])


@pytest.mark.parametrize(
    ("field", "shown"),
    [("phone", PHONE), ("id_number", ID), ("health", "有慢性病")],
)
def test_revealing_shows_one_field_and_writes_down_why(
    field, shown, resident, browse, lin
):
    answer = browse(lin).post(reveal_url(resident, field), {"purpose": "contact"})
    assert shown in answer.content.decode()
    event = AuditEvent.objects.get(verb="revealed")
    assert (event.fields, event.purpose) == ([field], "联系本人")


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_revealing_needs_a_purpose(purpose, resident, browse, lin):
    answer = browse(lin).post(reveal_url(resident), {"purpose": purpose}, follow=True)
    assert PHONE not in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="revealed").exists()


def test_revealing_elsewhere_is_not_found(resident, browse, chen):
    answer = browse(chen).post(reveal_url(resident), {"purpose": "contact"})
    assert answer.status_code == 404


def test_a_revealed_page_is_not_kept_by_the_browser(resident, browse, lin):
    answer = browse(lin).post(reveal_url(resident), {"purpose": "contact"})
    assert "no-store" in answer["Cache-Control"]


def test_the_page_tells_who_has_read_it(resident, browse, lin, mei):
    browse(mei).post(reveal_url(resident), {"purpose": "identity"})
    page = browse(lin).get(resident.get_absolute_url()).content.decode()
    assert f"{mei}</b>　电话，核对身份" in page


def test_all_readers_have_a_page_of_their_own(resident, browse, lin):
    for _number in range(7):
        browse(lin).get(resident.get_absolute_url())
    url = reverse("communities:resident-readers", args=[resident.pk])
    assert url in browse(lin).get(resident.get_absolute_url()).content.decode()
    assert len(browse(lin).get(url).context["readers"]) == 8


def test_who_may_not_reveal_sees_no_button(resident, browse, donghu):
    looker = make_assignment("looker", donghu, ["view_resident"]).user
    page = browse(looker).get(resident.get_absolute_url()).content.decode()
    assert reveal_url(resident) not in page
    answer = browse(looker).post(reveal_url(resident), {"purpose": "contact"})
    assert answer.status_code == 403


def test_the_list_leaves_out_who_is_off_the_rolls(donghu, browse, lin):
    make_resident(donghu, name="在册")
    make_resident(donghu, name="已故", ended_on=TODAY, ended_by="died")
    visitor = browse(lin)
    assert listed(visitor) == ["在册"]
    assert listed(visitor, rolls="ended") == ["已故"]
    assert len(listed(visitor, rolls="all")) == 2


def test_the_list_is_filtered_by_age_and_by_who_lives_alone(donghu, browse, lin):
    old = {"birth_on": date(TODAY.year - 85, 1, 1), "living": "here"}
    make_family(donghu, ("独居", HEAD, old))
    make_family(donghu, ("老伴甲", HEAD, old), ("老伴乙", "12", old))
    make_resident(donghu, name="孩子", birth_on=TODAY)
    visitor = browse(lin)
    assert sorted(listed(visitor, category="80")) == ["独居", "老伴乙", "老伴甲"]
    assert listed(visitor, category="80-alone") == ["独居"]
    assert listed(visitor, category="minor") == ["孩子"]


def test_the_list_is_filtered_by_grid(donghu, donghu_grid, browse, lin):
    other = make_org_unit("grid", "330381002901002", parent=donghu)
    make_resident(donghu_grid, name="甲")
    make_resident(other, name="乙")
    assert listed(browse(lin), grid=other.code) == ["乙"]


def offered_grids(visitor, **query):
    """Return the grids that the list offers to choose from, None for no such filter."""
    page = visitor.get(reverse("communities:resident-list"), query)
    fields = page.context["filter"].form.fields
    if "grid" not in fields:
        return None
    text = str(page.context["filter"].form["grid"])
    return re.findall(r'value="(\d+)"', text)


def test_of_many_grids_those_of_one_community_are_offered(
    donghu, donghu_grid, xihu, browse, mei, monkeypatch
):
    other = make_org_unit("grid", "330381002902001", parent=xihu)
    visitor = browse(mei)
    assert offered_grids(visitor) == [donghu_grid.code, other.code]

    monkeypatch.setattr(ResidentFilters, "most_grids", 1)
    assert offered_grids(visitor) is None
    assert offered_grids(visitor, unit=xihu.code) == [other.code]
    assert offered_grids(visitor, grid=donghu_grid.code) == [donghu_grid.code]


@pytest.mark.parametrize(
    "query", ["unit=1", "grid=x", "category=zz", "living=zz", "rolls=zz", "home=zz"]
)
def test_an_unknown_filter_value_is_a_bad_request(query, browse, mei, donghu_grid):
    url = reverse("communities:resident-list")
    assert browse(mei).get(f"{url}?{query}").status_code == 400


def test_a_condition_can_be_taken_away(donghu, browse, lin):
    url = reverse("communities:resident-list")
    page = browse(lin).get(url, {"living": "here", "category": "80"})
    removing = {c["name"]: c["remove_url"] for c in page.context["conditions"]}
    assert removing == {
        "living": f"{url}?category=80",
        "category": f"{url}?living=here",
    }


def test_the_title_counts_the_people_of_the_scope(donghu, xihu, browse, lin):
    make_resident(donghu)
    make_resident(xihu)
    page = browse(lin).get(reverse("communities:resident-list"))
    assert page.context["screen"]["subtitle"] == "东湖社区　在册 1 人，0 户"


def test_the_list_asks_the_database_a_few_times(
    resident, browse, lin, settings, django_assert_max_num_queries
):
    # A cache that is never away: what the title counts is read once.
    settings.CACHES = {"default": {"BACKEND": LOCAL_CACHE}}
    url, visitor = reverse("communities:resident-list"), browse(lin)
    visitor.get(url)
    # Session, person, assignments, permissions, units, rows, edition; six of others.
    with django_assert_max_num_queries(15):
        visitor.get(url)


def test_the_file_needs_a_permission_and_a_purpose(resident, browse, lin, donghu):
    url = reverse("communities:resident-export")
    looker = make_assignment("looker", donghu, ["view_resident"]).user
    assert browse(looker).get(url).status_code == 403
    answer = browse(lin).post(url, {"format": "csv"})
    assert answer.status_code == 422
    answer = browse(lin).post(url, {"format": "csv", "purpose": "contact"})
    file = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "33*************018" in file
    assert ID not in file


def test_apps_add_sections_banners_actions_chips_and_columns(
    resident, browse, lin, monkeypatch
):
    for name in ("offers", "columns"):
        registry = getattr(sections, name)
        monkeypatch.setattr(sections, name, type(registry)(registry.noun))
    sections.resident_banner(order=1)(lambda row, user: [{"text": "横幅", "tone": ""}])
    sections.resident_chip(order=1)(lambda row, user: {"text": "标签", "tone": ""})
    sections.resident_action(order=1)(lambda row, user: {"label": "按钮", "url": "#"})
    sections.resident_section(order=1)(lambda row, user: None)
    sections.resident_column("新列", order=1)(
        lambda rows, user: {row.pk: f"格{row.name}" for row in rows}
    )
    page = browse(lin).get(resident.get_absolute_url()).content.decode()
    assert all(word in page for word in ("横幅", "标签", "按钮"))
    page = browse(lin).get(reverse("communities:resident-list")).content.decode()
    assert "格李四" in page


def cells_of(page, label):
    return re.findall(rf'<td data-label="{label}"[^>]*>', page)


def test_on_a_phone_the_clock_leads_and_living_follows_the_age(resident, browse, lin):
    make_visit_duty(resident.org_unit, resident=resident)
    page = browse(lin).get(reverse("communities:resident-list")).content.decode()
    assert [("yh-lead" in cell) for cell in cells_of(page, "下次走访")] == [True]
    assert [("yh-lead" in cell) for cell in cells_of(page, "居住")] == [False]
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)', page)
    assert heads.index("居住") == heads.index("性别、年龄") + 1


def test_facts_that_belong_together_stand_side_by_side(resident, browse, lin):
    facts = browse(lin).get(resident.get_absolute_url()).context["facts"]
    labels = [str(fact["label"]) for fact in facts]
    for one, other in (("证件种类", "证件号码"), ("紧急联系人", "联系人电话")):
        assert labels.index(one) % 2 == 0
        assert labels.index(other) == labels.index(one) + 1
