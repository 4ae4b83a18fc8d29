"""`luodi backup` and `luodi restore`: one file that either database can take back.

The file is a zip: `manifest.json` (format, head of the act chain, row counts),
`tables/<model>.jsonl` (one row a line) and `files/<sha256>` (stored files).
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from luodi.audit.models import Act
from luodi.audit.queries import has_record, verify
from luodi.audit.rules import canonical
from luodi.console.actions import index_subjects
from luodi.console.models import SearchEntry
from luodi.documents.actions import keep_bytes
from luodi.documents.models import StoredFile
from luodi.documents.rules import path_of

from .serving import prepare

FORMAT = "luodi.backup/1"
BATCH = 500


@click.command()
@click.argument("target", type=click.Path(dir_okay=False))
def backup(target: str) -> None:
    """Write everything Luodi keeps into one file TARGET (.zip).

    The server may go on running. Keep the printed head: `audit verify --expect` and `restore`
    prove with it that nothing was cut off.
    """
    if not has_record():
        raise click.ClickException("这个数据目录里还没有落地的数据 · no record in this data folder")
    head = write_backup(Path(target))
    click.echo(f"{target}: {head[0]} acts, head {head[0]}:{head[1]}")


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False))
def restore(source: str) -> None:
    """Fill an empty Luodi (either database) from a backup SOURCE, and verify it."""
    prepare()
    if Act.objects.exists():
        raise click.ClickException("this Luodi already holds a record: restore needs an empty one")
    try:
        head = read_backup(Path(source))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise click.ClickException(f"not a usable backup, nothing was restored: {error}") from error
    click.echo(f"restored {head[0]} acts, head {head[0]}:{head[1]}, the chain is whole")


def kept_models() -> list[type[models.Model]]:
    """All of Luodi's tables but the search index, which is rebuilt."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("luodi.")]
    return [m for m in ours if m is not SearchEntry]


def write_backup(target: Path) -> tuple[int, str]:
    """Write the backup beside its place and move it there when whole; returns the head."""
    with (
        tempfile.NamedTemporaryFile(dir=target.resolve().parent, delete=False) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
    ):
        head = _fill(archive)
    Path(part.name).replace(target)
    return head


def _fill(archive: zipfile.ZipFile) -> tuple[int, str]:
    counts = {}
    with transaction.atomic():
        _read_one_moment()
        last = Act.objects.order_by("-position").first()
        head = (last.position, last.digest) if last else (0, "")
        for model in kept_models():
            with archive.open(f"tables/{model._meta.label_lower}.jsonl", "w") as out:
                counts[model._meta.label_lower] = _write_rows(model, out)
        digests = set(StoredFile.objects.values_list("sha256", flat=True))
    for digest in sorted(digests):
        archive.write(path_of(digest), f"files/{digest}")
    manifest = {"format": FORMAT, "head": head, "rows": counts, "files": len(digests)}
    archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return head


def _read_one_moment() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _write_rows(model: type[models.Model], out: Any) -> int:
    count = 0
    columns = [field.attname for field in model._meta.concrete_fields]
    for row in model._default_manager.order_by("pk").values(*columns).iterator(BATCH):
        out.write(canonical(row).encode() + b"\n")
        count += 1
    return count


def read_backup(source: Path) -> tuple[int, str]:
    """Restore in one transaction, verify the chain against the manifest; returns the head."""
    with zipfile.ZipFile(source) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        if manifest.get("format") != FORMAT:
            raise ValueError(f"format {manifest.get('format')!r}, expected {FORMAT!r}")
        for name in archive.namelist():
            if name.startswith("files/") and keep_bytes(archive.read(name)) != name[6:]:
                raise ValueError(f"{name} is not what its name says")
        with transaction.atomic():
            _fill_tables(archive, manifest)
            position, digest = manifest["head"]
            report = verify((position, digest) if position else None)
            if report.breaks:
                broken = report.breaks[0]
                raise ValueError(f"the record is broken at {broken.position}: {broken.reason}")
    subjects = {s for acts in Act.objects.values_list("subjects", flat=True) for s in acts}
    last = Act.objects.order_by("-position").first()
    if last:
        index_subjects(subjects=sorted(subjects), by="system:restore", at=last.at)
    return position, digest


def _fill_tables(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    for model in kept_models():
        label = model._meta.label_lower
        model._default_manager.all().delete()
        count = 0
        for rows in _batches(archive, model, f"tables/{label}.jsonl"):
            model._default_manager.bulk_create(rows)
            count += len(rows)
        if count != manifest["rows"][label]:
            raise ValueError(f"{label}: {count} rows, {manifest['rows'][label]} expected")
    resets = connection.ops.sequence_reset_sql(no_style(), kept_models())
    with connection.cursor() as cursor:
        for statement in resets:
            cursor.execute(statement)


def _batches(
    archive: zipfile.ZipFile, model: type[models.Model], name: str
) -> Iterator[list[models.Model]]:
    fields = model._meta.concrete_fields
    batch: list[models.Model] = []
    with archive.open(name) as lines:
        for line in lines:
            said = json.loads(line)
            batch.append(model(**{f.attname: f.to_python(said[f.attname]) for f in fields}))
            if len(batch) == BATCH:
                yield batch
                batch = []
    yield batch
