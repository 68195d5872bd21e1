"""Suggestions under a field: households and houses within the user's scope only."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from communities.addresses import tidy
from communities.forms.fields import option_of
from communities.models import Building, Household
from toolkit.policy import requires

SHOWN = 10
SHORTEST = 2


def asked_for(request) -> str:
    """Return what stands in the one field that the page sent, whatever its name."""
    return tidy(next(iter(request.GET.values()), ""))[:60]


@requires("communities.change_household")
def suggest_households(request):
    """Offer open households by the beginning of their number or address."""
    text, options = asked_for(request), []
    if len(text) >= SHORTEST:
        rows = Household.objects.open().in_scope_of(request.user, "change")
        rows = rows.select_related("org_unit__community")
        by_number = list(rows.filter(number__startswith=text)[:SHOWN])
        known = {home.pk for home in by_number}
        by_address = rows.filter(address__startswith=text).exclude(pk__in=known)
        found = [*by_number, *by_address[: SHOWN - len(by_number)]]
        options = [(option_of(home), home.address) for home in found]
    return render(request, "communities/_options.html", {"options": options})


@requires("communities.view_building")
def suggest_buildings(request):
    """Offer houses by the beginning of their lane and number."""
    text, options = asked_for(request), []
    if len(text) >= SHORTEST:
        lane, number = split_number(text)
        rows = Building.objects.in_scope_of(request.user).select_related("lane")
        rows = rows.filter(lane__name__startswith=lane, number__startswith=number)
        options = [(house.address, floors(house)) for house in rows[:SHOWN]]
    return render(request, "communities/_options.html", {"options": options})


def split_number(text: str) -> tuple[str, str]:
    """Return lane and the digits behind it: ("凤山巷", "12") for 凤山巷12号."""
    lane = text.rstrip("号幢")
    number = ""
    while lane and lane[-1].isdecimal():
        lane, number = lane[:-1], lane[-1] + number
    return lane, number


def floors(house: Building) -> str:
    return _("%(count)d层") % {"count": house.floors} if house.floors else ""
