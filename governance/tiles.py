from toolkit.tiles import tile

tile(
    "governance",
    "governance.bodies",
    facts=("governance.units_with_bodies", "governance.terms_ended"),
)
