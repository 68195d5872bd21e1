from ecology.screens import GreeneryScreens
from toolkit.pillar_home import pillar_home

app_name = "ecology"
urlpatterns = [pillar_home("ecology"), *GreeneryScreens.urls()]
