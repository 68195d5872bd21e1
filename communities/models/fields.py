from django.db import models

from communities import codes


class CodeField(models.CharField):
    """A code of one of the national code lists, with "unknown" as its default.

    `codes="sex"` names the list; the choices come from the list and not into
    migrations, so that an amended standard needs no migration.
    """

    def __init__(self, *args, codes: str = "", **kwargs):
        self.code_list = codes
        kwargs["max_length"] = 4
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        # Migrations rebuild historical models, which need no choices.
        if cls.__module__ != "__fake__":
            code_list = codes.LISTS[self.code_list]
            self.choices = code_list.choices
            self.default = code_list.unknown
        super().contribute_to_class(cls, name, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for derived in ("choices", "default", "max_length"):
            kwargs.pop(derived, None)
        kwargs["codes"] = self.code_list
        return name, path, args, kwargs


class SortKeyField(models.CharField):
    """Text made for sorting, compared byte by byte whatever language the database has.

    SQLite compares so anyway; on PostgreSQL it is collation "C", which is also the
    quickest to keep an index in.
    """

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
