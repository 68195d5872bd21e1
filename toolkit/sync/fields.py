"""What phones write in texts and how it is read: numbers of rows, and moments."""

from rest_framework import serializers

LARGEST_KEY = 2**63 - 1


class KeyField(serializers.IntegerField):
    """The number of a row, in every way in which a phone may write it."""

    def __init__(self, **kwargs):
        super().__init__(min_value=1, max_value=LARGEST_KEY, **kwargs)


def key_in(told: object) -> int | None:
    """Return the number of a row as `KeyField` reads it, None for none."""
    try:
        return KeyField().run_validation(told)
    except serializers.ValidationError:
        return None


class MomentField(serializers.DateTimeField):
    """A moment; one at the edge of all time is refused as any that cannot be read."""

    def enforce_timezone(self, value):
        """Return the moment with a zone.

        The library checks one without a zone in UTC, where year 1 lies before time.
        """
        try:
            return super().enforce_timezone(value)
        except OverflowError:
            self.fail("overflow")
