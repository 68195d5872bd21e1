"""Addresses of elections and of what ends or passes on an office."""

from django.urls import path

from governance.screens import (
    BallotCountScreens,
    CandidateScreens,
    ElectionOfficerScreens,
    ElectionScreens,
    ObjectionScreens,
    ProxyScreens,
    RecallScreens,
    ResignationScreens,
    TermTransferScreens,
    TransferItemScreens,
    VoterScreens,
)
from governance.views import (
    BoardSheetView,
    CalendarView,
    RegisterView,
    TransferPackView,
)

OF_AN_ELECTION = "elections/<int:pk>"
urlpatterns = [
    *ElectionScreens.urls(),
    path(
        f"{OF_AN_ELECTION}/calendar/",
        CalendarView.as_view(),
        name="election-calendar",
    ),
    path(f"{OF_AN_ELECTION}/board/", BoardSheetView.as_view(), name="election-board"),
    path(
        f"{OF_AN_ELECTION}/register/",
        RegisterView.as_view(),
        name="election-register",
    ),
    *ElectionOfficerScreens.urls(),
    *VoterScreens.urls(),
    *ObjectionScreens.urls(),
    *CandidateScreens.urls(),
    *ProxyScreens.urls(),
    *BallotCountScreens.urls(),
    *RecallScreens.urls(),
    *ResignationScreens.urls(),
    *TermTransferScreens.urls(),
    path(
        "transfers/<int:pk>/pack/",
        TransferPackView.as_view(),
        name="transfer-pack",
    ),
    *TransferItemScreens.urls(),
]
