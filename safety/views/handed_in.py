from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from safety.actions.deciding import set_aside, take_over
from safety.models import Emergency
from safety.roll import CALL
from safety.waiting import DECIDING, Reading, read, within_reach
from toolkit.policy import Policy
from toolkit.refusals import Denied


class DecideView(View):
    """Decide of what a phone has told of the roll; pressed twice it is heard once."""

    policy = Policy("permission", CALL)
    http_method_names = ("post",)

    def post(self, request, pk):
        item = within_reach(request.user).filter(pk=pk).select_related("by").first()
        if item is None:
            raise Http404(_("这条记录不存在，或不在您的工作范围。"))
        [reading] = read([item])
        if not reading.may_decide(request.user):
            raise Denied(DECIDING[0], item)
        try:
            messages.success(request, self.decide(reading))
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect(Emergency.objects.get(pk=reading.emergency))

    def decide(self, reading: Reading) -> str:
        """Write the decision; return what is said of it."""
        raise NotImplementedError


class TakeTapView(DecideView):
    """Take over what was told."""

    def decide(self, reading):
        if not reading.fault and not reading.may_take(self.request.user):
            raise Denied(CALL, reading.line or reading.person)
        take_over(reading=reading, by=self.request.user)
        return _("已采用，点名情况已更新。")


class LeaveTapView(DecideView):
    """Leave out what was told."""

    def decide(self, reading):
        set_aside(reading=reading, by=self.request.user)
        return _("未采用，点名情况没有变化。")
