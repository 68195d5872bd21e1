from django.urls import path

from governance import meeting_urls
from governance.models import Recruitment, Term, Upgrade
from governance.screens import (
    ApplicantScreens,
    ApprovalTierScreens,
    BodyScreens,
    CertificateScreens,
    ComplaintScreens,
    ContractScreens,
    DisclosureScreens,
    DutyScreens,
    KinTieScreens,
    MatterScreens,
    MemberScreens,
    PostingScreens,
    QuestionScreens,
    RecruitmentScreens,
    ResidentGroupScreens,
    StatementScreens,
    TermScreens,
    UpgradeScreens,
    VoucherScreens,
    WorkerScreens,
)
from governance.urls_elections import urlpatterns as of_elections
from governance.views import (
    BoardView,
    DisclosuresView,
    WorkerStatistics,
    document_urls,
    enter_marks,
    posting_photo,
    voucher_file,
)
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
    *meeting_urls.urlpatterns,
    path("disclosure/", DisclosuresView.as_view(), name="disclosures"),
    *MatterScreens.urls(),
    *DutyScreens.urls(),
    *DisclosureScreens.urls(),
    *PostingScreens.urls(),
    path("postings/<int:pk>/photo/", posting_photo, name="posting-photo"),
    *QuestionScreens.urls(),
    *ComplaintScreens.urls(),
    *ApprovalTierScreens.urls(),
    *VoucherScreens.urls(),
    path("vouchers/<int:pk>/file/", voucher_file, name="voucher-file"),
    *StatementScreens.urls(),
    *of_elections,
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
