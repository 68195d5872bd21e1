from django.utils.translation import gettext_lazy as _

from toolkit.navigation import DAILY, REPORTING, Item, add

add(
    DAILY,
    Item(_("工作台"), "home", "desk:desk", "", order=1, bar_label=_("工作台")),
)
add(
    REPORTING,
    Item(
        _("报表"),
        "report",
        "reports:overview",
        "reports.view_report",
        order=71,
        bar_label=_("报表"),
    ),
)
add(
    REPORTING,
    Item(
        _("指标目标"),
        "target",
        "reports:metrictarget-list",
        "reports.view_metrictarget",
        order=72,
    ),
)
