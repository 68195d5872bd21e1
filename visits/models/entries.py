from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import ScopedModel
from communities.scoping import ScopedQuerySet
from visits.declared import Ledger, ledgers, name_of
from visits.models.visits import Visit

TEXT_LENGTH, RECEIPT_LENGTH = 150, 60


class LedgerEntryQuerySet(ScopedQuerySet):
    def standing(self):
        """Entries that were not struck out."""
        return self.filter(struck_on=None)

    def of(self, slug: str):
        """Entries of one ledger."""
        return self.filter(ledger=slug)

    def happened_in(self, period):
        """Entries of visits paid in the period, whenever they were written down."""
        return self.filter(happened_on__gte=period.start, happened_on__lt=period.end)

    def with_subject(self):
        """Read with each entry what it takes to name who was visited."""
        related = ("resident", "household__org_unit", "organisation")
        return self.select_related(
            *(f"visit__{name}" for name in related), "visit__org_unit"
        )


class LedgerEntry(ScopedModel):
    """A visit as one ledger tells it: condolence money, a hazard, hours of volunteers.

    `org_unit` is that of the visit. Entries are never deleted: one that is wrong is
    struck out with a reason and counts no longer.
    """

    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="ledger_entries", verbose_name=_("走访")
    )
    # The slug of a declaration, see visits/ledgers.py.
    ledger = models.CharField(_("台账"), max_length=60)
    # The day of the visit, moved along where that is corrected.
    happened_on = models.DateField(_("走访日期"))
    # In yuan.
    amount = models.DecimalField(_("金额"), max_digits=12, decimal_places=2, null=True)
    quantity = models.PositiveIntegerField(_("数量"), null=True)
    # Of each where there is a quantity.
    minutes = models.PositiveIntegerField(_("时长"), null=True)
    category = models.CharField(_("类别"), max_length=40, blank=True)
    text = models.CharField(_("内容"), max_length=TEXT_LENGTH, blank=True)
    receipt = models.CharField(_("签收"), max_length=RECEIPT_LENGTH, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("登记人"),
    )
    # What the ledger's own app has written for it, if it keeps records of its own.
    record_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, related_name="+"
    )
    record_id = models.PositiveBigIntegerField(null=True)
    record = GenericForeignKey("record_type", "record_id")
    struck_on = models.DateField(_("作废日期"), null=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("作废人"),
    )
    strike_reason = models.CharField(_("作废原因"), max_length=500, blank=True)

    objects = LedgerEntryQuerySet.as_manager()
    fact_labels = {
        "visited": _("走访对象"),
        "name": _("台账"),
        "answers": _("登记内容"),
    }

    class Meta:
        verbose_name = verbose_name_plural = _("台账记录")
        ordering = ["-happened_on", "-pk"]
        permissions = [("export_ledgerentry", _("导出台账记录"))]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "ledger"],
                condition=Q(struck_on=None),
                name="one_standing_entry_per_visit_and_ledger",
                violation_error_message=_("这次走访已经记入这本台账，不用再记。"),
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="a_ledger_amount_is_not_negative",
                violation_error_message=_("金额不能是负数。"),
            ),
            models.CheckConstraint(
                condition=Q(struck_on=None, struck_by=None, strike_reason="")
                | Q(struck_on__isnull=False, struck_by__isnull=False)
                & ~Q(strike_reason=""),
                name="a_struck_entry_says_by_whom_and_why",
                violation_error_message=_("作废要写明由谁作废和原因。"),
            ),
            models.CheckConstraint(
                condition=Q(record_type=None, record_id=None)
                | Q(record_type__isnull=False, record_id__isnull=False),
                name="a_ledger_record_is_named_whole",
                violation_error_message=_("台账对应的记录没有写全。"),
            ),
        ]
        indexes = [
            models.Index(fields=["ledger", "happened_on"], name="entry_by_ledger_day"),
            models.Index(fields=["happened_on", "id"], name="entry_by_day"),
        ]

    def __str__(self):
        return gettext("%(ledger)s　%(whom)s") % {
            "ledger": self.name,
            "whom": self.whom,
        }

    @property
    def book(self) -> Ledger | None:
        """The declaration of its ledger; None where an app no longer declares it."""
        return ledgers.get(self.ledger)

    @property
    def name(self) -> str:
        """The name of the ledger."""
        return name_of(self.ledger)

    @property
    def whom(self) -> str:
        return self.visit.whom

    @property
    def visited(self):
        """Who was visited, with the page; the mere number of a home that moved away."""
        return self.visit.visited

    @property
    def answers(self) -> str:
        """What was answered, in the order of the questions: 春节，慰问金 200.00 元."""
        if self.book is None:
            return ""
        asked = {one.column for one in self.book.asks}
        return self.book.words({name: getattr(self, name) for name in asked})

    @property
    def kind(self) -> str:
        """The category in words."""
        asked = self.book.asks if self.book else ()
        choices = (one for one in asked if one.column == "category")
        return next((one.words(self.category) for one in choices), self.category)

    @property
    def address_of_record(self) -> str:
        """Where the entry leads: to the record of its own app, or to its own page."""
        return (self.record or self).get_absolute_url()
