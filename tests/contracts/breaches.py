"""For each constraint of the database what breaks it, and nothing else.

`REFUSED` says of a check how a good row is changed into one that it refuses, in each
respect in which it may be broken. `TWICE` says of a unique constraint which row is
there, and in what a second one may differ and is still the same to it.
"""

from datetime import date, time, timedelta
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from communities.models import (
    HEAD,
    HomeRelocation,
    HouseholdStep,
    NumberSearches,
    UnitSuccession,
)
from governance.models import AskingTally, CandidateVotes, Elector, NamedBallot, Poll
from safety.models import BuildingPost, ShelterPost
from tests.factories import (
    FACTORIES,
    make_boundary_change,
    make_building,
    make_document,
    make_due_visit,
    make_emergency,
    make_extra_visit,
    make_hand_over,
    make_household,
    make_member,
    make_motion,
    make_report,
    make_resident,
    make_seat,
    make_shelter,
    make_team,
    make_unit_below,
    make_user,
    make_visit,
)
from tests.factories.communities import DAY
from tests.factories.elections import (
    make_ballot_count,
    make_candidate,
    make_officer,
)
from toolkit.models import PhoneLease, SyncPhoto
from visits.models import HandOverMatter

LONG_AGO, LATER = date(1900, 1, 1), date(2100, 1, 1)
NOW = timezone.now()
NOBODY = 987_654_321


def make_matter(org_unit, kind="due", **about):
    """Something that was open at a hand-over: a visit that is due."""
    about = about or {"duty": make_due_visit(org_unit).duty}
    hand_over = make_hand_over(org_unit)
    return HandOverMatter.objects.create(
        hand_over=hand_over, kind=kind, due_on=DAY, **about
    )


def make_known_member(org_unit):
    return make_member(org_unit, resident=make_resident(org_unit))


def make_known_officer(org_unit):
    return make_officer(org_unit, resident=make_resident(org_unit))


def make_votes(org_unit):
    candidate = make_candidate(org_unit)
    count = make_ballot_count(org_unit, election=candidate.election)
    return CandidateVotes.objects.create(count=count, candidate=candidate, number=9)


def make_open_appointment(org_unit):
    return make_matter(org_unit, kind="appointment", visit=make_visit(org_unit))


def make_open_extra(org_unit):
    return make_matter(org_unit, kind="extra", extra=make_extra_visit(org_unit))


def make_post(org_unit):
    return BuildingPost.objects.create(
        emergency=make_emergency(org_unit),
        building=make_building(org_unit),
        worker=make_user(),
    )


def make_photo(org_unit):
    return SyncPhoto.objects.create(
        client_uuid=uuid4(), digest="0" * 64, by=make_user(), size=9
    )


def make_lease(org_unit):
    return PhoneLease.objects.create(
        user=make_user(), issued_at=NOW, until=NOW + timedelta(hours=1)
    )


def make_searches(org_unit):
    return NumberSearches.objects.create(user=make_user(), hour=NOW)


def make_step(org_unit):
    return HouseholdStep.objects.create(
        org_unit=org_unit, kind="found", happened_on=DAY, reported_on=DAY
    )


def make_home_relocation(org_unit):
    return HomeRelocation.objects.create(
        org_unit=org_unit,
        household=make_household(org_unit),
        from_unit=make_unit_below(org_unit),
        moved_on=DAY,
    )


def make_succession(org_unit):
    return UnitSuccession.objects.create(
        change=make_boundary_change(org_unit),
        predecessor=make_unit_below(org_unit),
        successor=org_unit,
    )


def make_head(org_unit):
    home = make_household(org_unit)
    return make_resident(org_unit, household=home, relation=HEAD)


def make_report_line(org_unit):
    return make_report(org_unit).lines.first()


def make_counted_poll(org_unit):
    numbers = {"issued": 3, "returned": 3, "invalid": 0}
    asked = [{"key": "motion", "options": ["for"]}]
    return Poll.objects.create(
        way="secret", questions=asked, closed_at=NOW, tally={}, **numbers
    )


def make_elector(org_unit):
    return Elector.objects.create(poll=make_counted_poll(org_unit), voter="seat-1")


def make_named_ballot(org_unit):
    poll = make_counted_poll(org_unit)
    return NamedBallot.objects.create(poll=poll, voter="seat-1", marks={})


