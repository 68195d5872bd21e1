from visits.actions.corrections import correct_visit
from visits.actions.duties import end_duty, enrol
from visits.actions.enrolment import enrol_all
from visits.actions.entries import enter_later, strike_entry
from visits.actions.lapsing import lapse_all
from visits.actions.rounds import follow_rounds, gather_people
from visits.actions.terms import keep_terms
from visits.actions.units import follow_people
from visits.actions.visits import Logged, log_visit

__all__ = [
    "Logged",
    "correct_visit",
    "end_duty",
    "enrol",
    "enter_later",
    "enrol_all",
    "follow_people",
    "follow_rounds",
    "gather_people",
    "keep_terms",
    "lapse_all",
    "log_visit",
    "strike_entry",
]
