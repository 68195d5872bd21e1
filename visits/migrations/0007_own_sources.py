from django.db import migrations, models

TIERS = "内蒙古2022年公布的老年人分级探访做法"
HOURS = TIERS + "，重大变化后24小时内"
MINISTRIES = "特殊困难老年人探访关爱要求（2022年民政部等十部门）"
OLD_TIERS = "老年人分级探访的公开做法"
# Slug: source and article as they were filled in, and what holds instead.
MENDED = {
    "alone-80": (OLD_TIERS, "高风险一级", {"source": TIERS, "extra_source": HOURS}),
    "seriously-ill": (OLD_TIERS, "高风险一级", {"source": TIERS, "extra_source": HOURS}),
    "general-care": (OLD_TIERS, "一般一级", {"source": TIERS}),
    "disabled-60": (MINISTRIES, "每月至少一次", {"source": TIERS, "article": "重点一级"}),
    "destitute": (MINISTRIES, "每月至少一次", {"source": TIERS, "article": "重点一级"}),
    "aged-90": (
        MINISTRIES,
        "每月至少一次",
        {"source": "街道走访安排", "article": "重点一级", "source_mark": "office"},
    ),
}


def say_what_holds(apps, schema_editor):
    """Give the sources that nobody has edited since they were filled in their truth."""
    rules = apps.get_model("visits", "VisitRule").objects
    for slug, (source, article, mended) in MENDED.items():
        rules.filter(slug=slug, source=source, article=article).update(**mended)


def drop_second_table(apps, schema_editor):
    """Visits are owed by the table of frequencies; no clock was ever read for them."""
    apps.get_model("toolkit", "ClockLimit").objects.filter(code="T15").delete()


def source(label):
    return models.CharField(
        blank=True,
        help_text="不填就是街道自定。",
        max_length=120,
        verbose_name=label,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("toolkit", "0001_initial"),
        ("visits", "0006_due_moments"),
    ]
    operations = [
        migrations.AddField("visitrule", "first_source", source("首访期限依据")),
        migrations.AddField("visitrule", "extra_source", source("加访时限依据")),
        migrations.AlterField(
            model_name="visitrule",
            name="source",
            field=models.CharField(max_length=120, verbose_name="间隔依据"),
        ),
        migrations.RunPython(say_what_holds, migrations.RunPython.noop),
        migrations.RunPython(drop_second_table, migrations.RunPython.noop),
    ]
