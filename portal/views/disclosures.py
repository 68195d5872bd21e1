"""Disclosures for residents, and what they write about them without an account.

The forms carry no token, as all of the public site: a form on a foreign page is
refused, and the database counts how often one address writes.
"""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from communities.models import OrgUnit
from governance.disclosing.asking import TooOften, ask, complain, found_by
from governance.forms.residents import AskForm, CodeForm, ComplainForm
from governance.models import Disclosure, Matter
from portal.disclosed import (
    Listed,
    crumbs,
    disclosed_context,
    lines_of,
    poster_context,
    reply_context,
)
from portal.site import Site
from portal.views.choices import refuse_strangers
from toolkit.policy import public

SECTION = "disclosure"
TOO_MANY, REFUSED = 429, 422


def private(answer):
    """Let no cache keep what belongs to one asker, and no search engine find it."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    del answer["ETag"]
    return answer


def row_of(pk: int) -> Disclosure:
    """Return what is public now; 404 for anything else."""
    rows = Disclosure.objects.published()
    row = rows.select_related("matter", "org_unit", "corrects").filter(pk=pk).first()
    if row is None:
        raise Http404(_("没有这项公开内容，或者已经撤下、更正。"))
    return row


@public
@require_safe
def disclosure_list(request):
    """What communities have made public, of one of them or of all."""
    site = Site(request, SECTION)
    listed = Listed(request.GET, site.directory)
    context = {
        "lines": lines_of(listed.rows, site.directory),
        "unit": listed.unit,
        "units": site.directory.communities,
        "group": listed.group,
        "groups": Matter.Group.choices,
        "next_url": listed.next_url,
        "is_filtered": bool(request.GET),
    }
    return site.page("portal/disclosure.html", context, by_content=True)


@public
@require_safe
def disclosed(request, pk):
    """One disclosure with its statement, what was asked, and a form to ask."""
    site = Site(request, SECTION)
    context = disclosed_context(site, row_of(pk)) | {"form": AskForm()}
    return site.page("portal/disclosed.html", context, by_content=True)


@public
@csrf_exempt
@require_POST
def ask_about(request, pk):
    """Take a question; its own page then tells the code."""
    refuse_strangers(request)
    row, form = row_of(pk), AskForm(request.POST)
    status, address = REFUSED, request.META.get("REMOTE_ADDR", "")
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("text", "is_open")}
        try:
            _question, code = ask(disclosure=row, address=address, **said)
        except ValidationError as refusal:
            form.add_error("text", refusal)
            status = TOO_MANY if isinstance(refusal, TooOften) else REFUSED
        else:
            return to_reply(code)
    site = Site(request, SECTION)
    context = disclosed_context(site, row) | {"form": form}
    return private(site.page("portal/disclosed.html", context, status=status))


def to_reply(code: str) -> HttpResponseRedirect:
    """Lead to the page of the code, so that sending twice is no second question."""
    answer = HttpResponseRedirect(reverse("portal:reply", args=[code]))
    return private(answer)


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request):
    """Type in a code, and get to the reply."""
    site = Site(request, SECTION)
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        refuse_strangers(request)
        status = REFUSED
        if form.is_valid():
            code = form.cleaned_data["code"].upper().replace("-", "").replace(" ", "")
            if found_by(code) is not None:
                return to_reply(code)
            form.add_error("code", _("没有这个查询码，请核对。"))
    context = {"form": form, "breadcrumbs": crumbs((_("查询答复"), None))}
    answer = site.page("portal/asked.html", context, status=status, by_content=True)
    return private(answer) if status != 200 else answer


@public
@require_safe
def reply(request, code):
    """What one asker wrote, how long the office has, what it replied."""
    found = found_by(code)
    if found is None:
        raise Http404(_("没有这个查询码，请核对。"))
    site = Site(request, SECTION)
    context = reply_context(found, code)
    return private(site.page("portal/reply.html", context, by_content=True))


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request):
    """Tell the street what a community has not published (居委会法 35, 村委会法 36)."""
    site = Site(request, SECTION)
    units = site.directory.communities
    if request.method != "POST":
        chosen = request.GET.get("unit") or (site.mine.code if site.mine else "")
        form = ComplainForm(units=units, initial={"unit": chosen})
        return complaint_page(site, form)
    refuse_strangers(request)
    form, status = ComplainForm(request.POST, units=units), REFUSED
    if form.is_valid():
        data = form.cleaned_data
        said = {name: data[name] for name in ("kind", "matter", "text")}
        unit = OrgUnit.objects.current().get(code=data["unit"])
        address = request.META.get("REMOTE_ADDR", "")
        try:
            _complaint, code = complain(unit=unit, address=address, **said)
        except ValidationError as refusal:
            form.add_error("text", refusal)
            status = TOO_MANY if isinstance(refusal, TooOften) else REFUSED
        else:
            return to_reply(code)
    return private(complaint_page(site, form, status))


def complaint_page(site: Site, form: ComplainForm, status: int = 200):
    context = {"form": form, "breadcrumbs": crumbs((_("应公开没有公开"), None))}
    return site.page("portal/missing.html", context, status=status, by_content=True)


@public
@require_safe
def disclosure_poster(request, pk):
    """The sheet beside one disclosure on the board."""
    site, row = Site(request, SECTION), row_of(pk)
    unit = site.directory.by_pk.get(row.org_unit_id)
    if unit is None:
        raise Http404(_("没有这个社区，请从社区列表里选。"))
    path = reverse("portal:disclosed", args=[pk])
    context = poster_context(unit, row, request.build_absolute_uri(path))
    return site.page("portal/disclosure_poster.html", context, by_content=True)


@public
@require_safe
def board_poster(request, code):
    """The sheet of a whole board: the code leads to all that its unit publishes."""
    site = Site(request, SECTION)
    unit = site.directory.by_code.get(code)
    if unit not in site.directory.communities:
        raise Http404(_("没有这个社区，请从社区列表里选。"))
    path = reverse("portal:disclosure", query={"unit": code})
    context = poster_context(unit, None, request.build_absolute_uri(path))
    return site.page("portal/disclosure_poster.html", context, by_content=True)
