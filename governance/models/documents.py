from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from communities.scoping import ScopedQuerySet
from governance.models.bodies import Term
from governance.models.recruitments import Recruitment, Stage
from governance.models.upgrades import Upgrade
from toolkit.uploads import KINDS, upload_path

# To what a document may belong, exactly one of them.
OWNERS = ("term", "upgrade", "recruitment")


def one_of(names: tuple[str, ...]) -> Q:
    """Return the condition that one of the fields is filled, and no other."""
    ways = Q()
    for name in names:
        ways |= Q(**{f"{other}__isnull": other != name for other in names})
    return ways


class DocumentQuerySet(ScopedQuerySet):
    def kept(self):
        """Documents that were not taken off again, in the order they came."""
        return self.filter(removed_at=None).order_by("pk")


class Document(models.Model):
    """A paper that proves a step: a founding document, an approval, a list of results.

    A gate of a recruitment may also be proved by a statement in words, where there is
    no paper (F018).
    """

    org_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", verbose_name=_("所属社区或网格")
    )
    term = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        related_name="documents",
        verbose_name=_("任期"),
    )
    upgrade = models.ForeignKey(
        Upgrade,
        models.PROTECT,
        null=True,
        related_name="documents",
        verbose_name=_("升格"),
    )
    recruitment = models.ForeignKey(
        Recruitment,
        models.PROTECT,
        null=True,
        related_name="documents",
        verbose_name=_("招聘"),
    )
    # The stage of the recruitment in which it was handed in.
    stage = models.CharField(_("环节"), max_length=20, choices=Stage, blank=True)
    title = models.CharField(_("名称"), max_length=100)
    statement = models.TextField(_("情况说明"), max_length=500, blank=True)
    kind = models.CharField(_("格式"), max_length=10, blank=True)
    size = models.PositiveIntegerField(_("大小"), default=0)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    file = models.FileField(
        _("文件"), upload_to=upload_path, max_length=120, blank=True
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("上传人"),
    )
    added_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    removed_at = models.DateTimeField(_("移除时间"), null=True)

    objects = DocumentQuerySet.as_manager()
    scope_path = "org_unit__path"

    class Meta:
        verbose_name = verbose_name_plural = _("自治文件材料")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of(OWNERS),
                name="a_document_belongs_to_one_thing",
                violation_error_message=_("一份材料只属于一届、一次升格或一次招聘。"),
            ),
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(statement=""),
                name="a_document_is_a_file_or_a_statement",
                violation_error_message=_("请选文件，或写情况说明。"),
            ),
            models.CheckConstraint(
                condition=Q(recruitment=None, stage="")
                | (Q(recruitment__isnull=False) & ~Q(stage="")),
                name="a_document_of_a_recruitment_has_a_stage",
                violation_error_message=_("招聘材料要属于一个环节。"),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def owner(self):
        """The term, upgrade or recruitment that it proves."""
        return self.term or self.upgrade or self.recruitment

    @property
    def media_type(self) -> str:
        return KINDS[self.kind].media_type

    @property
    def file_name(self) -> str:
        """The name under which the file is saved by whoever downloads it."""
        return f"{self.title}.{self.kind}"

    def get_scope_path(self) -> str:
        return self.org_unit.path
