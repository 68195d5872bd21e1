from django.db import migrations

# What the name of a Party organisation says; without any of these it is a branch.
RANKS = (("党总支", "general"), ("党委", "committee"))


def begin_terms(apps, schema_editor):
    """Turn the days, the document and the head of each body into its first term."""
    body_model = apps.get_model("governance", "Body")
    term_model = apps.get_model("governance", "Term")
    member_model = apps.get_model("governance", "Member")
    for body in body_model.objects.order_by("pk").iterator():
        if body.kind == "party":
            ranks = (rank for words, rank in RANKS if words in body.name)
            body.rank = next(ranks, "branch")
            body.save(update_fields=["rank"])
        term = term_model.objects.create(
            body=body,
            began_on=body.founded_on,
            ends_on=body.term_ends_on,
            document=body.document,
        )
        if body.head:
            member_model.objects.create(
                term=term, name=body.head, post="head", sex="0", education="00"
            )


class Migration(migrations.Migration):
    dependencies = [("governance", "0004_bodies_and_terms")]

    operations = [migrations.RunPython(begin_terms, migrations.RunPython.noop)]
