"""What is written for self-governance over several rows."""

from governance.actions.bodies import begin_term, raise_rank
from governance.actions.documents import add_document, take_off
from governance.actions.recruiting import employ, enter_marks, register_applicant

__all__ = [
    "add_document",
    "begin_term",
    "employ",
    "enter_marks",
    "raise_rank",
    "register_applicant",
    "take_off",
]
