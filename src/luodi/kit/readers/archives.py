"""Reading parts of a zip without being blown up by it."""

from __future__ import annotations

import io
import zipfile

from luodi.kit.readers.sentences import Refusal
from luodi.kit.readers.sources import MEGABYTE, Limits

CHUNK = MEGABYTE
ENCRYPTED = 0x1


class Archive:
    """The parts of a zip, sizes checked as declared and again as they come out."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._taken = 0
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._entries = {info.filename: info for info in self._zip.infolist()}
        self._refuse_declared()

    def _refuse_declared(self) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & ENCRYPTED for info in infos):
            raise Refusal("source.encrypted")
        total = sum(info.file_size for info in infos)
        if total > self._limits.unpacked_bytes:
            raise Refusal("source.bomb", reason=f"解压后共 {total // MEGABYTE} MB")
        for info in infos:
            self._refuse_ratio(info.file_size, info.compress_size)

    def _refuse_ratio(self, size: int, packed: int) -> None:
        if size > self._limits.ratio_floor and size > self._limits.ratio * max(packed, 1):
            raise Refusal("source.bomb", reason=f"单个部分解压后放大超过 {self._limits.ratio} 倍")

    def names(self, start: str, end: str) -> list[str]:
        """Names of the entries with this start and end, sorted."""
        return sorted(n for n in self._entries if n.startswith(start) and n.endswith(end))

    def part(self, name: str) -> bytes | None:
        """One entry unpacked, or None where the zip has none of that name."""
        info = self._entries.get(name)
        if info is None:
            return None
        chunks = []
        with self._zip.open(info) as stream:
            while chunk := stream.read(CHUNK):
                self._taken += len(chunk)
                if self._taken > self._limits.part_bytes:
                    limit = self._limits.part_bytes // MEGABYTE
                    raise Refusal("source.bomb", reason=f"正文解压后超过 {limit} MB")
                chunks.append(chunk)
        return b"".join(chunks)
