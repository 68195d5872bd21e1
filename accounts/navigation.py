from django.utils.translation import gettext_lazy as _

from toolkit.navigation import SYSTEM, Item, add

# Administrators hold no other role: on a phone these fill their bar.
LINES = (
    (_("账号"), "user", "accounts:user-list", "accounts.view_user"),
    (_("任职"), "people", "accounts:assignment-list", "accounts.view_assignment"),
    (_("审计"), "audit", "accounts:trail-list", "toolkit.view_auditevent"),
)
for order, (label, icon, url_name, permission) in enumerate(LINES, start=81):
    add(SYSTEM, Item(label, icon, url_name, permission, order, bar_label=label))
