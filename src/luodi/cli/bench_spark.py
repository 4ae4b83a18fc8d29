"""The national computation on a real Spark cluster, with the same digits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.cli.national import cells_of, digest_of, layout, line, zone_plan
from luodi.cli.spark_cluster import WORKERS, available, cluster, end, peak_of, start
from luodi.kit.formulas import SPARK, statement

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

LONGEST = 1800
"""Seconds the computation may take."""
CHUNK = 600
"""Rows finished at a time, so that memory doesn't grow with the country."""
_DRIVE = "import sys; from luodi.cli.bench_spark import drive; drive(*sys.argv[1:])"


def spark_figures(path: Path, enterprises: int, digest: str) -> list[Figure]:
    """Seconds and memory on a cluster; nothing, said aloud, where Spark can't be started.

    RuntimeError where the digits differ from DuckDB's or the cluster fails.
    """
    missing = available()
    if missing:
        sys.stderr.write(f"!! {missing}: the distributed engine is LEFT OUT\n")
        return []
    with tempfile.TemporaryDirectory(prefix="luodi-spark-") as name:
        folder = Path(name)
        with cluster(folder) as (address, groups):
            told = folder / "told.json"
            memory = _driven([address, str(path), str(enterprises), str(told)], folder, groups)
            result = json.loads(told.read_text())
    if result["digest"] != digest:
        raise RuntimeError("Spark and DuckDB differ")
    size = (
        f"{enterprises}家企业×12个月，{result['results']}个结果与DuckDB逐位相同；"
        f"1个master、{result['workers']}个worker（127.0.0.1）"
    )
    return [
        _figure("national_spark_seconds", round(result["seconds"], 2), "s", size, None),
        _figure("national_spark_memory", round(memory / 2**30, 3), "GiB", size, 8.0),
    ]


def _figure(name: str, value: float, unit: str, size: str, goal: float | None) -> Figure:
    yardstick = "求和在集群中，除法与舍入在驱动端" if goal is None else "集群各进程峰值内存之和"
    return {
        "name": name, "value": value, "unit": unit, "yardstick": yardstick, "goal": goal,
        "size": size,
    }  # fmt: skip


def _driven(arguments: list[str], folder: Path, groups: list[int]) -> int:
    """Run the driver in a process of its own; bytes all processes needed at their peaks."""
    driver = start([sys.executable, "-c", _DRIVE, *arguments], folder)
    peak, until = 0, time.monotonic() + LONGEST
    try:
        while driver.poll() is None and time.monotonic() < until:
            peak = max(peak, peak_of([*groups, driver.pid]))
            try:
                driver.wait(1)
            except subprocess.TimeoutExpired:
                continue
        if driver.returncode != 0:
            log = (folder / "logs.txt").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"Spark failed: {log}")
    finally:
        end([driver])
    return peak


def drive(address: str, path: str, enterprises: str, told: str) -> None:
    """The driver's life: one statement on the cluster, finished here, the digest written down."""
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master(address)
        .appName("luodi bench")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .config("spark.executor.memory", "1536m")
        .config("spark.executor.cores", "1")
        .config("spark.cores.max", str(WORKERS))
        .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s")
        .config("spark.executor.extraJavaOptions", "-XX:-DontCompileHugeMethods")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    try:
        spark.read.parquet(path).createOrReplaceTempView("figures")
        made = zone_plan()
        began = time.monotonic()
        asked = cells_of(int(enterprises))
        rows = spark.sql(statement(made, SPARK, layout("figures"), asked)).collect()
        seconds = time.monotonic() - began
        executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1  # type: ignore[union-attr]
    finally:
        spark.stop()
    lines = (
        line(*place, outcome)
        for first in range(0, len(rows), CHUNK)
        for place, outcome in made.outcomes(rows[first : first + CHUNK], {}, split=True).items()
    )
    result = {
        "digest": digest_of(lines), "seconds": seconds, "workers": executors,
        "results": len(rows) * len(made.formulas),
    }  # fmt: skip
    Path(told).write_text(json.dumps(result))
    assert executors == WORKERS, f"{executors} executors of {WORKERS} ({os.getpid()})"
