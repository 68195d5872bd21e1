from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.forms import BodyFilters, BodyForm
from governance.models import Body
from toolkit.columns import Column, DateColumn, LinkColumn
from toolkit.paging import Sort
from toolkit.screens import Closing, ModelScreens, register


@register
class BodyScreens(ModelScreens):
    model = Body
    plural = "bodies"
    about = _("每个社区（村）的党组织、代表会议、协商、居委和监督组织")
    icon = "governance"
    form_class = BodyForm
    filter_class = BodyFilters
    counted_in = _("个")
    columns = (
        LinkColumn("name"),
        Column("org_unit__name", _("社区（村）")),
        Column("kind"),
        Column("head"),
        DateColumn("founded_on"),
        DateColumn("term_ends_on"),
    )
    sorts = {
        "units": (_("社区（村）"), Sort("org_unit__path")),
        "newest": (_("最近登记"), Sort("pk", descending=True)),
    }
    closing = Closing(label=_("撤销"), hint=_("撤销后不再计入，记录保留。"))

    @classmethod
    def chips(cls, row):
        if row.term_ends_on and row.term_ends_on < timezone.localdate():
            return [{"text": _("任期已满"), "tone": "bad"}]
        return []