def make_seat_of_a_member(org_unit):
    return make_seat(org_unit, member=make_member(org_unit))


def make_seat_of_a_resident(org_unit):
    return make_seat(org_unit, resident=make_resident(org_unit))


def make_published_motion(org_unit):
    return make_motion(org_unit, status="published", outcome="passed")


# Rows beside those that have a factory of their own.
def make_shelter_post(org_unit):
    return ShelterPost.objects.create(
        emergency=make_emergency(org_unit),
        shelter=make_shelter(org_unit),
        team=make_team(org_unit),
        begins_at=NOW,
    )


def make_tally(org_unit):
    return AskingTally.objects.create(address="0" * 32, hour=NOW)


def make_public(org_unit):
    return FACTORIES["governance.disclosure"](org_unit, status="published")


MAKERS = FACTORIES | {
    "a counted poll": make_counted_poll,
    "a published motion": make_published_motion,
    "a seat": make_seat,
    "a seat of a member": make_seat_of_a_member,
    "a seat of a resident": make_seat_of_a_resident,
    "governance.elector": make_elector,
    "governance.namedballot": make_named_ballot,
    "governance.askingtally": make_tally,
    "a public disclosure": make_public,
    "communities.homerelocation": make_home_relocation,
    "communities.householdstep": make_step,
    "communities.numbersearches": make_searches,
    "communities.unitsuccession": make_succession,
    "reports.report": make_report,
    "reports.reportline": make_report_line,
    "safety.buildingpost": make_post,
    "safety.shelterpost": make_shelter_post,
    "toolkit.phonelease": make_lease,
    "toolkit.syncphoto": make_photo,
    "visits.handovermatter": make_matter,
    "a head": make_head,
    "a resident who is a member": make_known_member,
    "an officer with a record": make_known_officer,
    "governance.candidatevotes": make_votes,
    "votes of a candidate": make_votes,
    "an open appointment": make_open_appointment,
    "an open extra visit": make_open_extra,
    "a statement": make_document,
}

