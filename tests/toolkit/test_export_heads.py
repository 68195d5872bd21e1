"""The head of an exported list, also in a worker that has never shown the list."""

from communities.models import Lane
from toolkit.api import serializer_class
from toolkit.columns import Column
from toolkit.screens import ModelScreens
from toolkit.screens.exports import ExportScreen


def declaration():
    """Return screens whose table nobody has asked for yet."""

    class LaneScreens(ModelScreens):
        model = Lane
        columns = (Column("name"), Column("org_unit", "单元"))

    return LaneScreens


def test_columns_without_a_label_bear_that_of_their_field():
    assert ExportScreen(screens=declaration()).heads() == ["街巷名称", "单元"]


def test_the_resource_describes_them_with_it_too():
    fields = serializer_class(declaration())().fields
    assert fields["name"].help_text == "街巷名称"
