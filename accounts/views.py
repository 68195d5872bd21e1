"""One's own account: who I am here, how pages look, what I did last."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import actions
from accounts.forms import PreferencesForm
from toolkit import audit
from toolkit.audit_words import act_words
from toolkit.models import AuditEvent
from toolkit.policy import requires, signed_in

SHOWN = 10
# What concerns the way into an account, done by its owner or to it.
LOGINS = (
    "login",
    "logout",
    "login-failed",
    "login-locked",
    "second-factor-failed",
    "password-given",
    "password-changed",
    "second-factor-on",
    "second-factor-off",
    "second-factor-lifted",
    "recovery-codes-made",
    "sessions-ended",
)


@signed_in
def show_account(request):
    """Show one's own account and save how pages look."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("已保存。"))
        return redirect("accounts:me")
    held = request.user.assignments.current().select_related("role", "org_unit")
    context = {
        "title": _("我的账号"),
        "form": form,
        "assignments": held.order_by("starts_on"),
        "logins": logins_of(request.user),
        "has_second_factor": request.user.authenticator_set.filter(
            type="totp"
        ).exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/account.html", context, status=status)


def logins_of(user) -> list[dict]:
    """Return the newest events about the way into one's account, in words.

    A failed try has the account for its subject; who made it, nobody knows.
    """
    # What an administrator did to others is no event of his own account.
    done = AuditEvent.objects.filter(actor=user, subject_id=None)
    found = {}
    for rows in (done, audit.events_of(user)):
        newest = rows.filter(verb__in=LOGINS)[:SHOWN]
        found |= {event.pk: event for event in newest}
    return [
        {
            "at": event.at,
            "act": act_words(event),
            "by": event.actor_name if event.actor_id != user.pk else "",
            "ip": event.ip or "",
        }
        for _pk, event in sorted(found.items(), reverse=True)[:SHOWN]
    ]


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
