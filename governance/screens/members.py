from django.utils.translation import gettext_lazy as _

from governance.forms import (
    KinTieFilters,
    KinTieForm,
    MemberFilters,
    MemberForm,
    ResidentGroupFilters,
    ResidentGroupForm,
)
from governance.models import KinTie, Member, ResidentGroup
from toolkit.columns import Column, DateColumn, LinkColumn, NumberColumn
from toolkit.screens import Closing, ModelScreens, register


@register
class MemberScreens(ModelScreens):
    model = Member
    about = _("各组织的书记、主任、委员和代表")
    icon = "people"
    form_class = MemberForm
    filter_class = MemberFilters
    counted_in = _("人")
    export_action = "export"
    export_needs_purpose = True
    columns = (
        LinkColumn("name"),
        Column("term__body__name", _("组织")),
        Column("post_words", _("职务")),
        Column("sex"),
        Column("birth_year"),
        Column("education"),
        DateColumn("left_on"),
    )
    facts = (
        "term",
        "post_words",
        "sex",
        "birth_year",
        "education",
        "group",
        "left_on",
    )
    passed_over = ("group", "left_on")
    closing = Closing(
        field="left_on",
        label=_("离任"),
        hint=_("离任后不再计入本届成员，记录保留。"),
    )


@register
class ResidentGroupScreens(ModelScreens):
    model = ResidentGroup
    about = _("推选代表的居民小组和户数")
    icon = "team"
    form_class = ResidentGroupForm
    filter_class = ResidentGroupFilters
    counted_in = _("个")
    columns = (
        LinkColumn("name"),
        Column("org_unit__name", _("社区（村）")),
        NumberColumn("households", unit=_("户")),
    )
    closing = Closing(label=_("撤销"), hint=_("撤销后不再计入，记录保留。"))


@register
class KinTieScreens(ModelScreens):
    model = KinTie
    about = _("成员申报的近亲属，供回避审查")
    icon = "people"
    form_class = KinTieForm
    filter_class = KinTieFilters
    export_action = "export"
    export_needs_purpose = True
    columns = (
        LinkColumn("first__name", _("一方")),
        Column("second__name", _("另一方")),
        Column("relation"),
        DateColumn("declared_on"),
    )
    facts = ("first", "second", "relation", "declared_on")

    @classmethod
    def create_label(cls):
        return _("申报近亲属")
