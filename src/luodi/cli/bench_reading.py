"""The reading bench: against jieba, against PDFium, memory a character, time by length, folders."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import click

from luodi.cli.bench_folders import folder_figures
from luodi.cli.bench_length import length_figures
from luodi.cli.bench_pdf import pdf_figures
from luodi.cli.bench_sides import Work, compared
from luodi.cli.bench_texts import made_text, seed_texts
from luodi.kit.compiled import compile_source, to_json
from luodi.kit.readers import read

if TYPE_CHECKING:
    from luodi.cli.bench import Figure


def figures(quick: bool) -> list[Figure]:
    """Every figure of the reading bench."""
    return [
        _compile_vs_jieba(5 if quick else 21),
        *length_figures(quick),
        *pdf_figures(made_text(20_000), quick),
        *folder_figures(quick),
    ]


def compile_all(_: str) -> Work:
    """Bytes to the contract's object of every text: decoding, layout, all passes, all findings."""
    files = [text.encode() for text in _texts()]

    def work() -> object:
        sources = [read("text.txt", data)[0] for data in files]
        return [to_json(compile_source(source)) for source in sources if source]

    return work


def cut_all(_: str) -> Work:
    """jieba's words of every text, its dictionary loaded before."""
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    texts = _texts()
    return lambda: [list(jieba.cut(text)) for text in texts]


def _texts() -> list[str]:
    return seed_texts() or [made_text(110_000)]


def _compile_vs_jieba(runs: int) -> Figure:
    if importlib.util.find_spec("jieba") is None:
        raise click.ClickException("这项测量以 jieba 为标尺，请先安装：pip install luodi[test]")
    here = "luodi.cli.bench_reading:"
    ratio, ratios = compared(f"{here}compile_all", f"{here}cut_all", "", runs)
    kind = "six seed texts" if seed_texts() else "generated plan"
    chars = sum(map(len, _texts()))
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    return {
        "name": "compile_vs_jieba",
        "value": round(ratio, 4),
        "unit": "ratio",
        "yardstick": "jieba.cut, initialised, HMM on; a process each, runs in turn, processor time",
        "goal": 1.0,
        "size": f"{kind}, {chars} chars, bytes to JSON, median of {runs} pairs ({spread})",
    }
