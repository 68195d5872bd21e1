from django.urls import path

from governance.screens import (
    BodyScreens,
    KinTieScreens,
    MemberScreens,
    ResidentGroupScreens,
    TermScreens,
)
from governance.urls_elections import urlpatterns as of_elections
from governance.views import BoardView
from toolkit.pillar_home import pillar_home

app_name = "governance"
urlpatterns = [
    pillar_home("governance"),
    path("board/", BoardView.as_view(), name="board"),
    *BodyScreens.urls(),
    *TermScreens.urls(),
    *MemberScreens.urls(),
    *ResidentGroupScreens.urls(),
    *KinTieScreens.urls(),
    *of_elections,
]
