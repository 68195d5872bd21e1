from toolkit.tiles import tile

tile(
    "learning",
    "learning.school_sessions",
    facts=("learning.school_units", "learning.school_attendance"),
)
