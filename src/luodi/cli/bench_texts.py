"""What the reading bench reads: a generated plan of any length, and the real texts."""

from __future__ import annotations

import itertools
from pathlib import Path

from luodi.kit.readers import Source

_ITEM = (
    "{n}.推进第{n}项建设。围绕主导产业补链强链，到{year}年，规上工业总产值达到{value}亿元以上，同比增长{rate}%，"
    "新增标准厂房{area}万平方米，新签约项目{count}个，建立月调度、季通报机制，及时解决堵点难点。"
    "（责任单位：市工信局、市商务局、市发展改革委、开发区管委会）\n"
)


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


def real_text(chars: int) -> str:
    """The real documents one after the other, from the first again until `chars` are reached.

    Empty where they aren't present.
    """
    texts, size, pieces = seed_texts(), 0, []
    for text in itertools.cycle(texts):
        if size >= chars:
            break
        pieces.append(text + "\n")
        size += len(text) + 1
    return "".join(pieces)[:chars]


def as_source(text: str) -> Source:
    """A text as the source of a plain file."""
    return Source("text.txt", "", "txt", text, ((0, len(text)),))


def seed_texts() -> list[str]:
    """The real documents beside the project, where they are present."""
    for up in Path(__file__).resolve().parents:
        folder = up.parent / "shared" / "seeds"
        if folder.is_dir():
            return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return []
