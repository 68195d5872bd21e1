from itertools import islice

from django.db import migrations, models
from django.db.models import F, Q

BATCH = 2000


def since_when(apps, schema_editor):
    """Each visit was waited for since the one before it, the first since the duty."""
    DueVisit = apps.get_model("visits", "DueVisit")
    rows = DueVisit.objects.select_related("duty").only("met_on", "duty__since")
    order = ("duty", F("met_on").asc(nulls_last=True), "pk")
    told = opened(rows.order_by(*order).iterator(BATCH))
    while part := list(islice(told, BATCH)):
        DueVisit.objects.bulk_update(part, ["opened_on"])


def opened(rows):
    duty = since = None
    for row in rows:
        since = since if row.duty_id == duty else row.duty.since
        row.opened_on = since
        duty, since = row.duty_id, row.met_on or since
        yield row


def drop_missed(apps, schema_editor):
    """Without missed visits there is one open visit, and the others fell away."""
    rows = apps.get_model("visits", "DueVisit").objects.filter(lapsed_on__isnull=False)
    rows.update(dropped_on=F("lapsed_on"))


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_stays_off")]
    operations = [
        migrations.RemoveConstraint(
            model_name="duevisit", name="one_open_due_visit_per_duty"
        ),
        migrations.AddField(
            model_name="visitrule",
            name="counted_on",
            field=models.DateField(
                editable=False, null=True, verbose_name="最近一次清点漏访"
            ),
        ),
        migrations.AddField(
            model_name="duevisit",
            name="lapsed_on",
            field=models.DateField(null=True, verbose_name="漏访日期"),
        ),
        migrations.AddField(
            model_name="duevisit",
            name="opened_on",
            field=models.DateField(null=True, verbose_name="从哪天起应访"),
        ),
        migrations.RunPython(since_when, drop_missed),
        migrations.AlterField(
            model_name="duevisit",
            name="opened_on",
            field=models.DateField(verbose_name="从哪天起应访"),
        ),
        migrations.AddConstraint(
            model_name="duevisit",
            constraint=models.UniqueConstraint(
                condition=Q(met_on=None, lapsed_on=None, dropped_on=None),
                fields=("duty",),
                name="one_open_due_visit_per_duty",
                violation_error_message="这项任务已有一次还没走访的。",
            ),
        ),
        migrations.AddConstraint(
            model_name="duevisit",
            constraint=models.CheckConstraint(
                condition=Q(lapsed_on=None)
                | Q(met_on=None, lapsed_on__gt=F("due_on")),
                name="a_missed_due_visit_was_not_paid",
                violation_error_message="走访过的不再算漏访。",
            ),
        ),
    ]
