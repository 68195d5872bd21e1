"""Deep calls do not keep asking the system for memory."""

from resource import RUSAGE_SELF, getrusage

from toolkit.stack_room import ENTRIES, roomy
from yuhai_portal.wsgi import application

CALLS, DEPTHS = 2000, 300


def leaf():
    """Call nothing: a frame is all it takes."""


def call_often_at(depth: int) -> None:
    if depth:
        call_often_at(depth - 1)
    else:
        for _ in range(CALLS):
            leaf()


def pages_asked_for(call, depth: int) -> int:
    before = getrusage(RUSAGE_SELF).ru_minflt
    call(depth)
    return getrusage(RUSAGE_SELF).ru_minflt - before


def test_no_depth_of_the_stack_is_slow():
    call = roomy(call_often_at)
    # At one of them every call of an unfortunate loop asks for a page and returns it.
    asked = [pages_asked_for(call, depth) for depth in range(DEPTHS)]
    assert max(asked) < CALLS / 10


def test_what_is_called_gets_its_words_and_says_its_own():
    assert roomy(sorted)("ba", reverse=True) == ["b", "a"]


def test_the_web_server_answers_with_room():
    assert application.__code__.co_stacksize == ENTRIES
