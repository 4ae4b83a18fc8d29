"""A refusal is a value: a stable code, its parameters, and a sentence for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True)
class Refusal:
    """Why something was not done or cannot be computed; falsy, so `if not answer` reads well.

    `code` is stable and dotted (`flow.wrong_role`); `params` fill the two sentences.
    """

    code: str
    zh: str
    en: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def says(self, lang: Lang = "zh") -> str:
        """The sentence in the language asked for."""
        return self.en if lang == "en" else self.zh

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return self.zh
