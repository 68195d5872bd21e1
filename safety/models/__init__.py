from safety.models.emergencies import Emergency, EmergencyDay, Status
from safety.models.police_rooms import PoliceRoom
from safety.models.posts import BuildingPost, ShelterPost
from safety.models.roll_calls import RollCall, RollCallEvent, State
from safety.models.shelters import Shelter

__all__ = [
    "BuildingPost",
    "Emergency",
    "EmergencyDay",
    "PoliceRoom",
    "RollCall",
    "RollCallEvent",
    "Shelter",
    "ShelterPost",
    "State",
    "Status",
]
