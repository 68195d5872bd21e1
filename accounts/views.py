"""One's own account: who I am here, how pages look, what I did last."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import actions
from accounts.forms import PreferencesForm
from accounts.models import User
from toolkit import audit, jobs
from toolkit.audit_words import act_words
from toolkit.forms import NoteForm
from toolkit.models import AuditEvent
from toolkit.permissions import address_for
from toolkit.policy import requires, signed_in
from toolkit.refusals import not_found

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
        "jobs": jobs.recent_of(request.user, timezone.now()),
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


def somebody_else(user, pk: int, permission: str) -> User:
    """Return the account of another person, for whoever may do this to all accounts."""
    named = User.objects.filter(pk=pk)
    other = named.exclude(pk=user.pk).first()
    if other is None or not user.has_perm(permission, other):
        raise not_found(user, permission, named)
    return other


@requires("accounts.change_user")
def give_password(request, pk):
    """Ask first, then give an account a new one-time password and show it once."""
    user = somebody_else(request.user, pk, "accounts.change_user")
    if request.method == "POST":
        password = actions.give_temporary_password(user=user, by=request.user)
        messages.warning(request, actions.password_words(password))
        return redirect(user)
    hint = _("将作废%(name)s现在的密码，临时密码3天内有效，只显示一次。")
    return ask(
        request,
        user,
        step=_("发放临时密码"),
        back=user.get_absolute_url(),
        hint=hint % {"name": user},
        effects=[
            _("这个账号在所有设备上退出登录。"),
            _("本人用临时密码登录后，须马上修改密码。"),
        ],
    )


def ask(request, user, *, step: str, back: str, **context):
    """Show what a step does to somebody's account, with the button that does it."""
    form = context.get("form")
    question = context | {
        "title": _("%(step)s：%(name)s") % {"step": step, "name": user},
        "submit_label": step,
        "cancel_url": back,
        "breadcrumbs": [
            {"label": str(user), "url": back},
            {"label": step, "url": None},
        ],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "toolkit/object_confirm.html", question, status=status)


@requires(actions.LIFTING)
def lift_second_factor(request, pk):
    """Ask for a reason, then take the lost second factor off somebody's account."""
    user = somebody_else(request.user, pk, actions.LIFTING)
    form = NoteForm(request.POST or None)
    listed = reverse("accounts:assignment-list")
    back = address_for(user, request.user) or f"{listed}?{urlencode({'q': user.name})}"
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            actions.lift_second_factor(user=user, by=request.user, note=note)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已解除%(name)s的动态口令。") % {"name": user})
            return redirect(back)
    return ask(
        request,
        user,
        step=_("解除动态口令"),
        back=back,
        hint=_("只在当面核实本人以后办理，原因里写明怎样核实的。"),
        effects=[
            _("原来的动态口令和备用码都不能再用。"),
            _("这个账号在所有设备上退出登录。"),
            _("本人凭密码登录后，须重新开通动态口令。"),
        ],
        form=form,
    )
