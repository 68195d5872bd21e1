"""The search page: the box posts, the answer has a number and no words in its URL."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from communities.finding.asked import keep, recall
from communities.finding.doors import Homes, homes_for
from communities.finding.numbers import LimitReached
from communities.finding.people import People, people_for
from communities.finding.questions import Refused, understand
from toolkit import paging
from toolkit.policy import requires

LIVE_ROWS = 8
HOMES_SHOWN = 10


@dataclass(frozen=True)
class Answer:
    """What the page shows for a question: people and homes, or a sentence."""

    text: str
    people: People = People([])
    homes: Homes = Homes([])
    sentence: str = ""
    is_refused: bool = False
    status: int = 200

    @property
    def is_empty(self) -> bool:
        return not self.people.rows and not self.homes.rows


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
@requires("communities.view_resident")
def find(request):
    """Show the box; take a question and send the person to its answer."""
    if request.method != "POST":
        return page(request, None)
    text = request.POST.get("q", "")
    if request.htmx:
        answer = answer_to(request.user, text, size=LIVE_ROWS, is_typing=True)
        return render(request, "communities/_find_results.html", {"answer": answer})
    try:
        understand(text)
    except Refused as refusal:
        answer = Answer(text[:60].replace("\0", ""), is_refused=True)
        answer = replace(answer, sentence=str(refusal))
        return page(request, answer, status=422)
    return redirect("communities:find-results", keep(request.session, text))


@require_safe
@requires("communities.view_resident")
def find_results(request, number: int):
    """Show the answer to a question that the session remembers."""
    text = recall(request.session, number)
    if text is None:
        messages.info(request, _("这次查找已经过期，请重新输入。"))
        return redirect("communities:find")
    size = getattr(request.user, "page_size", paging.SIZES[0])
    after = paging.key_of(request.GET, "after")
    doors = paging.key_of(request.GET, "doors")
    answer = answer_to(request.user, text, size=size, after=after, doors=doors)
    here = reverse("communities:find-results", args=[number])
    return page(
        request,
        answer,
        status=answer.status,
        first_url=here if after or doors else "",
        people_url=answer.people.next and f"{here}?after={answer.people.next}",
        homes_url=answer.homes.next and f"{here}?doors={answer.homes.next}",
    )


def answer_to(
    user, text: str, *, size: int, after=None, doors=None, is_typing=False
) -> Answer:
    """Look a text up; raises nothing, a refusal is an answer too."""
    try:
        question = understand(text)
        if is_typing:
            question = question.while_typing()
        answer = found_for(user, question, text, size, after, doors)
    except LimitReached as refusal:
        return Answer(text, sentence=str(refusal), is_refused=True, status=429)
    except Refused as refusal:
        return Answer(text, sentence=str(refusal), is_refused=True)
    if answer.is_empty:
        sentence = _("没有找到。可能不在您的工作范围，也可能写法不同。")
        if question.is_put_off:
            sentence = ""
        return replace(answer, sentence=f"{sentence}{question.hint}")
    return answer


def found_for(user, question, text: str, size: int, after, doors) -> Answer:
    """Look a question up. A page further on shows only what it pages."""
    people, homes = People([]), Homes([])
    if doors is None:
        people = people_for(user, question, size, after)
    if after is None:
        most = size if doors or not people.rows else HOMES_SHOWN
        homes = homes_for(user, question, min(size, most), doors)
    return Answer(text, people, homes)


def page(request, answer: Answer | None, status: int = 200, **context):
    """Render the whole search page."""
    context |= {"answer": answer, "title": _("查找居民和住户")}
    return render(request, "communities/find.html", context, status=status)
