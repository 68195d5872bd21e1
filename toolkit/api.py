"""The REST resources of the screens: the same scope, columns and masks, as JSON."""

from django.core.exceptions import BadRequest
from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    extend_schema,
    extend_schema_field,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import generics, serializers
from rest_framework.exceptions import ParseError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from toolkit import audit, paging
from toolkit.policy import Policy
from toolkit.refusals import not_found, record_refusal
from toolkit.registry import Registry
from toolkit.screens import leaving
from toolkit.screens.declaration import screens
from toolkit.screens.lists import ListScreen

MAX_SIZE = 100


def answer_refusal(failure, context):
    """Answer every refusal with a sentence; bad parameters are 400, never 500."""
    record_refusal(failure)
    if isinstance(failure, BadRequest):
        failure = ParseError(str(failure))
    return exception_handler(failure, context)


@extend_schema_field(
    {"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}
)
class ColumnField(serializers.Field):
    """One column of the declaration as a JSON value."""

    def __init__(self, column, **kwargs):
        self.column = column
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, row):
        value = self.column.export(row)
        return value if isinstance(value, int | bool) else str(value)


def serializer_class(declaration) -> type[serializers.Serializer]:
    """Return the serializer whose fields are the columns of a declaration."""
    fields = {"id": serializers.IntegerField(source="pk", read_only=True)}
    for column in declaration.table_class.base_columns.values():
        fields[column.key] = ColumnField(column, help_text=str(column.verbose_name))
    name = f"{declaration.model.__name__}Resource"
    made = type(name, (serializers.Serializer,), fields)
    return extend_schema_serializer(component_name=declaration.model.__name__)(made)


def page_class(declaration, resource) -> type[serializers.Serializer]:
    """Return the serializer of a page of rows, with the keys of its neighbours."""
    key = serializers.IntegerField(allow_null=True)
    fields = {"rows": resource(many=True), "next": key, "previous": key}
    return type(f"{declaration.model.__name__}Page", (serializers.Serializer,), fields)


class RowList(generics.GenericAPIView):
    """A page of rows: filters as on the list screen, pages by key (`after`)."""

    declaration = None

    def get_screen(self) -> ListScreen:
        screen = ListScreen(screens=self.declaration)
        screen.request = self.request
        return screen

    def get_queryset(self):
        return self.get_screen().get_queryset()

    def get(self, request):
        screen = self.get_screen()
        queryset = screen.get_queryset()
        if screen.is_bad():
            screen.tell_refused()
            raise ParseError(screen.filterset.form.errors)
        if not self.declaration.records_reading:
            return self.page_of(screen, queryset)
        # Read and told in one: rows that are not told of are not served.
        with transaction.atomic():
            answer = self.page_of(screen, queryset)
            leaving.tell_read(screen, len(answer.data["rows"]), form="API")
        return answer

    def page_of(self, screen: ListScreen, queryset) -> Response:
        """Return the page of rows that the parameters ask for."""
        request = self.request
        size = paging.key_of(request.GET, "size") or paging.SIZES[0]
        if not 1 <= size <= MAX_SIZE:
            raise ParseError(_("每页最多 %(size)d 行。") % {"size": MAX_SIZE})
        sort, read = screen.get_sort(), self.declaration.row_reader
        places = screen.get_places
        page = paging.page_of(queryset, sort, request.GET, size, read, places)
        rows = self.get_serializer(page.rows, many=True).data
        return Response({"rows": rows, "next": page.next, "previous": page.previous})


class RowDetail(generics.RetrieveAPIView):
    """One row in scope."""

    declaration = None

    def get_queryset(self):
        rows = self.declaration.get_queryset()
        return rows.in_scope_of(self.request.user)

    def get_object(self):
        rows = self.declaration.model.objects.filter(pk=self.kwargs["pk"])
        row = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            permission = self.declaration.permission("view")
            raise not_found(self.request.user, permission, rows)
        if self.declaration.records_reading:
            audit.record("read", subject=row)
        return row


def views_of(declaration):
    """Yield (route, name, view) of the resource of a declaration."""
    meta = declaration.model._meta
    plural = declaration.plural_name()
    base = f"{meta.app_label}/{plural}/"
    resource = serializer_class(declaration)
    policy = Policy("permission", declaration.permission("view"))
    for suffix, kind, view_class, answer in (
        ("", "list", RowList, page_class(declaration, resource)),
        ("<int:pk>/", "detail", RowDetail, resource),
    ):
        operation = f"{meta.app_label}_{plural}_{kind}"
        told = extend_schema(operation_id=operation, responses=answer)
        described = extend_schema_view(get=told)(type(operation, (view_class,), {}))
        view = described.as_view(declaration=declaration, serializer_class=resource)
        view.policy = policy
        yield f"{base}{suffix}", f"{meta.app_label}-{meta.model_name}-{kind}", view


def resources(registry: Registry = screens):
    """Yield the views of every declaration."""
    for declaration in registry.values():
        yield from views_of(declaration)
