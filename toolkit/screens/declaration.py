"""The declaration of the screens of one model, and what follows from it."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import path, reverse
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _

from toolkit.declared import screens
from toolkit.paging import Sort
from toolkit.permissions import permission_name
from toolkit.policy import Policy
from toolkit.screens.details import (
    DetailScreen,
    ReadersScreen,
    RevealScreen,
    TransitionScreen,
)
from toolkit.screens.exports import ExportScreen
from toolkit.screens.forms import CloseScreen, CreateScreen, UpdateScreen
from toolkit.screens.lists import ListScreen
from toolkit.screens.paper import PrintScreen
from toolkit.screens.rows import row_reader
from toolkit.tables import related_names, table_class
from toolkit.workflow import workflow_of

PURPOSES = (
    ("contact", _("联系本人")),
    ("assistance", _("办理救助")),
    ("identity", _("核对身份")),
    ("visit", _("入户走访")),
    ("report", _("上报材料")),
    ("emergency", _("紧急情况")),
)


@dataclass(frozen=True)
class Closing:
    """How rows of a model end: a date field that is empty while the row is open."""

    field: str = "closed_on"
    label: str = _("注销")
    hint: str = _("注销后不再出现在日常名单里，记录和历史都会保留。")


class ModelScreens:
    """Declaration of the screens of one model.

    `columns` serve list, export and API; `facts` name the fields of the detail page
    (all of the form's by default); `sealed` maps sealed fields to their masks.
    """

    model = None
    title = ""
    # One sentence on what the register is for, on the home page of its pillar.
    about = ""
    # The word in URLs where it is not the model's name with an s.
    plural = ""
    # The pillar it belongs to where that is not its own app.
    pillar = ""
    icon = "list"
    form_class = None
    filter_class = None
    columns = ()
    facts = ()
    # Which facts are left out where they are empty: most rows have none.
    passed_over = ()
    sealed: dict = {}
    purposes = PURPOSES
    sorts: dict = {"newest": (_("最近登记"), Sort("pk", descending=True))}
    counted_in = _("条")
    closing: Closing | None = None
    records_reading = False
    # Whether a row is somebody's file (档案), no single entry (记录).
    is_dossier = False
    # For how long reading the same list again is no news; None: it always is.
    told_again_after: timedelta | None = None
    # Which action lets a person take the list away, as a file or on paper.
    export_action = "view"
    export_needs_purpose = False
    # On the first page of its pillar the register stands before the figures.
    leads_home = False
    has_create = True
    has_update = True

    list_screen = ListScreen
    export_screen = ExportScreen
    print_screen = PrintScreen
    detail_screen = DetailScreen
    readers_screen = ReadersScreen
    reveal_screen = RevealScreen
    create_screen = CreateScreen
    update_screen = UpdateScreen
    close_screen = CloseScreen
    transition_screen = TransitionScreen

    # What a declaration may say about its rows

    @classmethod
    def subtitle(cls, request) -> str:
        """One line of facts under the title of the list."""
        return ""

    @classmethod
    def row_subtitle(cls, row) -> str:
        return ""

    @classmethod
    def chips(cls, row) -> list[dict]:
        """Return {"text", "tone"} for each chip beside the title of a row."""
        return []

    @classmethod
    def banners(cls, row, request) -> list[dict]:
        return []

    @classmethod
    def sections(cls, row, request) -> list[dict]:
        """Return {"title", "note", "template", "context"} for further parts.

        One with "is_menu": True leads to other pages and is not printed.
        """
        return []

    @classmethod
    def empty(cls, request) -> dict:
        """Say that there is nothing yet, with the first step for who may take it."""
        noun = cls.model._meta.verbose_name
        offered = cls.list_actions(request)
        return {
            "title": _("还没有%(noun)s") % {"noun": noun},
            "action": next((one for one in offered if one.get("primary")), None),
        }

    @classmethod
    def nothing_found(cls) -> dict:
        """Say that the conditions fit nothing."""
        return {
            "title": _("没有符合查询条件的%(noun)s")
            % {"noun": cls.model._meta.verbose_name},
            "hint": _("请调整条件后再查。"),
        }

    @classmethod
    def create_label(cls) -> str:
        """Name the making of a row, on the button and above its form."""
        return _("登记%(noun)s") % {"noun": cls.model._meta.verbose_name}

    @classmethod
    def first_rows(cls, rows, limit: int) -> list:
        """Return the rows that stand for the list on the home page of its pillar."""
        _label, sort = next(iter(cls.sorts.values()))
        return list(rows.order_by(*sort.order())[:limit])

    @classmethod
    def list_actions(cls, request) -> list[dict]:
        """Return the actions above the list that the user may take."""
        actions = []
        if request.user.has_perm(cls.permission(cls.export_action)):
            query = request.GET.urlencode()
            url = cls.url("export") + (f"?{query}" if query else "")
            actions.append({"label": _("导出"), "url": url, "icon": "download"})
        if cls.has_create and request.user.has_perm(cls.permission("add")):
            label, url = cls.create_label(), cls.url("create")
            actions.append(
                {"label": label, "url": url, "icon": "plus", "primary": True}
            )
        return actions

    @classmethod
    def row_actions(cls, row, request) -> list[dict]:
        """Return the actions on a row that the user may take."""
        if not request.user.has_perm(cls.permission("change"), row):
            return []
        actions = []
        if cls.has_update:
            actions.append({"label": _("修改"), "url": cls.url("update", row.pk)})
        if cls.closing and getattr(row, cls.closing.field) is None:
            url = cls.url("close", row.pk)
            actions.append({"label": cls.closing.label, "url": url})
        return actions

    # What follows

    @classmethod
    def plural_name(cls) -> str:
        """Return the word for the rows of the model in URLs."""
        return cls.plural or f"{cls.model._meta.model_name}s"

    @classmethod
    def belongs_to(cls, pillar: str) -> bool:
        """Answer whether the register is one of a pillar's."""
        return pillar in (cls.pillar, cls.model._meta.app_label)

    @classmethod
    def permission(cls, action: str) -> str:
        return permission_name(cls.model, action)

    @classmethod
    def get_queryset(cls):
        """Every row, with the related rows that the columns show."""
        # select_related() without a name would follow every foreign key.
        names = related_names(cls.model, cls.columns) or (None,)
        return cls.model.objects.select_related(*names)

    @classmethod
    def fact_names(cls) -> tuple[str, ...]:
        return cls.facts or tuple(cls.form_class.base_fields)

    @classmethod
    def url_name(cls, screen: str) -> str:
        meta = cls.model._meta
        return f"{meta.app_label}:{meta.model_name}-{screen}"

    @classmethod
    def url(cls, screen: str, *args) -> str:
        return reverse(cls.url_name(screen), args=args)

    @classproperty
    def workflow(cls):
        return workflow_of(cls.model)

    @classproperty
    def row_reader(cls):
        """The function that reads the rows of a page for the columns."""
        if "_reader" not in cls.__dict__:
            # Not as a method: it is called without the declaration.
            cls._reader = staticmethod(row_reader(cls.model, cls.columns))
        return cls._reader

    @classproperty
    def table_class(cls):
        if "_table" not in cls.__dict__:
            cls._table = table_class(cls.model, cls.columns)
        return cls._table

    @classmethod
    def routes(cls):
        """Yield (route, screen name, view class, action) for each screen there is."""
        yield "", "list", cls.list_screen, "view"
        yield "export/", "export", cls.export_screen, cls.export_action
        if cls.export_needs_purpose:
            yield "print/", "print", cls.print_screen, cls.export_action
        if cls.has_create:
            yield "new/", "create", cls.create_screen, "add"
        yield "<int:pk>/", "detail", cls.detail_screen, "view"
        if cls.has_update:
            yield "<int:pk>/edit/", "update", cls.update_screen, "change"
        if cls.closing:
            yield "<int:pk>/close/", "close", cls.close_screen, "change"
        if cls.records_reading:
            yield "<int:pk>/readers/", "readers", cls.readers_screen, "view"
        if cls.sealed:
            yield "<int:pk>/reveal/<slug:field>/", "reveal", cls.reveal_screen, "reveal"
        if cls.workflow:
            yield (
                "<int:pk>/do/<slug:name>/",
                "transition",
                cls.transition_screen,
                "view",
            )

    @classmethod
    def urls(cls):
        name = cls.model._meta.model_name
        patterns = []
        for route, screen, view_class, action in cls.routes():
            view = view_class.as_view(screens=cls)
            view.policy = Policy("permission", cls.permission(action))
            patterns.append(
                path(f"{cls.plural_name()}/{route}", view, name=f"{name}-{screen}")
            )
        return patterns


def register(declaration):
    """Register the screens of a model."""
    screens.add(declaration.model._meta.label_lower, declaration)
    return declaration
