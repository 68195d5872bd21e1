from governance.screens import BodyScreens
from toolkit.pillar_home import pillar_home

app_name = "governance"
urlpatterns = [pillar_home("governance"), *BodyScreens.urls()]
