from governance.forms.bodies import BodyFilters, BodyForm, TermFilters, TermForm
from governance.forms.documents import DocumentForm
from governance.forms.marks import MarksForm
from governance.forms.members import (
    KinTieFilters,
    KinTieForm,
    MemberFilters,
    MemberForm,
    ResidentGroupFilters,
    ResidentGroupForm,
)
from governance.forms.recruiting import (
    ApplicantFilters,
    ApplicantForm,
    RecruitmentFilters,
    RecruitmentForm,
)
from governance.forms.upgrades import UpgradeFilters, UpgradeForm
from governance.forms.workers import (
    CertificateFilters,
    CertificateForm,
    ContractFilters,
    ContractForm,
    WorkerFilters,
    WorkerForm,
)

__all__ = [
    "BodyFilters",
    "BodyForm",
    "ApplicantFilters",
    "ApplicantForm",
    "CertificateFilters",
    "CertificateForm",
    "ContractFilters",
    "ContractForm",
    "DocumentForm",
    "KinTieFilters",
    "KinTieForm",
    "MarksForm",
    "MemberFilters",
    "MemberForm",
    "RecruitmentFilters",
    "RecruitmentForm",
    "ResidentGroupFilters",
    "ResidentGroupForm",
    "TermFilters",
    "TermForm",
    "UpgradeFilters",
    "UpgradeForm",
    "WorkerFilters",
    "WorkerForm",
]
