"""How a line of the log looks: a refusal in one line, a failure with its traceback.

Anybody can have a request refused, as often as he likes. What was asked for after the
question mark, and what the refusal said, may tell of a person and stay out.
"""

import logging

LONGEST_PATH = 200


class ShortRefusals(logging.Formatter):
    """Tell of a refused request (400 to 499) its status, method and path alone."""

    def format(self, record):
        request = getattr(record, "request", None)
        status = getattr(record, "status_code", 0)
        if request is None or not 400 <= status < 500:
            return super().format(record)
        # Escaped as Django does: a path must not look like a line of its own.
        path = request.path[:LONGEST_PATH].encode("unicode_escape").decode("ascii")
        told = {"msg": f"{status} {request.method} {path}", "args": ()}
        bare = {"exc_info": None, "exc_text": None, "stack_info": None}
        short = logging.makeLogRecord(record.__dict__ | told | bare)
        return super().format(short)
