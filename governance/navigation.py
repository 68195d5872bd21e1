from django.utils.translation import gettext_lazy as _

from toolkit.navigation import REPORTING, Item, add
from toolkit.pillar_home import add_to_menu

add_to_menu("governance")
add(
    REPORTING,
    Item(
        _("公开看板"),
        "open",
        "governance:disclosures",
        "governance.view_disclosureduty",
        order=70,
    ),
)
