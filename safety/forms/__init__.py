from safety.forms.emergencies import (
    EmergencyDayFilters,
    EmergencyFilters,
    EmergencyForm,
)
from safety.forms.police_rooms import PoliceRoomFilters, PoliceRoomForm
from safety.forms.roll_calls import (
    NewcomerForm,
    PostForm,
    RollCallFilters,
    ShelterPostForm,
    TellForm,
)
from safety.forms.shelters import ShelterFilters, ShelterForm

__all__ = [
    "EmergencyDayFilters",
    "EmergencyFilters",
    "EmergencyForm",
    "NewcomerForm",
    "PoliceRoomFilters",
    "PoliceRoomForm",
    "PostForm",
    "RollCallFilters",
    "ShelterFilters",
    "ShelterForm",
    "ShelterPostForm",
    "TellForm",
]
