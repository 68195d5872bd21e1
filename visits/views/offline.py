"""The pages for out of reach: one shell for everybody, and a day's list for a phone."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView

from toolkit.context import key_of
from toolkit.policy import PUBLIC
from toolkit.privacy.envelopes import public_key
from toolkit.sync import leases
from visits.declared import Ledger, ledgers_for
from visits.forms import LedgersForm, LogForm
from visits.offline import doors_for_phone, homes_in
from visits.taps import lists_for, proof_of, told
from visits.views.choosing import units_to_choose
from visits.views.today import DayPage

# What the shell is made of; nothing else is kept on a phone.
SHELL_FILES = (
    "vendor/bootstrap.min.css",
    "vendor/idb.js",
    "css/tokens.css",
    "css/components.css",
    "css/print.css",
    "css/visits.css",
    "img/icons.svg",
    "img/mark.svg",
    "img/mark-jade.svg",
    "js/portal.js",
    "js/offline/seal.js",
    "js/offline/store.js",
    "js/offline/send.js",
    "js/offline/telling.js",
    "js/offline/page.js",
    "js/offline/correct.js",
    "js/offline/photos.js",
    "js/offline/form.js",
    "js/offline/taps.js",
    "js/offline/shell.js",
)
# What of it the worker itself needs, to send while no page is open.
WORKER_SCRIPTS = ("vendor/idb.js", "js/offline/store.js", "js/offline/send.js")


class ShellView(TemplateView):
    """The page that works without signal: empty, and the same for everybody.

    What it shows comes out of the phone. So it may lie there after its owner has gone.
    """

    template_name = "visits/offline/shell.html"
    policy = PUBLIC

    def get_context_data(self, **kwargs):
        return super().get_context_data(**shell_context(), **kwargs)


def rules_of(ledger: Ledger) -> dict:
    """Return for whom a ledger is, and which of its questions must be answered."""
    needs = [question.column for question in ledger.asks if question.is_required]
    return {"kinds": ledger.fits, "needs": needs}


class WorkerView(TemplateView):
    """The script that keeps the shell on a phone, for all of the portal."""

    template_name = "visits/offline/worker.js"
    content_type = "text/javascript"
    policy = PUBLIC

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            version=version(),
            page=reverse("visits:offline"),
            files=[static(name) for name in SHELL_FILES],
            scripts=[static(name) for name in WORKER_SCRIPTS],
            sync_url=reverse("api:sync"),
            logout_url=reverse("account_logout"),
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        answer = super().render_to_response(context, **kwargs)
        # It lies below /visits/ and watches over the log-out of the whole portal.
        answer["Service-Worker-Allowed"] = "/"
        answer["Cache-Control"] = "no-cache"
        return answer


def shell_context() -> dict:
    """Return what the shell is drawn from: no moment and no number stands in it."""
    chosen = LogForm.fresh(timezone.now())
    still = {name: chosen[name] for name in ("method", "when", "outcome", "next")}
    offered = ledgers_for(None)
    return {
        "title": pgettext("页面", "离线登记"),
        "form": LogForm(initial=still, subject=None),
        "ledgers": LedgersForm(offered=offered),
        "ledger_rules": {one.slug: rules_of(one) for one in offered},
        "sync_url": reverse("api:sync"),
    }


def version() -> str:
    """Return what changes as soon as the shell or a file of it does.

    Whoever asks, it is that of the page as it is kept: nobody's, in the office's words.
    """
    with translation.override(settings.LANGUAGE_CODE):
        shell = render_to_string(ShellView.template_name, shell_context())
    whole = sha256(shell.encode())
    for name in SHELL_FILES:
        whole.update(Path(finders.find(name)).read_bytes())
    return whole.hexdigest()[:12]


class TakeAlongView(DayPage):
    """Give a phone the doors of the day, and a lease to hold them; written down."""

    http_method_names = ["post"]

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        now = timezone.now()
        unit = self.get_unit(units_to_choose(request.user))
        own, today = self.get_own(), timezone.localdate(now)
        doors, total = doors_for_phone(request.user, unit or own, today)
        lists, form = lists_for(request.user, unit), _("带名单离线")
        fields = [_("住址"), _("姓名"), _("期限"), _("约定再访")]
        taps = [told(kind, one) for kind, one in lists]
        homes = homes_in([*doors, *(one for part in taps for one in part["doors"])])
        left = [
            self.proof_of(unit, own, today, form)
            | {"count": len(doors), "fields": fields},
            *(proof_of(one, form) for _kind, one in lists),
        ]
        lease = leases.issue(request, homes=homes, now=now, left=left)
        return JsonResponse(
            {
                "who": key_of(request.user),
                "token": leases.token_of(lease),
                "lasts": leases.LASTS.total_seconds(),
                "key": public_key(),
                "doors": doors,
                "shown": homes_in(doors),
                "total": total,
                "taps": taps,
            }
        )
