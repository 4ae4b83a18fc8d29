"""What the words of a ledger mean: units, modes, stages by the names a city's pack gives them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from luodi.kit.mapping.names import likeness, plain_name

from ..choices import Origin, Signing

NEAREST = 3
LEAST = 0.3
"""Less alike than this, nothing is proposed."""

SPOKEN = {
    "origin": {
        "招商引资": Origin.LEAD, "招商": Origin.LEAD, "招商项目": Origin.LEAD,
        "线索": Origin.LEAD, "谋划": Origin.RESERVE, "储备": Origin.RESERVE,
        "谋划项目": Origin.RESERVE, "储备项目": Origin.RESERVE,
        "专项债": Origin.SPECIAL_BOND, "专项债项目": Origin.SPECIAL_BOND,
    },
    "signing": {
        "框架": Signing.FRAMEWORK, "框架合作协议": Signing.FRAMEWORK,
        "战略合作框架协议": Signing.FRAMEWORK, "合同": Signing.CONTRACT,
        "正式协议": Signing.CONTRACT, "投资合同": Signing.CONTRACT,
        "正式投资合同": Signing.CONTRACT, "未签": Signing.NONE, "否": Signing.NONE,
    },
}  # fmt: skip
"""Further ways to say where a project comes from and how far its signing binds."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of each field with what they mean. `choices` are (key, label) to choose from."""

    words: Mapping[str, Mapping[str, frozenset[str]]]
    choices: Mapping[str, tuple[tuple[str, str], ...]]
    remembered: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def means(self, name: str, word: str) -> str | None:
        """The key a word stands for; '' where it says nothing, None where nobody knows."""
        said = self.remembered.get((name, word))
        if said is not None:
            return said
        keys = self.words[name].get(plain(word), frozenset())
        return next(iter(keys)) if len(keys) == 1 else None

    def nearest(self, name: str, word: str) -> list[tuple[str, str]]:
        """The choices whose names are nearest to a word, what it may mean first."""
        keys = self.words[name].get(plain(word), frozenset())
        wanted = plain_name(word)
        scored = [
            (2.0 if key in keys else likeness(wanted, plain_name(label)), key, label)
            for key, label in self.choices[name]
        ]
        scored.sort(key=lambda one: (-one[0], one[2]))
        return [(key, label) for score, key, label in scored[:NEAREST] if score >= LEAST]


def plain(word: str) -> str:
    """A word without blanks, half-width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)).casefold()
