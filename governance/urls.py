from django.urls import path

from governance.models import Recruitment, Term, Upgrade
from governance.screens import (
    ApplicantScreens,
    BodyScreens,
    CertificateScreens,
    ContractScreens,
    KinTieScreens,
    MemberScreens,
    RecruitmentScreens,
    ResidentGroupScreens,
    TermScreens,
    UpgradeScreens,
    WorkerScreens,
)
from governance.views import BoardView, WorkerStatistics, document_urls, enter_marks
from toolkit.pillar_home import pillar_home

app_name = "governance"
urlpatterns = [
    pillar_home("governance"),
    path("board/", BoardView.as_view(), name="board"),
    *BodyScreens.urls(),
    *TermScreens.urls(),
    *document_urls(Term),
    *UpgradeScreens.urls(),
    *document_urls(Upgrade),
    *MemberScreens.urls(),
    *ResidentGroupScreens.urls(),
    *KinTieScreens.urls(),
    path("workers/statistics/", WorkerStatistics.as_view(), name="worker-statistics"),
    *WorkerScreens.urls(),
    *ContractScreens.urls(),
    *CertificateScreens.urls(),
    *RecruitmentScreens.urls(),
    *document_urls(Recruitment),
    path(
        "recruitments/<int:pk>/marks/<slug:kind>/",
        enter_marks,
        name="recruitment-marks",
    ),
    *ApplicantScreens.urls(),
]
