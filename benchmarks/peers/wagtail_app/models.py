from django.core.paginator import Paginator
from django.db import models
from wagtail.models import Page


class NoticeIndex(Page):
    """A list of notices, twenty a page."""

    template = "wagtail_index.html"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        pages = NoticePage.objects.child_of(self).live().order_by("-first_published_at")
        number = request.GET.get("page")
        context["notices"] = Paginator(pages, 20).get_page(number)
        context["menu"] = ["home", "notices", "guide", "courses", "units", "help"]
        context["title"] = self.title
        return context


class NoticePage(Page):
    """One notice."""

    unit = models.CharField(max_length=50)
    gist = models.TextField()
