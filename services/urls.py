from services.screens import ServicePointScreens
from toolkit.pillar_home import pillar_home

app_name = "services"
urlpatterns = [pillar_home("services"), *ServicePointScreens.urls()]