REFUSED = {
    "a_duty_is_due_after_it_was_formed": (
        "governance.disclosureduty",
        {"due_on": LONG_AGO},
    ),
    "a_met_duty_names_its_disclosure": ("governance.disclosureduty", {"met_on": DAY}),
    "what_is_public_was_formed_before": (
        "a public disclosure",
        {"shown_until": LONG_AGO},
    ),
    "a_sheet_is_taken_down_after_it_was_put_up": (
        "governance.posting",
        {"taken_down_on": LONG_AGO},
    ),
    "an_answered_question_has_a_reply": (
        "governance.question",
        {"status": "answered"},
        {"status": "declined"},
    ),
    "a_decided_complaint_has_a_reply": (
        "governance.complaint",
        {"status": "ordered"},
        {"status": "unfounded"},
    ),
    "a_tier_begins_at_nothing_or_more": ("governance.approvaltier", {"least": -1}),
    "a_voucher_has_an_amount": ("governance.voucher", {"amount": 0}),
    "a_voucher_is_approved_by_another": (
        "governance.voucher",
        {"approver": F("handler")},
    ),
    "a_statement_ends_after_it_begins": (
        "governance.statement",
        {"ends_on": F("starts_on")},
    ),
    "a_published_statement_adds_up": (
        "governance.statement",
        {"status": "published", "counted": 1},
    ),
    "a_party_organisation_has_a_rank": (
        "governance.body",
        {"rank": "branch"},
        {"kind": "party"},
    ),
    "a_committee_below_another_has_a_task": (
        "governance.body",
        {"task": "health"},
        {"kind": "part"},
    ),
    "a_counted_poll_has_no_more_ballots_than_issued": (
        "a counted poll",
        {"returned": 4},
        {"invalid": 4},
        {"tally": None},
    ),
    "a_demanded_meeting_counts_who_demands_it": (
        "governance.meeting",
        {"demand": "adults"},
        {"demanded_by": 5},
    ),
    "a_joint_motion_counts_its_supporters": (
        "governance.motion",
        {"origin": "joint"},
        {"supporters": 5},
    ),
    "an_invalid_result_is_not_published": (
        "a published motion",
        {"outcome": "invalid"},
        {"outcome": ""},
    ),
    "only_a_closed_meeting_is_found_valid_or_not": (
        "governance.meeting",
        {"is_valid": True},
    ),
    "only_a_motion_that_is_done_has_its_day": ("governance.motion", {"done_on": DAY}),
    "who_signed_in_did_it_in_some_way": (
        "a seat",
        {"way": "paper"},
        {"signed_in_at": NOW},
    ),
    "an_election_fills_one_head_at_most": ("governance.election", {"heads": 2}),
    "an_election_fills_a_seat": (
        "governance.election",
        {"heads": 0, "deputies": 0, "members": 0},
    ),
    "a_voter_who_lives_here_has_a_record": ("governance.voter", {"resident": None}),
    "an_agent_votes_for_three_at_most": (
        "governance.proxy",
        {"place": 0},
        {"place": 4},
    ),
    "nobody_is_his_own_proxy": ("governance.proxy", {"agent": F("principal")}),
    "no_more_ballots_issued_than_voters": (
        "governance.ballotcount",
        {"issued": F("entitled") + 1},
    ),
    "no_more_ballots_returned_than_issued": (
        "governance.ballotcount",
        {"returned": F("issued") + 1},
    ),
    "no_more_ballots_invalid_than_returned": (
        "governance.ballotcount",
        {"invalid": F("returned") + 1},
    ),
    "a_count_is_signed_by_another_person": (
        "governance.ballotcount",
        {"signed_by": F("typed_by")},
    ),
    "no_more_callers_than_there_are": (
        "governance.recall",
        {"callers": F("callers_of") + 1},
    ),
    "no_more_voted_on_a_recall_than_may": (
        "governance.recall",
        {"entitled": 10, "returned": 11},
    ),
    "no_more_for_a_recall_than_voted": (
        "governance.recall",
        {"entitled": 10, "returned": 9, "in_favour": 10},
    ),
    "giver_and_taker_of_a_transfer_are_two": (
        "governance.termtransfer",
        {"giver": "林海", "taker": "林海"},
    ),
    "the_witness_of_a_transfer_is_a_third": (
        "governance.termtransfer",
        {"giver": "林海", "taker": "陈梅", "witness": "林海"},
        {"giver": "林海", "taker": "陈梅", "witness": "陈梅"},
    ),
    "a_document_belongs_to_one_thing": ("a statement", {"term": None}),
    "a_document_is_a_file_or_a_statement": ("a statement", {"statement": ""}),
    "a_document_of_a_recruitment_has_a_stage": ("a statement", {"stage": "draft"}),
    "an_upgrade_leads_up": (
        "governance.upgrade",
        {"after": "branch"},
        {"before": "general"},
        {"before": "committee", "after": "committee"},
    ),
    "a_worker_was_born_after_1900": ("governance.worker", {"birth_year": 1899}),
    "a_worker_leaves_after_he_began": ("governance.worker", {"left_on": LONG_AGO}),
    "a_grade_is_one_of_eighteen": (
        "governance.worker",
        {"grade": 0},
        {"grade": 19},
    ),
    "a_contract_ends_after_it_begins": (
        "governance.contract",
        {"ends_on": F("begins_on")},
    ),
    "a_contract_ends_unless_it_is_open": (
        "governance.contract",
        {"kind": "open"},
        {"ends_on": None},
    ),
    "a_recruitment_has_a_post_to_fill": (
        "governance.recruitment",
        {"quota": 0},
        {"ratio": 0},
    ),
    "weights_and_marks_are_out_of_a_hundred": (
        "governance.recruitment",
        {"written_weight": 101},
        {"written_pass": 101},
        {"interview_pass": 101},
    ),
    "certified_people_may_be_older": (
        "governance.recruitment",
        {"age_limit": 17},
        {"age_limit_certified": 34},
    ),
    "marks_are_out_of_a_hundred": (
        "governance.applicant",
        {"written": -1},
        {"interview": 101},
        {"extra": 101},
    ),
    "a_member_was_born_after_1900": ("governance.member", {"birth_year": 1899}),
    "a_kin_tie_joins_two_people_one_way": (
        "governance.kintie",
        {"second": F("first")},
    ),
    "a_home_relocation_follows_the_one_before": (
        "communities.homerelocation",
        {"since": LATER},
    ),
    "a_ledger_amount_is_not_negative": ("visits.ledgerentry", {"amount": -1}),
    "a_ledger_record_is_named_whole": (
        "visits.ledgerentry",
        {"record_id": 1},
        {"record_type": NOBODY},
    ),
    "a_lease_ends_after_it_begins": ("toolkit.phonelease", {"until": F("issued_at")}),
    "a_line_names_one_person": (
        "safety.rollcall",
        {"name": "王五"},
        {"resident": None},
    ),
    "a_met_due_visit_names_its_visit": (
        "visits.duevisit",
        {"met_on": DAY},
        {"met_by": NOBODY},
    ),
    "a_met_extra_visit_names_its_visit": (
        "visits.extravisit",
        {"met_on": DAY},
        {"met_by": NOBODY},
        {"met_on": DAY, "met_by": NOBODY, "dropped_on": DAY},
    ),
    "a_missed_due_visit_was_not_paid": (
        "visits.duevisit",
        {"lapsed_on": F("due_on")},
        {"lapsed_on": LATER, "met_on": DAY, "met_by": NOBODY},
    ),
    "a_post_names_somebody": ("safety.buildingpost", {"worker": None}),
    "a_relocation_follows_the_one_before": (
        "communities.relocation",
        {"since": LATER},
    ),
    "a_shelter_holds_somebody": (
        "safety.shelter",
        {"capacity": 0},
        {"capacity": 20_001},
    ),
    "a_step_is_reported_after_it_happened": (
        "communities.householdstep",
        {"reported_on": LONG_AGO},
    ),
    "a_struck_entry_says_by_whom_and_why": (
        "visits.ledgerentry",
        {"struck_on": NOW},
        {"struck_on": NOW, "struck_by": NOBODY},
        {"struck_on": NOW, "strike_reason": "重复"},
        {"strike_reason": "重复"},
    ),
    "a_substitute_is_asked_until_a_day": (
        "visits.handover",
        {"kind": "permanent", "last_day": LATER},
        {"kind": "substitute", "last_day": None},
    ),
    "a_substitution_has_a_day": (
        "visits.handover",
        {"kind": "substitute", "last_day": LONG_AGO},
    ),
    "a_sync_item_waits_unless_it_was_taken_over": (
        "visits.handedin",
        {"status": "settled"},
        {"result": "created"},
    ),
    "a_term_ends_after_it_begins": (
        "governance.term",
        {"ends_on": F("began_on")},
    ),
    "a_visit_has_one_subject": (
        "visits.visit",
        {"resident": None},
        {"household": NOBODY},
        {"organisation": NOBODY},
    ),
    "an_ended_resident_has_a_reason": (
        "communities.resident",
        {"ended_on": DAY},
        {"ended_by": "died"},
    ),
    "a_post_ends_after_it_begins": (
        "safety.shelterpost",
        {"ends_at": F("begins_at")},
    ),
    "an_event_is_reported_after_it_happened": (
        "communities.populationevent",
        {"reported_on": LONG_AGO},
    ),
    "an_extra_round_has_a_day": ("visits.extraround", {"last_day": LONG_AGO}),
    "an_open_matter_is_one_thing_of_its_kind": (
        "visits.handovermatter",
        {"kind": "appointment"},
        {"kind": "extra"},
        {"duty": None},
        {"visit": NOBODY},
        {"extra": NOBODY},
    ),
    "assignment_ends_after_it_begins": ("accounts.assignment", {"ends_on": LONG_AGO}),
    "caseload_ends_after_it_begins": (
        "visits.caseload",
        {"kind": "substitute", "until": LONG_AGO},
    ),
    "emergency_notice_has_an_end": ("notices.notice", {"is_emergency": True}),
    "greenery_has_an_area": ("ecology.greenery", {"area": 0}),
    "limit_lies_beyond_the_target": (
        "reports.metrictarget",
        {"sense": "at_least", "limit": F("target")},
        {"sense": "at_most", "limit": F("target")},
    ),
    "list_of_people_has_an_end": ("notices.notice", {"lists_people": True}),
    "no_more_of_a_photo_than_there_is": (
        "toolkit.syncphoto",
        {"received": F("size") + 1},
    ),
    "nobody_hands_over_to_himself": (
        "visits.handover",
        {"from_worker": F("to_worker")},
    ),
    "notice_expires_after_it_is_published": (
        "notices.notice",
        {"publish_at": NOW, "expires_at": NOW},
    ),
    "only_a_substitute_has_an_end": (
        "visits.caseload",
        {"kind": "main", "until": LATER},
        {"kind": "substitute", "until": None},
    ),
    "only_who_was_moved_is_in_a_shelter": ("safety.rollcall", {"shelter": NOBODY}),
    "report_ends_after_it_begins": (
        "reports.report",
        {"period_end": F("period_start")},
    ),
    "school_session_ends_after_it_begins": (
        "learning.schoolsession",
        {"begins_at": None, "ends_at": time(9)},
        {"begins_at": time(9), "ends_at": time(9)},
    ),
    "unit_ends_after_it_begins": (
        "communities.orgunit",
        {"valid_from": DAY, "valid_to": DAY},
    ),
    "visit_duty_ends_after_it_begins": ("visits.visitduty", {"until": LONG_AGO}),
    "visit_interval_is_positive": ("visits.visitrule", {"interval": 0}),
    "what_was_collected_has_an_end": (
        "safety.emergency",
        {"keep_days": 0},
        {"keep_days": 91},
    ),
}

