"""Residents as a file: the list as it is shown, or the roster to be imported again."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Resident
from communities.models.roster import IMPORT
from communities.roster.takeout import names_taken, write_roster
from communities.scoping import scope_of
from toolkit import formats
from toolkit.screens.exports import ExportScreen

# Household by household, as a roster is read.
ROSTER_ORDER = ("org_unit__path", "household__number", "household_id", "relation", "pk")


class ResidentExportScreen(ExportScreen):
    """The list as it is shown, or the roster in the layout of its import."""

    ROSTER = "roster"
    # The format on offer, and the form of its file.
    ROSTERS = {ROSTER: "xlsx"} | {
        f"roster-{form}": form for form in ("csv", "csv-gb18030")
    }

    @property
    def offers_roster(self) -> bool:
        return self.request.user.has_perm(IMPORT)

    @property
    def hint(self):
        words = super().hint
        if not self.offers_roster:
            return words
        again = _(
            "按名册格式导出的文件修改后可重新导入；"
            "证件号码、电话、健康状况不导出，留空表示不修改。"
        )
        return formats.sentences([words, again])

    def get_formats(self):
        offered = super().get_formats()
        if self.offers_roster:
            offered |= {one: self.form_of(one).label for one in self.ROSTERS}
        return offered

    def get_format_groups(self):
        lists = super().get_formats()
        groups = [{"label": _("清单"), "formats": lists}]
        rosters = {
            one: label for one, label in self.get_formats().items() if one not in lists
        }
        if rosters:
            label = _("名册，修改后可重新导入")
            groups.append({"label": label, "formats": rosters})
        return groups

    def get_context_data_for(self, queryset):
        note = self.note_on(self.ROSTER, queryset) if self.offers_roster else ""
        return super().get_context_data_for(queryset) | {"note": note}

    def file_title(self, chosen):
        return _("居民名册") if chosen in self.ROSTERS else super().file_title(chosen)

    def form_of(self, chosen):
        return super().form_of(self.ROSTERS.get(chosen, chosen))

    def on_roster(self, queryset):
        """Return those of the list who are on the rolls where he may import."""
        reach = scope_of(self.request.user, IMPORT).as_q(Resident.scope_path)
        return queryset.registered().filter(reach)

    def note_on(self, chosen, queryset):
        """Say how many people a roster leaves out, since they have no household."""
        if chosen not in self.ROSTERS:
            return ""
        count = self.on_roster(queryset).filter(household=None).order_by().count()
        return left_out_words(count) if count else ""

    def names_in(self, chosen):
        return names_taken() if chosen in self.ROSTERS else super().names_in(chosen)

    def fill(self, path, chosen, queryset, facts, follow):
        if chosen not in self.ROSTERS:
            return super().fill(path, chosen, queryset, facts, follow)
        people = self.on_roster(queryset).order_by(*ROSTER_ORDER)
        return write_roster(path, people, facts, follow, self.ROSTERS[chosen])


def left_out_words(count: int) -> str:
    return ngettext(
        "另有 %(count)s 人未编入住户，不在名册里。",
        "另有 %(count)s 人未编入住户，不在名册里。",
        count,
    ) % {"count": formats.count(count)}
