"""Who may be put on the list of voters, and on which ground (居委会法、村委会法 16)."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from communities.models import OrgUnit, Resident
from communities.models.residents import ADULT, AT_HOME, age_on
from governance import law
from governance.models import Election, Voter
from toolkit import clocks, formats

Basis = Voter.Basis
IN_COMMUNITIES = (Basis.REGISTERED, Basis.LIVING, Basis.WORKER)
IN_VILLAGES = (Basis.REGISTERED, Basis.AWAY, Basis.YEAR)
# For so many months a worker has worked, or a newcomer lived in a village.
MONTHS = {Basis.WORKER: 6, Basis.YEAR: 12}
VILLAGE = OrgUnit.RuleProfile.VILLAGE


def grounds_in(unit: OrgUnit) -> tuple[str, ...]:
    """Return the grounds that the law of the unit knows."""
    return IN_VILLAGES if unit.rule_profile == VILLAGE else IN_COMMUNITIES


def ground_of(resident: Resident, unit: OrgUnit) -> str:
    """Return the ground on which a resident is registered by himself, "" for none."""
    is_ours = resident.registration == Resident.Registration.STREET
    is_home = resident.living in AT_HOME
    if unit.rule_profile == VILLAGE:
        return Basis.REGISTERED if is_ours and is_home else ""
    if is_ours:
        return Basis.REGISTERED
    return Basis.LIVING if is_home else ""


def may_register(election: Election, within: OrgUnit) -> QuerySet:
    """Return the residents of a unit whom the law lets register, not on the list yet.

    Of age on the day of election; in a village whoever is registered and lives there,
    in a community also whoever is registered or ordinarily lives there.
    """
    rows = Resident.objects.within(within).registered()
    rows = rows.aged_at_least(ADULT, election.held_on)
    ours = Q(registration=Resident.Registration.STREET)
    home = Q(living__in=AT_HOME)
    is_village = election.org_unit.rule_profile == VILLAGE
    rows = rows.filter(ours & home if is_village else ours | home)
    known = Voter.objects.filter(election=election, resident__isnull=False)
    return rows.exclude(pk__in=known.values("resident"))


def fault_of_voter(voter: Voter) -> str:
    """Return why somebody may not be on the list, with the article; "" if he may."""
    election, unit = voter.election, voter.election.org_unit
    if voter.basis not in grounds_in(unit):
        words = _("本社区（村）的选举没有这项登记依据。")
        return words + law.cited("voters-register", unit)
    if voter.resident_id and (fault := fault_of_age(voter.resident, election)):
        return fault
    if voter.basis in MONTHS:
        return fault_of_others(voter, unit)
    needs_word = unit.rule_profile != VILLAGE or voter.basis == Basis.AWAY
    if needs_word and voter.declared_on is None:
        words = _("本人表示参加选举的，才登记；请填表示参加的日期。")
        return words + law.cited("voters-register", unit)
    return fault_of_second_list(voter)


def fault_of_age(resident: Resident, election: Election) -> str:
    """Return that somebody is under eighteen on the day of election, "" if not."""
    age = age_on(resident.birth_on, election.held_on)
    if age is None or age >= ADULT:
        return ""
    words = _("到选举日%(day)s未满十八周岁。")
    told = {"day": formats.cn_date(election.held_on)}
    return words % told + law.cited("voters-age", election.org_unit)


def fault_of_others(voter: Voter, unit: OrgUnit) -> str:
    """Return what a worker or newcomer lacks: an application, the months, consent."""
    source = law.cited("voters-others", unit)
    if voter.declared_on is None:
        return _("要本人申请，请填申请日期。") + source
    held_on = voter.election.held_on
    if voter.since is None or enough_on(voter.since, voter.basis) > held_on:
        words = _("到选举日居住或工作不满%(count)d个月。")
        return words % {"count": MONTHS[voter.basis]} + source
    if voter.basis == Basis.YEAR and voter.agreed_on is None:
        return _("要经村民会议或者村民代表会议同意，请填同意日期。") + source
    return fault_of_second_list(voter)


def enough_on(since: date, basis: str) -> date:
    """Return the day on which the months that a ground asks for are over."""
    return clocks.add_months(since, MONTHS[basis])


def fault_of_second_list(voter: Voter) -> str:
    """Return that the person stands on the list of another village, "" if not."""
    unit = voter.election.org_unit
    if unit.rule_profile != VILLAGE or not voter.resident_id:
        return ""
    others = Voter.objects.listed().filter(
        resident=voter.resident_id, election__in=Election.objects.running()
    )
    others = others.exclude(election=voter.election).select_related("election__body")
    other = others.filter(election__kind=Election.Kind.GENERAL).first()
    if other is None:
        return ""
    words = _("已登记参加%(other)s的选举，不得再参加其他地方的选举。")
    return words % {"other": other.election.body} + law.cited("voters-one-place", unit)
