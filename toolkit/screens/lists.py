"""The list of a model: filters in the URL, pages by key, rows behind a figure."""

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import generic

from toolkit import audit, paging
from toolkit.figures import PARAMETERS, rows_behind
from toolkit.refusals import Denied
from toolkit.screens import leaving, printing
from toolkit.screens.base import ScopedScreen


class ListScreen(ScopedScreen, generic.TemplateView):
    """One page of rows in scope, filtered and sorted by the URL."""

    template_name_suffix = "_list"
    # The rows of the page, once it has asked for them.
    found = None
    is_on_paper = False

    def get_queryset(self):
        """Return the rows in scope that the parameters keep."""
        queryset = super().get_queryset()
        self.figure = rows_behind(self.request, self.screens.model)
        if self.figure is not None:
            queryset = queryset.filter(pk__in=self.figure.rows.values("pk"))
        self.filterset = None
        if self.screens.filter_class is not None:
            self.filterset = self.screens.filter_class(
                self.request.GET, queryset, request=self.request
            )
            queryset = self.filterset.qs
        return queryset

    def get_places(self):
        """Return the rows that may be a place in the list: all in scope."""
        return super().get_queryset()

    def get_sort(self) -> paging.Sort:
        """Return the order the URL asks for; raises BadRequest on an unknown one."""
        asked = self.request.GET.get("sort", "")
        sorts = self.screens.sorts
        if not asked:
            return next(iter(sorts.values()))[1]
        if asked not in sorts:
            raise BadRequest(_("没有这种排序。"))
        return sorts[asked][1]

    def get_page(self) -> paging.Page:
        size = getattr(self.request.user, "page_size", paging.SIZES[0])
        # Kept for the count: building it twice would read the choices twice.
        self.found = self.get_queryset()
        sort, read = self.get_sort(), self.screens.row_reader
        asked, places = self.request.GET, self.get_places
        return paging.page_of(self.found, sort, asked, size, read, places)

    def get(self, request, *args, **kwargs):
        if printing.is_asked(request):
            return self.print()
        return self.show(self.get_page())

    def print(self):
        """Answer with the list for paper; where a purpose is asked for, ask for it.

        Paper leaves as a file does: with the right to take the rows away.
        """
        declared = self.screens
        self.action = declared.export_action
        if not self.may(self.action):
            raise Denied(declared.permission(self.action))
        if declared.export_needs_purpose:
            return redirect(self.get_print_url())
        return self.on_paper()

    def show(self, page, **kwargs):
        """Answer with the page; what the filter does not understand is a 400."""
        if self.is_bad():
            self.tell_refused()
        context = self.get_context_data(page=page, **kwargs)
        return self.render_to_response(context, status=400 if self.is_bad() else 200)

    def is_bad(self) -> bool:
        return self.filterset is not None and not self.filterset.is_valid()

    def on_paper(self, purpose: str = ""):
        """Answer with the list for paper, and write down that it was taken away."""
        self.found, self.is_on_paper = self.get_queryset(), True
        if self.is_bad():
            return self.show(self.get_page())
        page = printing.rows_on_paper(self, self.found)
        told = leaving.facts_of(self, form=_("打印"))
        audit.record("printed", count=len(page.rows), purpose=purpose, **told)
        return self.show(
            page,
            printing=printing.sheet_of(self.request.user, self.get_back_url(), purpose),
            rest=printing.rest_words(page),
        )

    def tell_refused(self) -> None:
        """Write down each row out of reach that the conditions name.

        The answer is the same whether there is such a row.
        """
        user, permission = self.request.user, self.screens.permission(self.action)
        for row in self.filterset.rows_named_wrongly():
            if not user.has_perm(permission, row):
                audit.record("refused", actor=user, subject=row, purpose=permission)

    def get_context_data(self, *, page, **kwargs):
        conditions = self.get_conditions()
        table = self.screens.table_class(page.rows)
        return super().get_context_data(
            screen=self.screen(subtitle=self.screens.subtitle(self.request)),
            table=table,
            rows=page.rows,
            filter=self.filterset,
            figure=self.figure,
            kept=self.get_kept(),
            conditions=conditions,
            clear_url=self.request.path,
            count_text=self.get_count_text(page, is_filtered=bool(conditions)),
            pager=self.get_pager(page),
            sorts=self.get_sorts(),
            print_url=self.get_print_url(),
            actions=self.screens.list_actions(self.request),
            empty=None if page.rows else self.get_empty(is_filtered=bool(conditions)),
            **kwargs,
        )

    def get_empty(self, *, is_filtered: bool) -> dict:
        """Return what stands in place of no rows: nothing fits, or nothing is there."""
        if is_filtered or self.is_bad():
            return self.screens.nothing_found()
        return self.screens.empty(self.request)

    def get_print_url(self) -> str:
        """Return the address of the list on paper, "" for who may not take it away."""
        if not self.may(self.screens.export_action):
            return ""
        if self.screens.export_needs_purpose:
            return self.url_with(path=self.screens.url("print"), print=None)
        return self.url_with(**printing.ASKED)

    def get_back_url(self) -> str:
        """Return the address of the list that was printed."""
        return self.url_with(path=self.screens.url("list"), print=None)

    def column_names(self) -> list[str]:
        """Return the names of the columns, as the trail keeps them."""
        columns = self.screens.columns
        # On paper as on pages the record itself tells what few rows have.
        return [one.path for one in columns if not (one.is_filed and self.is_on_paper)]

    def figure_names(self) -> list[str]:
        """Return the parameters of the figure that are no question of the bar's."""
        if self.figure is None:
            return []
        asked = self.filterset.form.fields if self.filterset else ()
        return [name for name in PARAMETERS if name not in asked]

    def get_kept(self) -> dict[str, str]:
        """Return the parameters that another filter of the list takes along."""
        names = ["sort", *self.figure_names()]
        sent = {name: self.request.GET.get(name) for name in names}
        return {name: value for name, value in sent.items() if value}

    def get_conditions(self) -> list[dict]:
        """Return the filters that are set, each with the URL that removes it."""
        conditions = self.filterset.conditions() if self.filterset else []
        for condition in conditions:
            condition["remove_url"] = self.url_with(**{condition["name"]: None})
        if self.figure is not None:
            without = self.url_with(**dict.fromkeys(self.figure_names()))
            shown = self.figure.condition(without, self.found)
            conditions.insert(0, shown)
        return conditions

    def get_count_text(self, page, *, is_filtered: bool) -> str:
        """Return how many rows there are, without counting past the cap."""
        is_whole = page.is_first and page.next is None
        count = len(page.rows) if is_whole else self.count_up_to_cap()
        return self.count_words(count, is_filtered=is_filtered)

    def count_up_to_cap(self) -> int:
        # The rows behind a figure add up to what the page before has just said.
        asked = None if self.figure is not None else self.asked()
        return paging.count_up_to_cap(self.found, asked)

    def reach_words(self, conditions: list) -> str:
        """Say where the rows that are taken away come from, and how many there are."""
        count = self.count_up_to_cap()
        words = (
            self.request.user.unit_words,
            str(self.screen()["title"]),
            self.count_words(count, is_filtered=bool(conditions)),
        )
        return "　".join(filter(None, words))

    def count_words(self, count: int, *, is_filtered: bool) -> str:
        unit = self.screens.counted_in
        if count > paging.COUNT_CAP:
            return _("超过 %(cap)s %(unit)s") % {"cap": "10,000", "unit": unit}
        if is_filtered:
            told = ngettext(
                "符合条件 %(count)s %(unit)s", "符合条件 %(count)s %(unit)s", count
            )
        else:
            told = ngettext("共 %(count)s %(unit)s", "共 %(count)s %(unit)s", count)
        return told % {"count": f"{count:,}", "unit": unit}

    def asked(self) -> tuple:
        """Return what tells the rows of this reader and filter from any others."""
        place = ("after", "before", "sort")
        params = [pair for pair in self.request.GET.lists() if pair[0] not in place]
        return self.request.path, self.request.user.pk, sorted(params)

    def get_pager(self, page) -> dict:
        return {
            "previous_url": page.previous and self.url_with(before=page.previous),
            "next_url": page.next and self.url_with(after=page.next),
            "page_size": page.size,
            "page_sizes": paging.SIZES,
            "size_url": reverse("accounts:page-size"),
        }

    def get_sorts(self) -> list[dict]:
        """Return the orders on offer, each with its URL."""
        asked = self.request.GET.get("sort") or next(iter(self.screens.sorts))
        return [
            {"label": label, "url": self.url_with(sort=slug), "current": slug == asked}
            for slug, (label, _sort) in self.screens.sorts.items()
        ]

    def url_with(self, path: str = "", **changes) -> str:
        """Return the URL with parameters changed; a new view starts at page 1."""
        path = path or self.request.path
        params = {
            name: values
            for name, values in self.request.GET.lists()
            if name not in ("after", "before") and name not in changes
        }
        params |= {
            name: [value] for name, value in changes.items() if value is not None
        }
        query = urlencode(params, doseq=True)
        return f"{path}?{query}" if query else path
