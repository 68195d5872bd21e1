"""Elections of committees: which there are, and one with its days and its result."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.models import Election
from portal.elections import (
    SHOWN_FOR,
    shown_candidates,
    shown_days,
    shown_elections,
    shown_line,
    shown_result,
)
from portal.site import Site
from portal.views.texts import crumbs
from toolkit.policy import public


@public
@require_safe
def election_list(request):
    """The elections of the last year and those to come."""
    site = Site(request, "units")
    context = {
        "elections": shown_elections(site.directory, timezone.localdate()),
        "breadcrumbs": crumbs(_("委员会选举")),
    }
    return unkept(site.page("portal/elections.html", context, by_content=True))


@public
@require_safe
def election(request, pk):
    """One election: its days, who stands, the announced result."""
    site = Site(request, "units")
    rows = Election.objects.published().select_related("body", "org_unit")
    since = timezone.localdate() - SHOWN_FOR
    found = rows.filter(pk=pk, held_on__gte=since).first()
    if found is None:
        raise Http404(_("没有这次选举，或已不再公布。"))
    above = {"label": _("委员会选举"), "url": reverse("portal:elections")}
    home, here = crumbs(str(found))
    context = {
        "election": found,
        "line": shown_line(found, site.directory),
        "seats": found.seats_words,
        "mode": found.get_mode_display(),
        "days": shown_days(found),
        "candidates": shown_candidates(found),
        "result": shown_result(found),
        "breadcrumbs": [home, above, here],
    }
    return unkept(site.page("portal/election.html", context, by_content=True))


def unkept(answer):
    """Return the answer; candidates are named, so no search engine is to keep it."""
    answer["X-Robots-Tag"] = "noindex"
    return answer
