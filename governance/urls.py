from django.urls import path

from governance import meeting_urls
from governance.screens import (
    BodyScreens,
    KinTieScreens,
    MemberScreens,
    ResidentGroupScreens,
    TermScreens,
)
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
    *meeting_urls.urlpatterns,
]
