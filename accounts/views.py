"""One's own account: who I am here, how pages look, what I did last."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import actions
from accounts.forms import PreferencesForm
from toolkit import jobs
from toolkit.models import AuditEvent
from toolkit.policy import requires, signed_in

SHOWN = 10
LOGINS = ("login", "logout", "login-failed", "second-factor-failed")


@signed_in
def show_account(request):
    """Show one's own account and save how pages look."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("已保存。"))
        return redirect("accounts:me")
    held = request.user.assignments.current().select_related("role", "org_unit")
    logins = AuditEvent.objects.filter(actor=request.user, verb__in=LOGINS)
    context = {
        "title": _("我的账号"),
        "form": form,
        "assignments": held.order_by("starts_on"),
        "logins": logins[:SHOWN],
        "jobs": jobs.recent_of(request.user, timezone.now()),
        "has_second_factor": request.user.authenticator_set.filter(
            type="totp"
        ).exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/account.html", context, status=status)


@signed_in
def set_page_size(request):
    """Remember how many rows a list shows, then go back to the list."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    size = request.POST.get("page_size", "")
    if size in ("20", "50", "100"):
        request.user.page_size = int(size)
        request.user.save(update_fields=["page_size"])
    else:
        messages.error(request, _("每页可选 20、50、100 行。"))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/desk/"
    return redirect(back)


@requires("accounts.change_user")
def give_password(request, pk):
    """Give an account a new one-time password and show it once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    users = get_user_model().objects.in_scope_of(request.user, "change")
    user = get_object_or_404(users.exclude(pk=request.user.pk), pk=pk)
    password = actions.give_initial_password(user=user, by=request.user)
    messages.warning(
        request,
        _("初始密码：%(password)s　只显示这一次，72 小时内有效，首次登录须修改。")
        % {"password": password},
    )
    return redirect(user)
