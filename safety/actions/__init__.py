from safety.actions.calling import Told, retell, take_back, tell
from safety.actions.destroying import destroy_collected, destroy_due
from safety.actions.listing import add_person, list_people
from safety.actions.posting import (
    assign_building,
    post_at_shelter,
    withdraw_from_shelter,
)

__all__ = [
    "Told",
    "add_person",
    "assign_building",
    "destroy_collected",
    "destroy_due",
    "list_people",
    "post_at_shelter",
    "retell",
    "take_back",
    "tell",
    "withdraw_from_shelter",
]
