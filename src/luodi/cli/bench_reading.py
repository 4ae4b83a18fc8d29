"""The reading bench: compile time against jieba, memory a character."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luodi.cli.bench_pdf import pdf_figures
from luodi.kit.compiled import compile_source
from luodi.kit.readers import Source

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

_ITEM = (
    "{n}.推进第{n}项建设。围绕主导产业补链强链，到{year}年，规上工业总产值达到{value}亿元以上，同比增长{rate}%，"
    "新增标准厂房{area}万平方米，新签约项目{count}个，建立月调度、季通报机制，及时解决堵点难点。"
    "（责任单位：市工信局、市商务局、市发展改革委、开发区管委会）\n"
)
_MEMORY = """
import sys
from luodi.cli.bench_reading import made_source, peak
from luodi.kit.compiled import compile_source
import luodi.kit.readers
before = peak()
source = made_source(int(sys.argv[1]))
compiled = compile_source(source)
print((peak() - before) / len(source.text))
"""


def peak() -> int:
    """Peak resident memory of this process in bytes; what ran before the exec doesn't count."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def made_text(chars: int) -> str:
    """A generated plan of about `chars` characters."""
    pieces = ["示例市建设工作方案（生成）\n一、工作举措\n"]
    size = n = 0
    while size < chars:
        n += 1
        if n % 10 == 1:
            pieces.append(f"（{'一二三四五六七八九十'[n // 10 % 10]}）第{n}组任务\n")
        pieces.append(
            _ITEM.format(
                n=n,
                year=2024 + n % 5,
                value=100 + n % 900,
                rate=5 + n % 20,
                area=10 + n % 90,
                count=n % 60 + 1,
            )
        )
        size += len(pieces[-1])
    return "".join(pieces)[:chars]


def made_source(chars: int) -> Source:
    """The generated plan as a source."""
    text = made_text(chars)
    return Source("generated.txt", "", "txt", text, ((0, len(text)),))


def seed_texts() -> list[str]:
    """The real documents beside the project, where they are present."""
    for up in Path(__file__).resolve().parents:
        folder = up.parent / "shared" / "seeds"
        if folder.is_dir():
            return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return []


def figures(quick: bool) -> list[Figure]:
    """compile_vs_jieba (median of paired runs), bytes_per_char (from 1 M characters), PDF."""
    runs = 5 if quick else 15
    pdf = pdf_figures(made_text(20_000), quick)
    return [_compile_vs_jieba(runs), _bytes_per_char(1_000_000), *pdf]


def _compile_vs_jieba(runs: int) -> Figure:
    try:
        import jieba
    except ImportError:
        raise click.ClickException(
            "这项测量以 jieba 为标尺，请先安装：pip install luodi[test]"
        ) from None
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    texts = seed_texts()
    kind = "six seed texts" if texts else "generated plan"
    texts = texts or [made_text(110_000)]
    sources = [
        Source(f"{n}.txt", "", "txt", text, ((0, len(text)),)) for n, text in enumerate(texts)
    ]
    ratios = []
    for _ in range(runs):
        ours = _seconds(lambda: [compile_source(source) for source in sources])
        theirs = _seconds(lambda: [list(jieba.cut(text)) for text in texts])
        ratios.append(ours / theirs)
    chars = sum(map(len, texts))
    return {
        "name": "compile_vs_jieba",
        "value": round(statistics.median(ratios), 4),
        "unit": "ratio",
        "yardstick": "jieba.cut, initialised, HMM on, same process",
        "goal": 1.0,
        "size": f"{kind}, {chars} chars, median of {runs} pairs",
    }


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _bytes_per_char(chars: int) -> Figure:
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(chars)], capture_output=True, text=True, check=True
    )
    return {
        "name": "bytes_per_char",
        "value": round(float(done.stdout), 1),
        "unit": "bytes/char",
        "yardstick": "peak memory above the interpreter with its modules",
        "goal": None,
        "size": f"{chars} chars, generated plan",
    }
