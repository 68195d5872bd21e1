"""The home page of a pillar: its registers, and its figures of this month.

urlpatterns = [pillar_home("ecology"), *GreeneryScreens.urls()]
"""

from datetime import timedelta

from django.apps import apps
from django.urls import path
from django.utils import timezone
from django.views.generic import TemplateView

from toolkit import formats
from toolkit.metrics import label_in, metrics, totals
from toolkit.navigation import PILLARS, Item, add
from toolkit.periods import Period
from toolkit.policy import SIGNED_IN
from toolkit.screens import screens

# How many rows of each register the page shows.
SHOWN = 5


def registers_of(pillar: str) -> list:
    """Return the declared screens that belong to a pillar."""
    return [d for d in screens.values() if d.belongs_to(pillar)]


def title_of(declaration) -> str:
    """Return what a register is called."""
    return declaration.title or declaration.model._meta.verbose_name_plural


def month_so_far() -> Period:
    """Return the running month up to and with today: what is planned does not count."""
    today = timezone.localdate()
    return Period(today.replace(day=1), today + timedelta(days=1))


class PillarHome(TemplateView):
    """What a pillar keeps, and how it stands this month, within the user's scope."""

    policy = SIGNED_IN
    template_name = "toolkit/pillar_home.html"
    pillar = ""

    def get_context_data(self, **kwargs):
        config = apps.get_app_config(self.pillar)
        user = self.request.user
        mine = [
            d for d in registers_of(self.pillar) if user.has_perm(d.permission("view"))
        ]
        firsts = [d for d in mine if d.leads_home]
        others = [d for d in mine if not d.leads_home]
        chapters, figures = self.chapters(config, mine), self.figures()
        # What no chapter has is told behind them.
        told = {name for chapter in chapters for name in chapter["names"]}
        if chapters:
            others = [d for d in mine if d.model._meta.model_name not in told]
            firsts = []
        return super().get_context_data(
            title=config.verbose_name,
            pillar=config,
            month=formats.cn_month(timezone.localdate()),
            firsts=[self.register(declaration) for declaration in firsts],
            chapters=[self.shown(chapter, figures) for chapter in chapters],
            registers=[self.register(declaration) for declaration in others],
            figures=[one for one in figures if one["model"] not in told],
            has_figures=bool(figures),
            **kwargs,
        )

    def chapters(self, config, mine: list) -> list[dict]:
        """Return the chapters of which the user may see a register, with those."""
        by_name = {d.model._meta.model_name: d for d in mine}
        found = [
            {
                "label": label,
                "names": names,
                "screens": [by_name[name] for name in names if name in by_name],
            }
            for label, names in config.chapters
        ]
        return [chapter for chapter in found if chapter["screens"]]

    def shown(self, chapter: dict, figures: list[dict]) -> dict:
        """Return a chapter: its figures, its first register, the way to the others."""
        first, *others = chapter["screens"]
        own = [one for one in figures if one["model"] in chapter["names"]]
        links = [
            {"label": title_of(d), "about": d.about, "url": d.url("list")}
            for d in others
        ]
        told = {"label": chapter["label"], "figures": own, "links": links}
        return told | {"register": self.register(first)}

    def register(self, declaration) -> dict:
        """Return a register with the beginning of its list."""
        rows = declaration.get_queryset().in_scope_of(self.request.user)
        return {
            "label": title_of(declaration),
            "about": declaration.about,
            "url": declaration.url("list"),
            "table": declaration.table_class(declaration.first_rows(rows, SHOWN)),
            "empty": declaration.empty(self.request),
            "actions": self.first_action(declaration),
        }

    def first_action(self, declaration) -> list[dict]:
        """Return the way to a new entry, for whoever may make one."""
        offered = declaration.list_actions(self.request)
        return [one | {"primary": False} for one in offered if one.get("primary")]

    def figures(self) -> list[dict]:
        """Return the pillar's figures of the month over what the user may see.

        They are told from its registers, or from rows that it shares with others.
        """
        month, user = month_so_far(), self.request.user
        chosen = [m for m in metrics.values() if self.is_own(m, month)]
        values = totals(chosen, lambda rows: rows.in_scope_of(user), month)
        return [
            {
                "label": label_in(metric, month),
                "unit": metric.unit,
                "value": formats.number(values[metric.slug], metric.decimals),
                "meaning": metric.meaning,
                "url": self.rows_url(metric, month),
                "model": metric.rows(month).model._meta.model_name,
            }
            for metric in chosen
        ]

    def is_own(self, metric, month) -> bool:
        """Answer whether a figure belongs to the pillar and its rows to the user."""
        declared = screens[metric.rows(month).model._meta.label_lower]
        is_own = declared.belongs_to(self.pillar) or metric.app == self.pillar
        return is_own and self.request.user.has_perm(declared.permission("view"))

    @staticmethod
    def rows_url(metric, month) -> str:
        declaration = screens[metric.rows(month).model._meta.label_lower]
        return f"{declaration.url('list')}?figure={metric.slug}&period={month.slug}"


def pillar_home(pillar: str):
    """Return the route of a pillar's home page."""
    return path("", PillarHome.as_view(pillar=pillar), name="home")


def add_to_menu(pillar: str) -> None:
    """Add a pillar to the menu for everybody who may view one of its registers."""
    config = apps.get_app_config(pillar)
    permissions = [d.permission("view") for d in registers_of(pillar)]
    add(
        PILLARS,
        Item(
            label=config.verbose_name,
            icon=config.icon,
            url_name=f"{pillar}:home",
            permission=permissions[0],
            order=50 + config.order,
            hue=config.hue,
            or_permissions=tuple(permissions[1:]),
            covers=tuple(d.url_name("list") for d in registers_of(pillar)),
        ),
    )
