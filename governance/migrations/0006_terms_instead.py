from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_first_terms")]

    operations = [
        migrations.RemoveConstraint(
            model_name='body',
            name='a_term_ends_after_it_begins',
        ),
        migrations.RemoveField(
            model_name='body',
            name='document',
        ),
        migrations.RemoveField(
            model_name='body',
            name='founded_on',
        ),
        migrations.RemoveField(
            model_name='body',
            name='head',
        ),
        migrations.RemoveField(
            model_name='body',
            name='term_ends_on',
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'party'), ('rank', ''), _connector='XOR'), name='a_party_organisation_has_a_rank', violation_error_message='党组织要选形式，其他组织不选。'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'part'), ('task', ''), _connector='XOR'), name='a_committee_below_another_has_a_task', violation_error_message='下属委员会要选工作内容，其他组织不选。'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('began_on')), _connector='OR'), name='a_term_ends_after_it_begins', violation_error_message='任期届满要晚于产生日期。'),
        ),
    ]
