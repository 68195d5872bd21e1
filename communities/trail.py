"""The words of the acts that this app leaves in the audit trail."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from communities.models import BoundaryChange, HouseholdStep, PopulationEvent
from toolkit.audit_words import name_verbs

FAMILIES = {
    "household": (_("住户：%(kind)s"), HouseholdStep.Kind),
    "population": (_("人口变动：%(kind)s"), PopulationEvent.Kind),
    "boundary": (_("区划调整：%(kind)s"), BoundaryChange.Kind),
}


def words_of(sentence, kind) -> str:
    return sentence % {"kind": kind.label}


lazily = lazy(words_of, str)
for family, (sentence, kinds) in FAMILIES.items():
    name_verbs({f"{family}-{kind}": lazily(sentence, kind) for kind in kinds})
name_verbs({"population-reversed": _("撤销人口变动"), "searched": _("按号码查找")})
name_verbs(handed_in=_("上传名册"), dropped=_("不写入，删除文件"))
