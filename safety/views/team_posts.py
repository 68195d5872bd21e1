from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from safety.team_posts import VIEW, duties_of
from toolkit.policy import Policy


class TeamPostsView(TemplateView):
    """What a captain tells his people: where, when, and who is in charge there."""

    template_name = "safety/team_posts.html"
    policy = Policy("permission", VIEW)

    def get_context_data(self, **kwargs):
        duties = duties_of(self.request.user)
        title = _("我队的应急任务")
        return super().get_context_data(title=title, duties=duties, **kwargs)
