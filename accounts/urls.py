from django.urls import path

from accounts import views
from accounts.screens import AssignmentScreens, TrailScreens, UserScreens

app_name = "accounts"
urlpatterns = [
    path("", views.show_account, name="me"),
    path("page-size/", views.set_page_size, name="page-size"),
    path("users/<int:pk>/password/", views.give_password, name="user-new-password"),
    path(
        "users/<int:pk>/second-factor/",
        views.lift_second_factor,
        name="user-second-factor",
    ),
    *UserScreens.urls(),
    *AssignmentScreens.urls(),
    *TrailScreens.urls(),
]
