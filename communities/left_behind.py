"""Who is still registered in a unit that has ended.

Households and people stay on the path of their unit. The staff of its successor do not
reach them there, so whoever sees the whole street has to move them (F012).
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Household, OrgUnit, Resident


def left_behind(unit: OrgUnit, user) -> list[dict]:
    """Return the banner that counts them and says what to do; none where all is done.

    It is for those who may see the households of the unit.
    """
    if unit.valid_to is None or not user.has_perm("communities.view_household", unit):
        return []
    homes = Household.objects.open().within(unit).count()
    people = Resident.objects.registered().within(unit).count()
    if not homes and not people:
        return []
    told = {"unit": unit.full_name, "homes": f"{homes:,}", "people": f"{people:,}"}
    title = _("%(unit)s已撤销，还有 %(homes)s 户、%(people)s 人登记在这里。")
    return [
        {
            "tone": "wait",
            "icon": "info",
            "title": title % told,
            "text": _(
                "新社区的人员看不到他们。请能办全街道住户的人员在各户页面办理"
                "“迁移住址”，选新社区的网格，成员一并转过去；未编户的先编入住户。"
            ),
            "url": f"{reverse('communities:household-list')}?unit={unit.code}",
            "url_label": _("查看这些住户"),
        }
    ]
