"""Values become states: a revision ends the row before it."""

import django.db.models.deletion
from django.db import migrations, models


def end_revised(apps, schema_editor):
    """Of the rows of one cell all but the last end at the act of the next."""
    value = apps.get_model("indicators", "Value")
    last = {}
    for row in value.objects.order_by("since_id", "pk").iterator():
        cell = (row.indicator_id, row.unit, row.enterprise, row.period, row.purpose)
        if cell in last:
            value.objects.filter(pk=last[cell]).update(until_id=row.since_id)
        last[cell] = row.pk


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("indicators", "0001_initial")]

    operations = [
        migrations.RemoveIndex("value", "indicators__indicat_a99949_idx"),
        migrations.RenameField("value", "act", "since"),
        migrations.AddField(
            "value",
            "until",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="audit.act",
            ),
        ),
        migrations.AlterField(
            "value",
            "origin",
            models.CharField(
                db_index=True, help_text="the report or filing it came with", max_length=80
            ),
        ),
        migrations.RunPython(end_revised, migrations.RunPython.noop),
    ]
