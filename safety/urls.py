from safety.screens import PoliceRoomScreens
from toolkit.pillar_home import pillar_home

app_name = "safety"
urlpatterns = [pillar_home("safety"), *PoliceRoomScreens.urls()]
