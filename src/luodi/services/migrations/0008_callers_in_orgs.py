"""Names and telephones of callers move to `orgs`, where all such rows stand and are erased."""

from typing import Any

from django.db import migrations


def move(apps: Any, schema_editor: Any) -> None:
    kept = apps.get_model("orgs", "Caller").objects.using(schema_editor.connection.alias)
    rows = apps.get_model("services", "Caller").objects.using(schema_editor.connection.alias)
    for row in rows.iterator():
        kept.update_or_create(
            subject=f"request:{row.request_id}", defaults={"name": row.name, "phone": row.phone}
        )


def move_back(apps: Any, schema_editor: Any) -> None:
    kept = apps.get_model("orgs", "Caller").objects.using(schema_editor.connection.alias)
    rows = apps.get_model("services", "Caller").objects.using(schema_editor.connection.alias)
    for row in kept.filter(subject__startswith="request:").iterator():
        key = row.subject.removeprefix("request:")
        rows.update_or_create(request_id=key, defaults={"name": row.name, "phone": row.phone})


class Migration(migrations.Migration):
    dependencies = [("services", "0007_moved_firms"), ("orgs", "0005_callers")]

    operations = [
        migrations.RunPython(move, move_back),
        migrations.DeleteModel(name="Caller"),
    ]
