from django.utils.translation import gettext_lazy as _

from toolkit import pillars


class GovernanceConfig(pillars.PillarConfig):
    name = "governance"
    verbose_name = _("自治")
    icon = "governance"
    hue = "governance"
    order = 1
    chapters = (
        (
            _("组织和成员"),
            (
                *("body", "term", "member", "residentgroup", "kintie", "upgrade"),
                "orgunit",
            ),
        ),
        (_("会议和表决"), ("meeting", "motion")),
        (
            _("选举和换届"),
            (
                *("election", "electionofficer", "voter", "objection", "candidate"),
                *("proxy", "ballotcount", "termtransfer", "transferitem"),
                *("recall", "resignation"),
            ),
        ),
        (
            _("党务、居务（村务）公开"),
            (
                *("disclosure", "disclosureduty", "matter", "posting"),
                *("question", "complaint"),
            ),
        ),
        (_("财务收支"), ("voucher", "statement", "approvaltier")),
        (
            _("社区工作者和招聘"),
            ("worker", "contract", "certificate", "recruitment", "applicant"),
        ),
    )
