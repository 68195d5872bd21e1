from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions.recruiting import MARKED
from governance.forms import MarksForm
from governance.forms.marks import TITLES
from governance.models import Applicant, Recruitment
from governance.screens import RecruitmentScreens
from toolkit import audit
from toolkit.permissions import permission_name
from toolkit.policy import requires
from toolkit.refusals import not_found


@requires("governance.change_applicant")
@require_http_methods(["GET", "POST"])
def enter_marks(request, pk, kind):
    """Enter the marks of one round, everybody in one table."""
    if kind not in MARKED:
        raise Http404
    rows = Recruitment.objects.in_scope_of(request.user, "view")
    notice = rows.filter(pk=pk).first()
    allowed = permission_name(Applicant, "change")
    if notice is None or not request.user.has_perm(allowed, notice):
        raise not_found(request.user, allowed, Recruitment.objects.filter(pk=pk))
    stages, _steps = MARKED[kind]
    if notice.status not in stages:
        messages.error(request, _("这个环节已经过了，成绩不能再改。"))
        return redirect(notice)
    data = request.POST if request.method == "POST" else None
    form = MarksForm(data, recruitment=notice, kind=kind)
    if data is not None and form.is_valid():
        try:
            count = form.write(request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            told = {"count": count}
            messages.success(request, _("已登记%(count)d人的成绩。") % told)
        return redirect(notice)
    audit.record("read", subject=notice, fields=["applicants"])
    context = {
        "form": form,
        "lines": form.lines(),
        "title": TITLES[kind],
        "notice": notice,
        "breadcrumbs": breadcrumbs(notice, TITLES[kind]),
    }
    status = 200 if data is None else 422
    return render(request, "governance/marks.html", context, status=status)


def breadcrumbs(notice: Recruitment, title) -> list[dict]:
    return [
        {"label": _("招聘"), "url": RecruitmentScreens.url("list")},
        {"label": str(notice), "url": notice.get_absolute_url()},
        {"label": title, "url": None},
    ]
