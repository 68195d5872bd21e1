"""The one way in which apps announce what they offer."""


class Registry(dict):
    """A dict of declarations that refuses to overwrite one silently."""

    def __init__(self, noun: str):
        super().__init__()
        self.noun = noun

    def add(self, key, declaration):
        """Register a declaration under its key; raises ValueError on a second one."""
        if key in self:
            raise ValueError(f"{self.noun} {key!r} is already registered")
        self[key] = declaration
        return declaration
