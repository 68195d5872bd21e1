"""What the extractors find in a source file."""

from dataclasses import dataclass

# gettext function → which argument is the context, the message, the plural.
SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}


@dataclass(frozen=True)
class Message:
    """One use of a message in a source file."""

    msgid: str
    file: str
    plural: str = ""
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes two uses the same entry of the catalogue."""
        return self.context, self.msgid


@dataclass(frozen=True)
class Mistake:
    """A call that no extractor and no translation can serve, such as _(f"…")."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: 消息必须是固定的文字，不能先拼接"
