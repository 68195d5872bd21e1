"""The same residents as Django alone would show them: a ListView and the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from communities.models import Resident
from toolkit.policy import Policy
from toolkit.privacy.masks import mask_id, mask_phone

PAGE_SIZE = 20
RELATED = ("household", "org_unit")


class Residents(ListView):
    """Counted, paged by number, searched with LIKE, in the frame of our own pages."""

    policy = Policy("permission", "communities.view_resident")
    template_name = "bench/residents.html"
    paginate_by = PAGE_SIZE

    def get_queryset(self):
        rows = Resident.objects.in_scope_of(self.request.user).registered()
        if asked := self.request.GET.get("q"):
            rows = rows.filter(name__icontains=asked)
        return rows.select_related(*RELATED).order_by("name_key", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for row in context["object_list"]:
            row.id_masked, row.phone_masked = (
                mask_id(row.id_number),
                mask_phone(row.phone),
            )
        return context


@admin.register(Resident)
class ResidentAdmin(admin.ModelAdmin):
    """The change list of Django's admin with the columns of our list."""

    list_display = ("name", "sex", "id_masked", "phone_masked", "household", "living")
    list_select_related = RELATED
    list_per_page = PAGE_SIZE
    search_fields = ("name",)
    ordering = ("name_key", "pk")

    @admin.display(description=_("证件号码"))
    def id_masked(self, row):
        return mask_id(row.id_number)

    @admin.display(description=_("联系电话"))
    def phone_masked(self, row):
        return mask_phone(row.phone)
