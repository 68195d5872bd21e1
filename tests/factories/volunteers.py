from tests.factories.core import numbers
from volunteers.models import Team


def make_team(org_unit, **fields):
    defaults = {"name": f"志愿队{next(numbers)}", "kind": Team.Kind.GREEN}
    return Team.objects.create(org_unit=org_unit, **defaults | fields)
