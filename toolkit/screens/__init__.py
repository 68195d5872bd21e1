"""Staff screens, written once; an app declares what differs.

@register
class HonourScreens(ModelScreens):
    model = Honour
    form_class = HonourForm
    filter_class = HonourFilters
    columns = (LinkColumn("title"), Column("org_unit"), DateColumn("awarded_on"))

urlpatterns = [*HonourScreens.urls()]
"""

from toolkit.screens.declaration import Closing, ModelScreens, register, screens

__all__ = ["Closing", "ModelScreens", "register", "screens"]
