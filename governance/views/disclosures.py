from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from communities.models import OrgUnit
from governance.disclosing.board import Board, narrowed
from governance.models import DisclosureDuty, Matter, Posting, Question, Voucher
from toolkit import audit, formats
from toolkit.downloads import as_download
from toolkit.periods import QUARTER, Period
from toolkit.permissions import permission_name
from toolkit.policy import Policy, requires
from toolkit.refusals import not_found

LEVELS = {
    OrgUnit.Level.COMMUNITY: gettext_lazy("社区"),
    OrgUnit.Level.VILLAGE: gettext_lazy("村"),
}
QUARTERS_BACK = 4


def quarter_asked(slug: str) -> Period:
    """Return the quarter of the address, that of today for none."""
    if not slug:
        return Period.quarter_of(timezone.localdate())
    try:
        period = Period.parse(slug)
    except ValueError as failure:
        raise BadRequest(str(failure)) from failure
    if period.kind != QUARTER:
        raise BadRequest(_("看板按季度看，请重新选择。"))
    return period


def chosen(params, name: str, values) -> str:
    """Return the choice of a filter, "" for all; BadRequest for what is none."""
    value = params.get(name, "")
    if value and value not in values:
        raise BadRequest(_("没有这种筛选，请重新选择。"))
    return value


def quarters() -> list[Period]:
    """Return the quarters to choose from, the newest first."""
    period, found = Period.quarter_of(timezone.localdate()), []
    for _number in range(QUARTERS_BACK):
        found.append(period)
        period = period.previous()
    return found


class DisclosuresView(TemplateView):
    """Units by matters of the catalogue: done, late or missing, with the article."""

    template_name = "governance/disclosures.html"
    policy = Policy("permission", "governance.view_disclosureduty")

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        period = quarter_asked(asked.get("period", ""))
        group = chosen(asked, "group", Matter.Group.values)
        kind = chosen(asked, "kind", LEVELS)
        state = chosen(asked, "state", ("bad", "due"))
        units = self.units(kind)
        duties = self.duties(period, group, state).filter(org_unit__in=units)
        board = Board(duties, units)
        export = {"since": period.start, "until": period.last_day, "group": group}
        return super().get_context_data(
            title=_("公开看板"),
            period=period,
            periods=quarters(),
            groups=Matter.Group.choices,
            kinds=LEVELS.items(),
            asked={"group": group, "kind": kind, "state": state},
            board=board,
            matters=board.matters,
            rows=board.rows(),
            counts=board.counts,
            total=board.counts.total(),
            missing=board.missing(),
            questions=self.questions(),
            day=formats.cn_day(timezone.localdate()),
            export_url=f"{reverse('governance:disclosureduty-export')}?"
            + urlencode({name: value for name, value in export.items() if value}),
            **kwargs,
        )

    def units(self, kind: str) -> list[OrgUnit]:
        rows = OrgUnit.objects.in_scope_of(self.request.user).current().communities()
        rows = rows.filter(level=kind) if kind else rows
        return list(rows.order_by("level", "path"))

    def duties(self, period: Period, group: str, state: str):
        rows = DisclosureDuty.objects.in_scope_of(self.request.user).due_in(period)
        rows = rows.filter(matter__group=group) if group else rows
        rows = narrowed(rows, state=state, today=self.today())
        return rows.select_related("matter", "org_unit")

    @staticmethod
    def today() -> date:
        return timezone.localdate()

    def questions(self) -> list[Question]:
        """Return what residents asked and nobody has answered, the oldest first."""
        rows = Question.objects.in_scope_of(self.request.user).waiting()
        return list(rows.select_related("org_unit", "disclosure").order_by("pk")[:10])


def row_asked(request, model, pk: int):
    """Return a row that the user may see; 404 for any other."""
    row = model.objects.in_scope_of(request.user).filter(pk=pk).first()
    if row is None:
        permission = permission_name(model, "view")
        raise not_found(request.user, permission, model.objects.filter(pk=pk))
    return row


@requires("governance.view_voucher")
@require_GET
def voucher_file(request, pk):
    """Hand out the paper of a voucher to who may see it; it is written down."""
    voucher = row_asked(request, Voucher, pk)
    if not voucher.file:
        raise Http404(_("这张凭证没有附件。"))
    audit.record("read", subject=voucher, fields=["file"])
    name, kind = voucher.file_name, voucher.media_type
    return as_download(voucher.file, name=name, media_type=kind)


@requires("governance.view_posting")
@require_GET
def posting_photo(request, pk):
    """Hand out the photo of a sheet on the board."""
    posting = row_asked(request, Posting, pk)
    if not posting.photo:
        raise Http404(_("这条张贴记录没有照片。"))
    name = f"{posting.pk}.jpg"
    return as_download(posting.photo, name=name, media_type="image/jpeg")
