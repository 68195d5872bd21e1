from safety.screens.emergencies import EmergencyDayScreens, EmergencyScreens
from safety.screens.police_rooms import PoliceRoomScreens
from safety.screens.roll_calls import RollCallScreens
from safety.screens.shelters import ShelterScreens

__all__ = [
    "EmergencyDayScreens",
    "EmergencyScreens",
    "PoliceRoomScreens",
    "RollCallScreens",
    "ShelterScreens",
]
