"""The one way to stop: a sentence for a person and an exit status."""


class Refusal(Exception):  # noqa: N818 to refuse is no error
    """The command cannot go on; the message says why and what to do."""

    status = 1


class WrongUsage(Refusal):
    """The command was not understood."""

    status = 2


def refuse_arguments(command: str, arguments: list[str]) -> None:
    """For commands that take none.

    Raises:
        WrongUsage: something stands behind the command.
    """
    if arguments:
        raise WrongUsage(f"dev.py {command} 不接受参数：{' '.join(arguments)}")
