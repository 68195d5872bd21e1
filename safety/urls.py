from django.urls import path

from safety import views
from safety.screens import (
    EmergencyDayScreens,
    EmergencyScreens,
    PoliceRoomScreens,
    RollCallScreens,
    ShelterScreens,
)
from toolkit.pillar_home import pillar_home

app_name = "safety"
urlpatterns = [
    pillar_home("safety"),
    path("roll/", views.RollView.as_view(), name="roll"),
    path("roll/sheet/", views.RollSheetView.as_view(), name="sheet"),
    path("roll/new/", views.NewcomerView.as_view(), name="newcomer"),
    path("roll/posts/", views.PostsView.as_view(), name="posts"),
    path(
        "roll/posts/shelters/", views.ShelterPostsView.as_view(), name="shelter-posts"
    ),
    path(
        "shelterposts/<int:pk>/withdraw/",
        views.WithdrawPostView.as_view(),
        name="shelter-post-withdraw",
    ),
    path("team-posts/", views.TeamPostsView.as_view(), name="team-posts"),
    path("rollcalls/<int:pk>/tell/", views.TellView.as_view(), name="tell"),
    path("rollcalls/<int:pk>/back/", views.TakeBackView.as_view(), name="take-back"),
    path("rollcalls/<int:pk>/phone/", views.PhoneView.as_view(), name="phone"),
    path("taps/<int:pk>/take/", views.TakeTapView.as_view(), name="tap-take"),
    path("taps/<int:pk>/leave/", views.LeaveTapView.as_view(), name="tap-leave"),
    *EmergencyScreens.urls(),
    *RollCallScreens.urls(),
    *EmergencyDayScreens.urls(),
    *ShelterScreens.urls(),
    *PoliceRoomScreens.urls(),
]
