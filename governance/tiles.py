# Behind those of the bodies, which lead the pillar.
from governance.disclosing import metrics  # noqa: F401  registers its figures
from toolkit.tiles import tile

tile(
    "governance",
    "governance.bodies",
    facts=("governance.units_with_bodies", "governance.terms_ended"),
)
