"""A model field whose column holds only sealed text.

    class Resident(models.Model):
        uid = models.UUIDField(default=uuid4, editable=False, unique=True)
        id_number = SealedTextField(_("身份证号码"), blank=True, max_length=18)

    resident.id_number                    # plaintext, opened when it is read
    Resident.objects.values_list("id_number")                 # tokens, never plaintext

A plaintext is sealed when the row is written by `save()` or `bulk_create()`, which know
the row's uid. `update()` and `bulk_update()` do not; they accept a Token from a Sealer
and refuse plaintext. An upsert must keep the uid that the token was sealed for.
"""

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.forms import CharField

from toolkit.privacy.sealing import SealBroken, Token, open_sealed, place_of, seal


class SealedAttribute(DeferredAttribute):
    """Opens the token when the attribute is read."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Token):
            return open_sealed(value, self.field.place(instance))
        return "" if value is None else value

    def __set__(self, instance, value):
        name = self.field.attname
        if isinstance(value, str) and not isinstance(value, Token):
            value = self._kept_token(instance, value) or value
        instance.__dict__[name] = value

    def _kept_token(self, instance, plaintext):
        """The token in place if it holds this very text: saving changes nothing."""
        token = instance.__dict__.get(self.field.attname)
        if not isinstance(token, Token):
            return None
        try:
            same = open_sealed(token, self.field.place(instance)) == plaintext
        except SealBroken:
            return None
        return token if same else None


class SealedTextField(models.Field):
    """Text that is encrypted in its column and plain on the instance.

    Empty text is stored as NULL when `null` is set, which `blank=True` implies; so
    `isnull`, the only lookup there is, finds the rows without a value.
    """

    descriptor_class = SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args, **kwargs):
        if kwargs.get("blank"):
            kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def get_internal_type(self):
        return "TextField"

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        if self.column:
            # Django leaves an inherited attribute in place; ours must open tokens.
            setattr(cls, self.attname, self.descriptor_class(self))

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_use()]

    def _check_use(self):
        if self.unique or self.db_index:
            yield checks.Error(
                "A sealed column cannot be indexed or unique; use a blind index.",
                obj=self,
                id="toolkit.E101",
            )
        if any(map(self._is_in, self.model._meta.constraints)):
            yield checks.Error(
                "A constraint cannot see a sealed value; use its blind index.",
                obj=self,
                id="toolkit.E103",
            )
        try:
            self.model._meta.get_field("uid")
        except FieldDoesNotExist:
            yield checks.Error(
                "A model with a sealed field needs uid = UUIDField(default=uuid4).",
                obj=self,
                id="toolkit.E102",
            )

    def _is_in(self, constraint) -> bool:
        condition = getattr(constraint, "condition", None)
        names = set(getattr(constraint, "fields", ()))
        return self.name in names | (
            condition.referenced_base_fields if condition else set()
        )

    def place(self, instance) -> str:
        """The place that this row's token is bound to."""
        return place_of(self.model._meta.db_table, self.column, instance.uid)

    def token(self, instance) -> Token | None:
        """The sealed value of the row, sealed now if it was assigned as plaintext."""
        value = instance.__dict__.get(self.attname)
        if isinstance(value, Token):
            return value
        if value in (None, ""):
            return self._absent()
        return seal(value, self.place(instance))

    def _absent(self) -> Token | None:
        return None if self.null else Token("")

    def pre_save(self, model_instance, add):
        token = self.token(model_instance)
        # From here on the instance holds no plaintext any more.
        model_instance.__dict__[self.attname] = token
        return token

    def from_db_value(self, value, expression, connection):
        return Token(value) if value else value

    def to_python(self, value):
        return value if value is None or isinstance(value, str) else str(value)

    def get_db_prep_value(self, value, connection, prepared=False):
        if isinstance(value, str) and not isinstance(value, Token):
            raise TypeError(
                f"{self.name}: a plaintext must not reach the database; "
                "save the instance, or pass a token of a Sealer."
            )
        return None if value is None else str(value)

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"{self.name} is sealed: look it up by its blind index, or by isnull."
        )

    def get_transform(self, lookup_name):
        raise FieldError(f"{self.name} is sealed: it has no {lookup_name}.")

    def value_to_string(self, obj):
        """What a fixture holds: the token."""
        return str(self.token(obj) or "")

    def formfield(self, **kwargs):
        return super().formfield(
            **{"form_class": CharField, "max_length": self.max_length, **kwargs}
        )
