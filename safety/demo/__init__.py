"""The demo's part: police rooms, shelters, a typhoon of last year and an exercise."""

from safety.demo import emergencies, police_rooms, shelters

__all__ = ["emergencies", "police_rooms", "shelters"]
