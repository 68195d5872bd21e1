"""How long a sign-in goes on while nobody works, and how a page asks to stay.

The page itself counts the minutes; its script (static/js/session.js) asks here.
"""

from typing import NamedTuple

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from toolkit.context import key_of
from toolkit.policy import signed_in

# Asked with GET, this address counts as no activity: a page left open would
# otherwise keep its sign-in alive by asking.
ASKING = "/accounts/session/"


class SignInLeft(NamedTuple):
    """Seconds that a sign-in goes on: while nobody works, and whatever is done."""

    idle: int
    whole: int

    @property
    def seconds(self) -> int:
        return min(self)


@never_cache
@signed_in
def tell_session(request):
    """Tell a page how long its sign-in goes on, whose it is, and its token.

    A POST is the person saying "I am still here".
    """
    return JsonResponse(
        {
            "left": request.sign_in_left.seconds,
            "whole": request.sign_in_left.whole,
            "who": key_of(request.user),
            "token": get_token(request),
        }
    )


@signed_in
def welcome_back(request):
    """Lead a person who signed in again in a second window back to the first."""
    return render(request, "accounts/welcome_back.html", {"title": _("已重新登录")})
