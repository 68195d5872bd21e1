from volunteers.screens import TeamScreens

app_name = "volunteers"
urlpatterns = [*TeamScreens.urls()]
