"""Tables of list screens, built from the columns of their declaration."""

import django_tables2 as tables
from django.db.models import Field
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from toolkit.columns import Column


class ScreenTable(tables.Table):
    """A list of rows with prepared cells; the first column heads its row."""

    class Meta:
        template_name = "toolkit/table.html"
        attrs = {"class": "table yh-stack"}
        orderable = False

    @property
    def shown(self) -> list[Column]:
        """The columns of the page."""
        return [c for c in self.base_columns.values() if not c.is_filed]

    @property
    def heads(self) -> list[dict]:
        """Label, classes and sort link of each column."""
        return [
            {"label": c.verbose_name, "css": c.classes, "key": c.key}
            for c in self.shown
        ]

    @property
    def lines(self) -> list[SafeString]:
        """The body of the table, one string of cells for each row."""
        columns = self.shown
        openings = [opening(column, first=i == 0) for i, column in enumerate(columns)]
        endings = ["</th>"] + ["</td>"] * (len(columns) - 1)
        frame = list(zip(columns, openings, endings, strict=True))
        return [
            format_html_join(
                "",
                "{}{}{}",
                ((start, c.show(row), SafeString(end)) for c, start, end in frame),
            )
            for row in self.data.data
        ]


def opening(column: Column, *, first: bool) -> SafeString:
    """Return the opening tag of the cells of a column."""
    css = format_html(' class="{}"', column.classes) if column.classes else ""
    if first:
        return format_html('<th scope="row"{}>', css)
    return format_html('<td data-label="{}"{}>', column.verbose_name, css)


def table_class(model, columns: tuple[Column, ...]) -> type[ScreenTable]:
    """Return the table of a model, with labels from the model where none is given."""
    for column in columns:
        if not column.verbose_name:
            column.verbose_name = label_of(model, column.path)
    return type(f"{model.__name__}Table", (ScreenTable,), {c.key: c for c in columns})


def label_of(model, path: str):
    """Return the label of a field at the end of a path of relations."""
    *links, last = path.split("__")
    for name in links:
        model = model._meta.get_field(name).related_model
    found = next((f for f in model._meta.get_fields() if f.name == last), None)
    if isinstance(found, Field):
        return found.verbose_name
    raise ValueError(f"{model.__name__}.{last} is no field: give the column a label")


def related_names(model, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Return the relations that the columns cross, for select_related."""
    names = set()
    for column in columns:
        crossed, owner = [], model
        for name in column.path.split("__"):
            found = {f.name: f for f in owner._meta.fields}.get(name)
            if found is None or not found.is_relation:
                break
            crossed.append(name)
            owner = found.related_model
        if crossed:
            names.add("__".join(crossed))
    return tuple(sorted(names))
