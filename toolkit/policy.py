"""Who may open a view. Every view declares it; what is undeclared is refused.

@requires("visits.add_visit")
def log_visit(request): ...

class Home(TemplateView):
    policy = PUBLIC
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseForbidden, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from toolkit import audit
from toolkit.client_address import is_local
from toolkit.refusals import record_refusal

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Policy:
    """What a visitor needs to open a view at all; rows are the scope's business."""

    kind: str  # public, signed_in, permission, local
    permission: str = ""

    def allows(self, request) -> bool:
        """Answer for a visitor; the public is never asked who he is."""
        if self.kind == "public":
            return True
        if self.kind == "local":
            return is_local(request)
        if not request.user.is_authenticated:
            return False
        return self.kind == "signed_in" or request.user.has_perm(self.permission)

    def __str__(self):
        return self.permission or self.kind


PUBLIC = Policy("public")
SIGNED_IN = Policy("signed_in")
LOCAL = Policy("local")


def declare(policy: Policy) -> Callable:
    """Decorate a function view with its policy."""

    def mark(view):
        view.policy = policy
        return view

    return mark


public = declare(PUBLIC)
signed_in = declare(SIGNED_IN)
local_only = declare(LOCAL)


def requires(permission: str) -> Callable:
    """Decorate a function view: only who holds the permission somewhere."""
    return declare(Policy("permission", permission))


def policy_of(view, url_name: str | None = None) -> Policy | None:
    """Return the declared policy of a view, or None.

    Views of libraries are declared by URL name in settings.YUHAI_FOREIGN_POLICIES.
    """
    for holder in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        if isinstance(getattr(holder, "policy", None), Policy):
            return holder.policy
    foreign = import_string(settings.YUHAI_FOREIGN_POLICIES)
    return foreign.get(url_name) or foreign.get(getattr(view, "__module__", ""))


def way_back(request) -> str:
    """Return where to go on after signing in.

    What a form was to write is gone with the sign-in: its own address shows nothing,
    so the way leads to the page it stood on, which is told to say so.
    """
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    if "X-Requested-With" in request.headers:
        # A page asked of itself whether somebody is still signed in: nothing is lost.
        return settings.LOGIN_REDIRECT_URL
    messages.warning(request, _("登录已到期，刚才提交的内容没有写入，请再办一次。"))
    came_from = request.META.get("HTTP_REFERER", "")
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(came_from, hosts, request.is_secure()):
        return settings.LOGIN_REDIRECT_URL
    return urlsplit(came_from)._replace(scheme="", netloc="", fragment="").geturl()


class PolicyMiddleware:
    """Ask the policy of the view before it runs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        # After log-out the back button must not show a resident on a shared desk.
        if not getattr(request, "is_public", True) and "Cache-Control" not in answer:
            answer["Cache-Control"] = "private, no-store"
        return answer

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        policy = policy_of(view, match.url_name)
        if policy is None:
            logger.error("view without a policy: %s", match.view_name)
            return HttpResponseForbidden(_("此页面没有声明访问权限，已拒绝。"))
        request.is_public = policy.kind == "public"
        if policy.allows(request):
            return None
        return self.refuse(request, policy)

    def process_exception(self, request, failure):
        """Write down what the view itself refuses; its answer stays as it is."""
        match = request.resolver_match
        record_refusal(failure, str(policy_of(match.func, match.url_name)))

    @staticmethod
    def refuse(request, policy):
        if policy.kind != "local" and not request.user.is_authenticated:
            if request.path.startswith("/api/"):
                return JsonResponse({"detail": _("请先登录。")}, status=401)
            return redirect_to_login(way_back(request))
        audit.record("refused", actor=audit.person(request), purpose=str(policy))
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": _("您没有这项权限。")}, status=403)
        raise PermissionDenied
