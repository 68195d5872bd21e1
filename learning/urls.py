from learning.screens import SchoolSessionScreens
from toolkit.pillar_home import pillar_home

app_name = "learning"
urlpatterns = [pillar_home("learning"), *SchoolSessionScreens.urls()]
