from django.http import HttpResponse
from django.urls import path
from django.views.generic import ListView

from benchmarks.peers.plain_app.models import Notice


class Notices(ListView):
    """A list as the manual of Django shows it."""

    queryset = Notice.objects.order_by("-published_at")
    paginate_by = 20
    template_name = "plain_index.html"
    extra_context = {
        "menu": ["home", "notices", "guide", "courses", "units", "help"],
        "title": "通知公告",
    }


def empty(request):
    """Answer with nothing."""
    return HttpResponse()


urlpatterns = [path("", Notices.as_view()), path("empty/", empty)]
