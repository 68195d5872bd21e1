from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from communities.models import Building
from communities.scoping import scope_of
from safety.actions import assign_building, post_at_shelter, withdraw_from_shelter
from safety.board import tallies_by
from safety.forms import PostForm, ShelterPostForm
from safety.models import BuildingPost, ShelterPost
from safety.naming import reached_words
from safety.roll import CALL, emergency_asked, houses_of, lines_for, unit_asked
from toolkit.policy import Policy
from toolkit.refusals import not_found

MOST_HOUSES = 200


class PostsView(TemplateView):
    """Who answers for which building, and which team keeps which shelter."""

    template_name = "safety/posts.html"
    policy = Policy("permission", CALL)

    def post(self, request, *args, **kwargs):
        emergency = emergency_asked(request)
        if emergency is None:
            return redirect("safety:posts")
        place, asked = "", request.GET.copy()
        try:
            houses = self.assign(emergency, list(changed_posts(request.POST)))
            if houses:
                asked["lane"] = houses[0].lane_id
                place = f"#lane-{houses[0].lane_id}"
            messages.success(request, saved_words(houses))
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect(f"{reverse('safety:posts')}?{asked.urlencode()}{place}")

    @transaction.atomic
    def assign(self, emergency, told: list[dict]) -> list[Building]:
        """Give the buildings to whom the form says, all of them or none."""
        user, houses = self.request.user, []
        for one in told:
            form = PostForm(one, user=user, emergency=emergency)
            if not form.is_valid():
                raise ValidationError(_("没有安排上：请从列出的楼幢和人员里选。"))
            assign_building(emergency=emergency, by=user, **form.cleaned_data)
            houses.append(form.cleaned_data["building"])
        return houses

    def get_context_data(self, **kwargs):
        emergency, unit = emergency_asked(self.request), unit_asked(self.request)
        context = super().get_context_data(title=_("包干和值守"), **kwargs)
        if emergency is None:
            return context
        lines = lines_for(self.request.user, emergency, unit)
        houses = houses_of(lines)
        form = PostForm(user=self.request.user, emergency=emergency)
        context.setdefault("shelter_form", ShelterPostForm(user=self.request.user))
        return context | {
            "emergency": emergency,
            "unit": unit,
            "lanes": lane_parts(
                house_lines(houses[:MOST_HOUSES], lines, emergency),
                self.request.GET.get("lane"),
            ),
            "is_cut": len(houses) > MOST_HOUSES,
            "workers": list(form.fields["worker"].queryset),
            "teams": list(form.fields["team"].queryset),
            "shelter_posts": shelter_lines(emergency, self.request.user),
            "shelter_url": f"{reverse('safety:shelter-posts')}?{asked_of(emergency)}",
            "house_url": f"{reverse('safety:posts')}?{self.request.GET.urlencode()}",
            "roll_url": f"{reverse('safety:roll')}?emergency={emergency.pk}",
        }


class ShelterPostsView(PostsView):
    """Send a team to a shelter; what is wrong is said in the form."""

    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        emergency = emergency_asked(request)
        if emergency is None:
            return redirect("safety:posts")
        form = ShelterPostForm(request.POST, user=request.user)
        if form.is_valid():
            try:
                post = post_at_shelter(
                    emergency=emergency, by=request.user, **form.cleaned_data
                )
                messages.success(request, _("已安排：%(row)s") % {"row": post})
                return redirect(posts_url(emergency))
            except ValidationError as refusal:
                form.add_error(None, refusal)
        context = self.get_context_data(shelter_form=form)
        return self.render_to_response(context, status=422)


class WithdrawPostView(View):
    """Take a team away from a shelter again."""

    policy = Policy("permission", CALL)
    http_method_names = ("post",)

    def post(self, request, pk):
        post = posts_within(request.user).filter(pk=pk).first()
        if post is None:
            raise not_found(request.user, CALL, ShelterPost.objects.filter(pk=pk))
        try:
            withdraw_from_shelter(post=post, by=request.user)
            messages.success(request, _("已撤回：%(row)s") % {"row": post})
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect(posts_url(post.emergency))


def changed_posts(data) -> Iterator[dict]:
    """Yield building, worker and team of each building that the form changes.

    What is chosen for the whole lane goes before what stands beside a building. A
    building left as the page showed it is not written: a colleague may have given it
    to somebody since.
    """
    for pk in data.getlist("building"):
        told = {
            name: data.get(f"lane_{name}") or data.get(f"{name}-{pk}", "")
            for name in ("worker", "team")
        }
        if "-".join(told.values()) != data.get(f"was-{pk}", ""):
            yield {"building": pk} | told


def saved_words(houses: list[Building]) -> str:
    """Return what was saved: the one building by name, or how many."""
    if not houses:
        return _("没有改动。")
    if len(houses) == 1:
        return _("已保存：%(row)s") % {"row": houses[0]}
    return _("已保存 %(count)d 处") % {"count": len(houses)}


def asked_of(emergency) -> str:
    return f"emergency={emergency.pk}"


def posts_url(emergency) -> str:
    """Return the address of the shelters on the page of the posts."""
    return f"{reverse('safety:posts')}?{asked_of(emergency)}#shelters"


def posts_within(user):
    """Return the posts at the shelters of the units in which the user calls people."""
    here = scope_of(user, CALL).as_q(ShelterPost.scope_path)
    rows = ShelterPost.objects.filter(here)
    return rows.select_related("shelter", "team", "emergency")


def shelter_lines(emergency, user) -> list[dict]:
    """Return the teams at the shelters, each with the way to take it away."""
    return [
        {
            "shelter": post.shelter.name,
            "team": post.team.name,
            "hours": post.hours,
            "drop_url": reverse("safety:shelter-post-withdraw", args=[post.pk]),
        }
        for post in posts_within(user).filter(emergency=emergency)
    ]


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
            "lane": house.lane,
            "name": house.address,
            "words": reached_words(tallies[house.pk]),
            "post": posts.get(house.pk),
            "was": mark_of(posts.get(house.pk)),
        }
        for house in houses
    ]


def mark_of(post: BuildingPost | None) -> str:
    """Return who answers for a building as the page shows it, for the form to send."""
    return f"{post.worker_id or ''}-{post.team_id or ''}" if post else "-"


def lane_parts(houses: list[dict], opened: str | None) -> list[dict]:
    """Return the lanes with their buildings.

    Open are those with a building that nobody answers for, and the one just changed.
    """
    lanes = []
    for lane, group in groupby(houses, key=itemgetter("lane")):
        found = list(group)
        given = sum(one["post"] is not None for one in found)
        lanes.append(
            {
                "pk": lane.pk,
                "name": lane.name,
                "houses": found,
                "given": given,
                "is_open": given < len(found) or str(lane.pk) == opened,
            }
        )
    return lanes
