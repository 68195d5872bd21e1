"""What a visitor may set: size of type, theme, language, one's own community.

Each choice is a cookie of the browser and nothing else, so these forms carry no token
and public pages stay the same for everybody. A form on a foreign page is refused all
the same.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from portal.directory import directory
from portal.look import COMMUNITY_COOKIE, LARGE, THEME_COOKIE, THEMES, TYPE_COOKIE
from portal.site import Site
from toolkit.policy import public

ONE_YEAR = 365 * 24 * 60 * 60


def refuse_strangers(request) -> None:
    """Raise BadRequest for a form that another site sent."""
    sender = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER", "")
    site = request.META.get("HTTP_SEC_FETCH_SITE", "same-origin")
    is_ours = not sender or urlsplit(sender).netloc == request.get_host()
    if not is_ours or site not in ("same-origin", "none"):
        raise BadRequest(_("请从本网站的页面上操作。"))


def back(request) -> HttpResponseRedirect:
    """Return to the page on which the button was pressed."""
    url = request.POST.get("next", "")
    is_ours = url.startswith("/") and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(url if is_ours else reverse("portal:home"))


def keep(answer, name: str, value: str) -> None:
    """Set a cookie for a year, or remove it for an empty value."""
    if value:
        answer.set_cookie(
            name,
            value,
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        answer.delete_cookie(name, samesite="Lax")


@public
@csrf_exempt
@require_POST
def display(request):
    """Set size of type, theme or language, and go back."""
    refuse_strangers(request)
    answer = back(request)
    asked = request.POST
    if "type" in asked:
        keep(answer, TYPE_COOKIE, known(asked["type"], (LARGE,), "normal"))
    if "theme" in asked:
        keep(answer, THEME_COOKIE, known(asked["theme"], THEMES, "auto"))
    if "language" in asked:
        keep(answer, settings.LANGUAGE_COOKIE_NAME, language_of(asked["language"]))
    answer["Cache-Control"] = "no-store"
    return answer


def known(value: str, values: tuple[str, ...], default: str) -> str:
    """Return a value to keep, "" for the default; raises BadRequest on any other."""
    if value == default:
        return ""
    if value not in values:
        raise BadRequest(_("没有这种显示方式。"))
    return value


def language_of(code: str) -> str:
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        raise BadRequest(_("没有这种语言。"))
    return code


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def my_community(request):
    """Choose one's community once; later the column leads straight to it."""
    if request.method == "POST":
        return choose_community(request)
    site = Site(request, "mine")
    if site.mine and "change" not in request.GET:
        answer = HttpResponseRedirect(reverse("portal:unit", args=[site.mine.code]))
        answer["Cache-Control"] = "no-store"
        return answer
    context = {"units": site.directory.communities, "mine": site.mine}
    return site.page("portal/my_community.html", context, by_content=True)


def choose_community(request):
    """Keep the community that the form names, or forget it for an empty one."""
    refuse_strangers(request)
    code = request.POST.get("community", "")
    if code and code not in {unit.code for unit in directory().communities}:
        raise BadRequest(_("没有这个社区，请重新选择。"))
    answer = back(request)
    keep(answer, COMMUNITY_COOKIE, code)
    answer["Cache-Control"] = "no-store"
    return answer
