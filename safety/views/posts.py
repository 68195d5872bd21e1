from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from safety.actions import assign_building
from safety.board import tallies_by
from safety.forms import PostForm
from safety.models import BuildingPost
from safety.naming import reached_words
from safety.roll import CALL, emergency_asked, houses_of, lines_for, unit_asked
from toolkit.policy import Policy

MOST_HOUSES = 200


class PostsView(TemplateView):
    """Which worker and which volunteer team answers for which building."""

    template_name = "safety/posts.html"
    policy = Policy("permission", CALL)

    def post(self, request, *args, **kwargs):
        emergency = emergency_asked(request)
        if emergency is None:
            return redirect("safety:posts")
        place = ""
        form = PostForm(request.POST, user=request.user, emergency=emergency)
        if form.is_valid():
            try:
                assign_building(
                    emergency=emergency, by=request.user, **form.cleaned_data
                )
                house = form.cleaned_data["building"]
                place = f"#house-{house.pk}"
                messages.success(request, _("已保存：%(row)s") % {"row": house})
            except ValidationError as refusal:
                messages.error(request, refusal.messages[0])
        else:
            messages.error(request, _("没有安排上：请从列出的楼幢和人员里选。"))
        return redirect(f"{reverse('safety:posts')}?{request.GET.urlencode()}{place}")

    def get_context_data(self, **kwargs):
        emergency, unit = emergency_asked(self.request), unit_asked(self.request)
        context = super().get_context_data(title=_("楼幢包干"), **kwargs)
        if emergency is None:
            return context
        lines = lines_for(self.request.user, emergency, unit)
        houses = houses_of(lines)
        form = PostForm(user=self.request.user, emergency=emergency)
        return context | {
            "emergency": emergency,
            "unit": unit,
            "houses": house_lines(houses[:MOST_HOUSES], lines, emergency),
            "is_cut": len(houses) > MOST_HOUSES,
            "workers": list(form.fields["worker"].queryset),
            "teams": list(form.fields["team"].queryset),
            "roll_url": f"{reverse('safety:roll')}?emergency={emergency.pk}",
        }


def house_lines(houses, lines, emergency) -> list[dict]:
    """Return the buildings with their people and who answers for them."""
    tallies = tallies_by(lines, "resident__household__building")
    posts = {
        post.building_id: post
        for post in BuildingPost.objects.filter(emergency=emergency)
    }
    return [
        {
            "pk": house.pk,
            "name": house.address,
            "words": reached_words(tallies[house.pk]),
            "post": posts.get(house.pk),
        }
        for house in houses
    ]
