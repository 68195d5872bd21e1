"""Visits: who must be seen how often, who was seen, and who comes next.

Models
    VisitRule   how often a category of person is visited, with its source; a row that
                an office edits. `min_age` or `only_alone` make it find its people.
    FormerTerms what a rule asked for until it was changed; the past is told by it.
    VisitDuty   one person under one rule, from `since` to `until`; `next_due_on` is the
                day by which the next visit is owed, `retry_on` the day of a new try.
    DueVisit    one owed visit of a duty: due_on, then met_on and met_by, or lapsed_on
                (missed: the next one has come due too), or dropped_on. What was owed
                and what was late stays known for every past day.
    Visit       somebody went, phoned or called by video; never deleted, only corrected.
                Of a household it names who was met, and counts for each of them.
    LedgerEntry a visit as one ledger tells it (ledgers.py): condolence money, a hazard;
                never deleted, only struck out.
    HandedIn    a visit that a phone handed in and no rule could decide of; it counts
                for nothing before a person has decided.
    Caseload    who answers for the visits of a grid from a day on; the newest one
                before a day does, and a substitute before the main worker.
    HandOver    one worker hands grids to another: draft -> offered -> accepted,
                declined or recalled. What was open then is kept (HandOverMatter).
    ExtraRound  for bad weather or a festival everybody of some categories is seen once
                more by a day (ExtraVisit); the rhythm of the rules is not moved.

What moves them
    rules.load_rules       fill the table of rules from data/rules.toml; edits survive
    enrolment.enrol_all    daily: open and end duties of automatic rules, end the duties
                           of people who died or moved out           open -> ended
    lapsing.lapse_all      daily: close what was missed, owe the next visit in its place
    duties.enrol           a duty by hand, with a reason                     -> open
    duties.end_duty        end a duty, with a reason                 open -> ended
    visits.log_visit       a visit; settles every open duty of the person
    handovers.take_over    a hand-over was accepted: the receiver answers from now on
    rounds.follow_rounds   daily: who comes into an open round, moves, or is gone
    visits.correct_visit   a correction, kept in the history; settles again
    entries.enter_later    a visit into further ledgers; log_visit enters with the visit
    entries.strike_entry   an entry out, with a reason; it counts no longer
    HandedInWorkflow       keep the stored visit, correct it by the text from the phone,
                           or store that as a visit of its own       waiting -> taken,
                                                                     set_aside

How a visit moves a duty (steps.py, telling.py)
    normal                 due visit met; next one after the rule's interval
    changed, needs_help    due visit met; next one within the rule's extra hours (24 h)
    nobody_home, refused   due visit stays owed; a new try tomorrow at another time of
                           day; the third in a row raises an alarm
    an appointment         brings the next visit forward, never back
"""
