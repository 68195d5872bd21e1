from django.db import migrations, models
from django.db.models import F, Q

# One pass of the database: a year of a street has millions of visits.
SINCE_WHEN = """
    UPDATE visits_duevisit
    SET opened_on = COALESCE(told.met_before, told.since)
    FROM (
        SELECT visit.id, duty.since, MAX(visit.met_on) OVER (
            PARTITION BY visit.duty_id ORDER BY visit.met_on NULLS LAST, visit.id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS met_before
        FROM visits_duevisit AS visit
        JOIN visits_visitduty AS duty ON duty.id = visit.duty_id
    ) AS told
    WHERE told.id = visits_duevisit.id
"""


def since_when(apps, schema_editor):
    """Each visit was waited for since the one before it, the first since the duty."""
    schema_editor.execute(SINCE_WHEN)


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
