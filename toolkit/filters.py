"""Filters of list screens: declared beside the model, kept in the URL."""

from collections.abc import Iterator
from copy import copy
from datetime import date, datetime, time, timedelta

import django_filters
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import BooleanWidget

from toolkit import formats
from toolkit.choices import name_choices
from toolkit.marks import colon
from toolkit.sharing import SharedDict

SEARCH = _("关键词")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
YES_NO = {True: _("是"), False: _("否")}
OUT_OF_REACH = _("年份应在1900至2999之间。")


class Declared(dict):
    """The filters of a class; each filter set gets its own, their parts are shared.

    A filter set may give its filters other choices, which replace those declared.
    """

    def __deepcopy__(self, memo):
        return {name: own(declared) for name, declared in self.items()}


def own(declared: django_filters.Filter) -> django_filters.Filter:
    """Return a copy of a filter that may be given other arguments for its field."""
    made = copy(declared)
    made.extra = dict(declared.extra)
    # The method is looked up on the filter set of the copy, not of the original.
    made.method = declared.method
    return made


class ScreenFilters(django_filters.FilterSet):
    """Base of every filter set; choices of related rows end where the scope ends."""

    @classmethod
    def get_filters(cls):
        return Declared(super().get_filters())

    def get_form_class(self):
        made = super().get_form_class()
        # The fields were made for this filter set alone.
        made.base_fields = SharedDict(made.base_fields)
        return made

    def __init__(self, data=None, queryset=None, *, request=None, **kwargs):
        super().__init__(data, queryset, request=request, **kwargs)
        for declared in self.filters.values():
            rows = getattr(declared, "queryset", None)
            if hasattr(rows, "in_scope_of") and request is not None:
                declared.queryset = rows.in_scope_of(request.user)
                declared.extra["queryset"] = declared.queryset

    @property
    def form(self):
        form = super().form
        if not hasattr(form, "helper"):
            form.helper = FormHelper()
            form.helper.form_tag = False
            form.helper.disable_csrf = True
            for field in form.fields.values():
                name_choices(field)
        return form

    def conditions(self) -> list[dict]:
        """Return label, text and parameter name of each filter that is set."""
        if not self.form.is_valid():
            return []
        chosen = []
        for name, value in self.form.cleaned_data.items():
            if value in (None, "", [], ()) or name not in self.data:
                continue
            field = self.form.fields[name]
            chosen.append(
                {"name": name, "label": field.label, "value": text_of(field, value)}
            )
        return chosen

    def narrowed_to(self) -> str:
        """Return the path of the unit to which a chosen row narrows the list, or ""."""
        chosen = self.form.cleaned_data.values() if self.form.is_valid() else ()
        rows = [row for row in chosen if hasattr(row, "get_scope_path")]
        return max((row.get_scope_path() for row in rows), key=len, default="")

    def rows_named_wrongly(self) -> Iterator[Model]:
        """Yield the rows of units that the values sent name without being choices."""
        for name in self.form.errors:
            row = self.row_named(name, self.data.get(name, ""))
            if hasattr(row, "get_scope_path"):
                yield row

    def row_named(self, name: str, text: str) -> Model | None:
        """Return the row that a value means, whoever may see it; None for none."""
        field = self.form.fields.get(name)
        if not hasattr(field, "queryset"):
            return None
        key = field.to_field_name or "pk"
        try:
            return field.queryset.model.objects.filter(**{key: text}).first()
        except (ValueError, ValidationError):
            return None

    def refusals(self) -> str:
        """Return what is wrong with the values sent, "" where all can be read."""
        return formats.sentences(
            f"{self.form.fields[name].label}{colon()}{sentence}"
            for name, sentences in self.form.errors.items()
            for sentence in sentences
        )


def text_of(field, value) -> str:
    """Return the words of a filter value: the label of a choice, else its text."""
    if isinstance(value, Model):
        return field.label_from_instance(value)
    if hasattr(field, "queryset"):
        return str(value)
    if isinstance(value, bool):
        return str(getattr(field.widget, "words", YES_NO)[value])
    if isinstance(value, date):
        return formats.cn_date(value)
    # Choices may be a function behind an iterator that has no length.
    choices = getattr(field, "choices", None)
    return str(dict(flat(() if choices is None else choices)).get(value, value))


def flat(choices):
    """Yield the choices without their groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


class DayFilter(django_filters.DateFilter):
    """A day chosen from the calendar of the browser, within what records can bear.

    The last days of the calendar have no day after them, its first none before.
    """

    def __init__(self, field_name: str, *args, **kwargs):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        limits = [MinValueValidator(FIRST_DAY, OUT_OF_REACH)]
        limits += [MaxValueValidator(LAST_DAY, OUT_OF_REACH)]
        super().__init__(field_name, *args, widget=widget, validators=limits, **kwargs)


class YesNoSelect(BooleanWidget):
    """All, yes or no, in the words of the other conditions or in its own."""

    def __init__(self, attrs=None, words=YES_NO):
        super().__init__(attrs)
        self.words = words
        self.choices = [("", _("全部")), ("true", words[True]), ("false", words[False])]


class YesNoFilter(django_filters.BooleanFilter):
    """Keep the rows for which it is so, or those for which it is not."""

    def __init__(self, *args, words=YES_NO, **kwargs):
        super().__init__(*args, widget=YesNoSelect(words=words), **kwargs)


class FirstDayFilter(DayFilter):
    """Keep moments on the day or after it."""

    def filter(self, queryset, day):
        if day is None:
            return queryset
        return queryset.filter(**{f"{self.field_name}__gte": midnight(day)})


class LastDayFilter(DayFilter):
    """Keep moments before the end of the day."""

    def filter(self, queryset, day):
        if day is None:
            return queryset
        return queryset.filter(
            **{f"{self.field_name}__lt": midnight(day + timedelta(days=1))}
        )


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in the street."""
    return timezone.make_aware(datetime.combine(day, time.min))


class SearchFilter(django_filters.CharFilter):
    """Keep rows in which any of the fields contains the text."""

    def __init__(self, *fields: str, label=SEARCH, **kwargs):
        self.searched = fields
        super().__init__(label=label, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        matches = Q()
        for field in self.searched:
            matches |= Q(**{f"{field}__icontains": value})
        return queryset.filter(matches)