FOUND_ON_THE_SPOT = {"name": "王五", "place": "菜巷口"}
TAKEN_OVER = {"result": "created", "status": "settled"}

# The row, what is chosen for it, and how its double differs.
TWICE = {
    "one_open_matter_per_unit_name_and_law": (
        "governance.matter",
        {"second_level": "月度收支"},
        {"number": 900},
    ),
    "one_duty_per_unit_matter_and_period": ("governance.disclosureduty", {}, {}),
    "a_matter_of_a_period_is_public_once": (
        "a public disclosure",
        {},
        {"title": "又一份"},
    ),
    "one_tally_per_address_and_hour": ("governance.askingtally", {}, {"count": 5}),
    "one_open_tier_per_unit_law_and_amount": (
        "governance.approvaltier",
        {"least": 500},
        {"source": "另一份文件"},
    ),
    "one_voucher_per_unit_year_and_number": (
        "governance.voucher",
        {},
        {"purpose": "别的"},
    ),
    "one_statement_per_unit_and_period": ("governance.statement", {}, {"counted": 7}),
    "one_post_per_shelter_team_and_begin": ("safety.shelterpost", {}, {}),
    "one_running_election_per_committee": ("governance.election", {}, {}),
    "an_election_committee_has_one_head": (
        "governance.electionofficer",
        {"post": "head"},
        {},
    ),
    "a_person_sits_once_in_an_election_committee": ("an officer with a record", {}, {}),
    "a_resident_stands_once_on_a_list_of_voters": ("governance.voter", {}, {}),
    "a_voter_gives_one_proxy": ("governance.proxy", {}, {"agent_id": NOBODY}),
    "an_agent_votes_for_each_of_his_places_once": (
        "governance.proxy",
        {},
        {"principal_id": NOBODY},
    ),
    "a_voter_stands_for_one_post": ("governance.candidate", {}, {"post": "head"}),
    "one_count_per_election_and_round": ("governance.ballotcount", {}, {"invalid": 0}),
    "a_candidate_is_counted_once_a_round": ("votes of a candidate", {}, {"number": 3}),
    "one_open_recall_per_member": ("governance.recall", {}, {"callers": 30}),
    "one_open_resignation_per_member": ("governance.resignation", {}, {}),
    "one_line_per_transfer_kind_and_name": (
        "governance.transferitem",
        {},
        {"amount": "2枚"},
    ),
    "a_person_sits_once_in_a_term": ("a resident who is a member", {}, {}),
    "a_member_has_one_seat_in_a_meeting": ("a seat of a member", {}, {}),
    "a_resident_has_one_seat_in_a_meeting": ("a seat of a resident", {}, {}),
    "one_named_ballot_per_poll_and_voter": ("governance.namedballot", {}, {}),
    "one_vote_per_poll_and_voter": ("governance.elector", {}, {}),
    "a_term_has_one_head": ("governance.member", {"post": "head"}, {}),
    "a_party_organisation_reaches_a_rank_once": ("governance.upgrade", {}, {}),
    "one_contract_per_worker_and_first_day": ("governance.contract", {}, {}),
    "one_certificate_per_worker_and_level": ("governance.certificate", {}, {}),
    "a_person_registers_once": ("governance.applicant", {}, {"number": 999}),
    "one_applicant_per_number": (
        "governance.applicant",
        {},
        {"id_blind": b"somebody else's"},
    ),
    "one_kin_tie_per_two_people": ("governance.kintie", {}, {}),
    "one_open_group_per_unit_and_name": ("governance.residentgroup", {}, {}),
    "one_term_per_body_and_first_day": ("governance.term", {}, {}),
    "a_hand_over_names_a_duty_once": ("visits.handovermatter", {}, {}),
    "a_hand_over_names_an_appointment_once": ("an open appointment", {}, {}),
    "a_hand_over_names_an_extra_visit_once": ("an open extra visit", {}, {}),
    "a_round_has_a_person_once": ("visits.extravisit", {}, {}),
    "number_searches_once_an_hour": ("communities.numbersearches", {}, {"count": 5}),
    "one_account_whatever_the_case": (
        "accounts.user",
        {"username": "wu.lijun"},
        {"username": "Wu.Lijun"},
    ),
    "one_active_team_per_unit_and_name": ("volunteers.team", {}, {}),
    "one_building_per_lane_number_and_block": ("communities.building", {}, {}),
    "one_caseload_begins_in_a_unit_on_a_day": (
        "visits.caseload",
        {},
        {"worker_id": NOBODY},
    ),
    "one_count_per_emergency_unit_and_day": ("safety.emergencyday", {}, {}),
    "one_head_per_household": ("a head", {}, {"name": "李四"}),
    "one_lane_per_unit_and_name": ("communities.lane", {}, {"pinyin": "elsewhere"}),
    "one_limit_per_profile_code_and_step": (
        "communities.officelimit",
        {},
        {"amount": 3},
    ),
    "one_line_per_emergency_and_resident": ("safety.rollcall", {}, {}),
    "one_line_per_person_found_on_the_spot": ("safety.rollcall", FOUND_ON_THE_SPOT, {}),
    "one_line_per_report_and_metric": ("reports.reportline", {}, {"position": 900}),
    "one_open_assignment_per_role_and_unit": (
        "accounts.assignment",
        {},
        {"starts_on": DAY},
    ),
    "one_open_body_per_unit_kind_and_name": ("governance.body", {}, {"head": "李四"}),
    "one_open_due_visit_per_duty": ("visits.duevisit", {}, {"due_on": LATER}),
    "one_open_household_per_unit_and_number": (
        "communities.household",
        {},
        {"address": "别处"},
    ),
    "one_open_organisation_per_unit_and_name": ("communities.organisation", {}, {}),
    "one_open_police_room_per_unit": ("safety.policeroom", {}, {"address": "别处"}),
    "one_open_service_point_per_unit_and_name": (
        "services.servicepoint",
        {},
        {"address": "别处"},
    ),
    "one_open_shelter_per_unit_and_name": ("safety.shelter", {}, {"address": "别处"}),
    "one_open_target_per_unit_and_metric": ("reports.metrictarget", {}, {"target": 2}),
    "one_open_visit_duty_per_resident_and_rule": (
        "visits.visitduty",
        {},
        {"since": LONG_AGO},
    ),
    "one_post_per_emergency_and_building": (
        "safety.buildingpost",
        {},
        {"worker_id": NOBODY},
    ),
    "one_report_per_schedule_unit_and_period": (
        "reports.report",
        {},
        {"batch": uuid4()},
    ),
    "one_snapshot_per_unit_day_kind_and_source": (
        "communities.populationsnapshot",
        {},
        {"people": 3},
    ),
    "one_standing_entry_per_visit_and_ledger": (
        "visits.ledgerentry",
        {},
        {"amount": 300},
    ),
    "one_succession_per_change_and_pair": ("communities.unitsuccession", {}, {}),
    "one_sync_item_for_the_same_text": ("visits.handedin", {}, {"uid": uuid4()}),
    "one_sync_item_of_a_number_is_taken_over": (
        "visits.handedin",
        TAKEN_OVER,
        {"uid": uuid4(), "digest": "0" * 64},
    ),
    "one_sync_photo_for_the_same_picture": (
        "toolkit.syncphoto",
        {},
        {"uid": uuid4(), "size": 5},
    ),
    "one_visit_rule_per_unit_and_slug": ("visits.visitrule", {}, {"number": 77}),
}
