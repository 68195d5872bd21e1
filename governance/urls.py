from django.urls import path

from governance import meeting_urls
from governance.screens import (
    ApprovalTierScreens,
    BodyScreens,
    ComplaintScreens,
    DisclosureScreens,
    DutyScreens,
    KinTieScreens,
    MatterScreens,
    MemberScreens,
    PostingScreens,
    QuestionScreens,
    ResidentGroupScreens,
    StatementScreens,
    TermScreens,
    VoucherScreens,
)
from governance.urls_elections import urlpatterns as of_elections
from governance.views import (
    BoardView,
    DisclosuresView,
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
]
