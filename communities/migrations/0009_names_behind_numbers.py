"""Keys of names move behind those of numbers, where an import adds to their index."""

from django.db import migrations

# The byte of each kind moves from 1 to 6, from 2 to 7, from 3 to 8.
MOVE = {
    "postgresql": "UPDATE communities_searchkey "
    "SET key = set_byte(key, 0, get_byte(key, 0) + 5) "
    "WHERE key >= '\\x01'::bytea AND key < '\\x04'::bytea",
    "sqlite": "UPDATE communities_searchkey SET key = CAST(char(unicode("
    "CAST(substr(key, 1, 1) AS TEXT)) + 5) || CAST(substr(key, 2) AS TEXT) AS BLOB) "
    "WHERE key >= x'01' AND key < x'04'",
}
MOVE_BACK = {
    "postgresql": "UPDATE communities_searchkey "
    "SET key = set_byte(key, 0, get_byte(key, 0) - 5) "
    "WHERE key >= '\\x06'::bytea AND key < '\\x09'::bytea",
    "sqlite": "UPDATE communities_searchkey SET key = CAST(char(unicode("
    "CAST(substr(key, 1, 1) AS TEXT)) - 5) || CAST(substr(key, 2) AS TEXT) AS BLOB) "
    "WHERE key >= x'06' AND key < x'09'",
}


def move(apps, schema_editor):
    """Give every key of a name its new place; those of numbers stay."""
    schema_editor.execute(MOVE[schema_editor.connection.vendor])


def move_back(apps, schema_editor):
    """Give them back the place they had."""
    schema_editor.execute(MOVE_BACK[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("communities", "0008_dropped_rosters")]

    operations = [migrations.RunPython(move, move_back)]
