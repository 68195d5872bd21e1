from django.utils.translation import gettext_lazy as _

from toolkit.search import Box, set_box

set_box(
    Box(
        "communities:find",
        "communities.view_resident",
        _("姓名、拼音、证件末四位、地址（按 / 键）"),
    )
)
