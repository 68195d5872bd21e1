"""What somebody searched for, kept sealed in the session under a small number.

    number = keep(request.session, "王小明")      # /communities/find/3/
    recall(request.session, 3)                   # "王小明", None when it is forgotten

Neither the URL nor the session's row in the database holds a word of it.
"""

from uuid import uuid4

from toolkit.privacy.sealing import SealBroken, open_sealed, place_of, seal

SESSION_KEY = "finds"
REMEMBERED = 20
LONGEST_KEPT = 200


def keep(session, text: str) -> int:
    """Seal the text into the session; return the number under which it is kept."""
    kept = session.get(SESSION_KEY) or {"uid": uuid4().hex, "last": 0, "texts": {}}
    number = kept["last"] + 1
    kept["texts"][str(number)] = seal(text[:LONGEST_KEPT], place(kept, number))
    for old in [key for key in kept["texts"] if int(key) <= number - REMEMBERED]:
        del kept["texts"][old]
    session[SESSION_KEY] = kept | {"last": number}
    return number


def recall(session, number: int) -> str | None:
    """Return the text kept under a number, None when there is none any more."""
    kept = session.get(SESSION_KEY) or {"texts": {}}
    token = kept["texts"].get(str(number))
    if token is None:
        return None
    try:
        return open_sealed(token, place(kept, number))
    except SealBroken:
        return None


def place(kept: dict, number: int) -> str:
    return place_of("session", f"find{number}", kept["uid"])
