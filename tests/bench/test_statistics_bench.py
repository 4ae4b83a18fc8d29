"""The statistics bench: national scale prints its figures; a cluster always ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from luodi.cli import bench_national, national, spark_cluster
from luodi.cli.bench_spark import spark_figures


def test_national_figures_are_checked_and_printed(monkeypatch):
    monkeypatch.setattr(bench_national, "QUICK", 600)
    found = {one["name"]: one for one in bench_national.measure(True)}
    assert found["national_vs_duckdb_scan"]["goal"] == 2.0
    assert found["national_vs_duckdb_scan"]["value"] > 0
    assert 0 < found["national_peak_memory"]["value"] < 8
    assert all(one["size"] for one in found.values())


def test_the_generated_file_says_so_and_is_the_same_every_time(tmp_path: Path):
    for name in ("a", "b"):
        national.generate(tmp_path / name, 250)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with duckdb.connect() as connection:
        told = connection.execute(
            f"SELECT value FROM parquet_kv_metadata('{tmp_path / 'a'}')"
        ).fetchall()
        rows = connection.execute(
            f"SELECT count(*), count(DISTINCT enterprise) FROM read_parquet('{tmp_path / 'a'}')"
        ).fetchone()
    assert any("生成的演示数据" in value.decode() for (value,) in told)
    assert rows == (250 * 12, 250)


def gone(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "State:\tZ" in status.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_process_group_is_ended_even_if_it_does_not_want_to(tmp_path: Path):
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    process = spark_cluster.start([sys.executable, "-c", stubborn], tmp_path)
    until = time.monotonic() + 20
    while "1" not in (tmp_path / "logs.txt").read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert spark_cluster.peak_of([process.pid]) > 0
    spark_cluster.end([process])
    assert gone(process.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel to end it")
def test_a_process_ends_with_the_one_that_started_it(tmp_path: Path):
    script = (
        "import sys, time; from pathlib import Path; from luodi.cli.spark_cluster import start\n"
        f"print(start(['sleep', '600'], Path({str(tmp_path)!r})).pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    until = time.monotonic() + 20
    while not gone(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert gone(child)


@pytest.mark.slow
def test_spark_gives_the_same_digits(tmp_path: Path):
    if missing := spark_cluster.available():
        pytest.skip(missing)
    path = tmp_path / "figures.parquet"
    national.generate(path, 600)
    digest = bench_national.checked(path, 600)[1]
    found = spark_figures(path, 600, digest)
    assert [one["name"] for one in found] == ["national_spark_seconds", "national_spark_memory"]
