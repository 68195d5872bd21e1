from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts import actions, keeping
from accounts.forms import (
    AssignmentFilters,
    AssignmentForm,
    TrailFilters,
    UserFilters,
    UserForm,
)
from accounts.models import Assignment, Trail, User
from toolkit.columns import (
    Column,
    DateColumn,
    DateTimeColumn,
    LinkColumn,
    NumberColumn,
)
from toolkit.screens import Closing, ModelScreens, leaving, register, seen
from toolkit.screens.forms import CloseScreen, CreateScreen
from toolkit.screens.lists import ListScreen


class UserCreateScreen(CreateScreen):
    """A new account, with a password that is told once."""

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        password = actions.give_temporary_password(
            user=self.object, by=self.request.user
        )
        messages.warning(self.request, actions.password_words(password))
        return response


def factor_actions(user, request) -> list[dict]:
    """Return the step that takes the second factor off an account that has one.

    It is offered to whoever gives out the roles, so that nobody who can give himself
    the password of an account can take its second factor off as well.
    """
    may = request.user.has_perm(actions.LIFTING, user) and user != request.user
    if not may or not user.authenticator_set.exists():
        return []
    url = reverse("accounts:user-second-factor", args=[user.pk])
    return [{"label": _("解除动态口令"), "url": url}]


@register
class UserScreens(ModelScreens):
    model = User
    title = _("账号")
    icon = "user"
    counted_in = _("个")
    form_class = UserForm
    filter_class = UserFilters
    facts = ("username", "name", "post", "email", "is_active", "last_login")
    columns = (
        LinkColumn("name"),
        Column("username"),
        Column("post"),
        Column("standing", _("状态"), is_lead=True),
        DateTimeColumn("last_login", _("上次登录")),
    )
    create_screen = UserCreateScreen

    @classmethod
    def create_label(cls):
        return _("新建账号")

    @classmethod
    def row_actions(cls, row, request):
        actions_on_row = super().row_actions(row, request)
        if actions_on_row and row != request.user:
            url = cls.url("new-password", row.pk)
            actions_on_row.append({"label": _("发放临时密码"), "url": url})
        return actions_on_row + factor_actions(row, request)


class AssignmentCloseScreen(CloseScreen):
    """The end of a post, not of one's own and not of the last who gives them out."""

    @transaction.atomic
    def end(self, note):
        keeping.refuse_own_end(self.object, self.request.user)
        seen.locked(self.object)
        with keeping.somebody_left():
            super().end(note)


@register
class AssignmentScreens(ModelScreens):
    model = Assignment
    icon = "user"
    counted_in = _("项")
    form_class = AssignmentForm
    filter_class = AssignmentFilters
    columns = (
        LinkColumn("user__name", _("人员")),
        Column("role__name", _("岗位")),
        Column("org_unit__full_name", _("任职社区（街道、网格）")),
        DateColumn("starts_on"),
        DateColumn("ends_on"),
    )
    closing = Closing(
        field="ends_on",
        label=_("离任"),
        hint=_("今天是任职的最后一天，明天起不再有这个岗位的权限。"),
    )
    close_screen = AssignmentCloseScreen

    @classmethod
    def get_queryset(cls):
        return Assignment.objects.select_related("user", "role", "org_unit__community")

    @classmethod
    def row_actions(cls, row, request):
        return super().row_actions(row, request) + factor_actions(row.user, request)


class MomentLinkColumn(DateTimeColumn):
    """The moment of an event to the second, leading to the event."""

    def show(self, row) -> str:
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), row.moment)

    def export(self, row):
        return row.moment


class BriefColumn(Column):
    """Words of which a list shows the beginning; file and page have all of them."""

    SHOWN = 24

    def show(self, row) -> str:
        return Truncator(super().show(row)).chars(self.SHOWN)


class TrailListScreen(ListScreen):
    """The list of the trail: that somebody reads it stands in it as well."""

    def show(self, page, **kwargs):
        if not self.is_bad() and "printing" not in kwargs:
            leaving.tell_read(self)
        return super().show(page, **kwargs)


@register
class TrailScreens(ModelScreens):
    model = Trail
    icon = "audit"
    list_screen = TrailListScreen
    records_reading = True
    # The trail must not grow by being leafed through.
    told_again_after = timedelta(hours=1)
    filter_class = TrailFilters
    facts = (
        "moment",
        "who",
        "act",
        "about",
        "where",
        "which",
        "under",
        "what_for",
        "barred",
        "count",
        "run",
        "ip",
    )
    columns = (
        MomentLinkColumn("at"),
        Column("who", _("操作人")),
        Column("act", _("动作"), is_lead=True),
        Column("about", _("对象")),
        Column("where", _("所属社区或网格"), is_dropped=True),
        BriefColumn("which", _("字段或栏目"), is_dropped=True),
        Column("under", _("条件"), is_filed=True),
        NumberColumn("count", unit=_("条"), is_filed=True),
        Column("what_for", _("用途")),
        Column("barred", _("被拒功能")),
        Column("ip", is_dropped=True),
    )
    has_create = False
    has_update = False

    @classmethod
    def get_queryset(cls):
        return Trail.objects.with_unit_names()
