"""Declarations that all requests share.

Forms, filters and tables copy what they were declared with before they use it, so that
one request cannot change it for the next. What is never changed need not be copied:
the copies cost a list more than the rows it shows.
"""


class Shared:
    """What is its own copy: stated once, read by all, changed by nobody."""

    def __deepcopy__(self, memo):
        return self


class SharedList(Shared, list):
    """A list that is not changed: choices, a hundred of them."""


class SharedDict(Shared, dict):
    """A dictionary that is not changed, nor what is in it."""
