from toolkit.tiles import tile

tile("safety", "safety.police_rooms", facts=("volunteers.teams",))
