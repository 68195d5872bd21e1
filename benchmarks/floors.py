"""Pages drawn from rows in memory: what is left when nothing is looked up.

Same templates, same middleware, same visitor; only the view finds its context ready.
"""

from django.template.response import TemplateResponse

from communities import finding_views
from communities.finding.asked import recall
from communities.screens.residents import ResidentScreens
from toolkit.policy import requires
from visits.views import TodayView

SEALED = ("id_number", "phone")
_show_list = ResidentScreens.list_screen.as_view(screens=ResidentScreens)
_show_day = TodayView.as_view()
_days: dict[int, TemplateResponse] = {}
_lists: dict[int, TemplateResponse] = {}
_answers: dict[str, tuple] = {}


@requires("communities.view_resident")
def residents(request):
    """The first page of the resident list, its rows kept from the first request."""
    kept = _lists.get(request.user.pk)
    if kept is None:
        kept = _lists[request.user.pk] = _show_list(request)
        for row in kept.context_data["rows"]:
            # As plain text, so that the floor has nothing to decrypt either.
            row.__dict__.update({name: getattr(row, name) for name in SEALED})
    return TemplateResponse(request, kept.template_name, kept.context_data)


@requires("visits.add_visit")
def day(request):
    """The day's list, its doors kept from the first request."""
    kept = _days.get(request.user.pk)
    if kept is None:
        kept = _days[request.user.pk] = _show_day(request)
    return TemplateResponse(request, kept.template_name, kept.context_data)


@requires("communities.view_resident")
def answer(request, number: int):
    """The answer to a question, kept from the first request."""
    text = recall(request.session, number)
    if text not in _answers:
        found = finding_views.answer_to(request.user, text, size=request.user.page_size)
        more = {
            "first_url": "",
            "people_url": found.people.next and f"{request.path}?after=1",
            "homes_url": found.homes.next and f"{request.path}?doors=1",
        }
        _answers[text] = found, more
    found, more = _answers[text]
    return finding_views.page(request, found, **more)
