"""Roles, and what each may see: the one place where scope is decided."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luodi.common.lists import Line, Rows, lines_under, named_columns
from luodi.packs import Stack
from luodi.packs.schemas import AliasRule, UnitRule

from .choices import Role

WHOLE_CITY = frozenset({Role.OFFICE, Role.LEADING_GROUP, Role.STATISTICIAN})
"""Roles that see every submitted row of their city; drafts stay with their writers."""

UNIT_ROLES = frozenset({Role.CLERK, Role.SECTION_HEAD, Role.LEADER_IN_CHARGE, Role.ZONE_STAFF})
"""Roles that act for one unit."""

REPORTERS = frozenset({Role.CLERK, Role.ZONE_STAFF})
BUSINESS = WHOLE_CITY | UNIT_ROLES
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
EVERYONE = BUSINESS | ADMINISTRATORS
"""All who work for the government; an enterprise's people are not among them."""

ENTERPRISES = frozenset({Role.ENTERPRISE})
SIGNED_IN = EVERYONE | ENTERPRISES
REGISTRARS = frozenset({Role.OFFICE, Role.STATISTICIAN})
"""Who keeps the register of enterprises for the whole city; a zone's or county's reporters keep
that of their own."""

CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a 统一社会信用代码 in the order of their values: GB 32100-2015, table 2."""

CODE_LENGTH = 18


@dataclass(frozen=True)
class Viewer:
    """Who is looking: a person with the postings of the present moment.

    `stands_in_for` holds the roles taken over from somebody who is away (AB角). `enterprise` is
    the key of the enterprise somebody speaks for: such a viewer belongs to no unit.
    """

    person: str
    name: str
    city: str
    unit: str
    roles: frozenset[str]
    units: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    unit_roles: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    enterprise: str = ""

    def has(self, *roles: str) -> bool:
        """True where any of `roles` is held."""
        return bool(self.roles.intersection(roles))

    def acts_for(self, unit: str, *roles: str) -> bool:
        """True where one of `roles` is held in `unit` itself."""
        return any((unit, role) in self.unit_roles for role in roles)

    @property
    def may_hold_tokens(self) -> bool:
        """True where programs may read or report for this viewer."""
        return bool(self.roles & (BUSINESS | ENTERPRISES))

    @property
    def sees_whole_city(self) -> bool:
        return bool(self.roles & WHOLE_CITY)


def plain_phone(typed: str) -> str:
    """A typed mobile number of the mainland as it is kept: eleven digits; '' for anything else."""
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", typed))
    digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", digits)
    return digits if re.fullmatch(r"1[0-9]{10}", digits, re.ASCII) else ""


def plain_code(typed: str) -> str:
    """A typed 统一社会信用代码 as it is kept: half-width capitals without spaces and hyphens."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", typed)).upper()


def check_character(code: str) -> str:
    """The 18th character that belongs to the first 17: GB 32100-2015, 5.1 and appendix A.

    Each character's value is weighted by 3 to the power of its place, modulo 31. Raises
    ValueError for a character that no code holds.
    """
    total = sum(CODE_LETTERS.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return CODE_LETTERS[-total % 31]


def code_fault(code: str) -> str:
    """What is wrong with a plain 统一社会信用代码: '' or length, letters, area or check."""
    if len(code) != CODE_LENGTH:
        return "length"
    if set(code) - set(CODE_LETTERS):
        return "letters"
    if not code[2:8].isdecimal():
        return "area"
    return "" if check_character(code) == code[-1] else "check"


HEADS: dict[str, tuple[str, ...]] = {
    "name": ("名称", "企业名称", "单位名称", "单位详细名称"),
    "credit_code": ("统一社会信用代码", "信用代码"),
    "unit": ("所在开发区、县区", "所在开发区", "归口开发区", "开发区"),
    "county": ("坐落县（市、区）", "坐落县区", "县（市、区）", "县区"),
    "industry_code": ("行业代码", "国民经济行业代码"),
    "industry": ("行业", "行业名称"),
    "size_class": ("规模", "规上规下", "是否规上"),
    "cluster": ("产业集群", "集群"),
}
"""The columns of a list of enterprises by what their heads may say; the first is our own."""

NEEDED = ("name", "credit_code")
SIZES = {
    "规上": "above_scale", "规模以上": "above_scale", "是": "above_scale",
    "规下": "below_scale", "规模以下": "below_scale", "否": "below_scale", "": "below_scale",
}  # fmt: skip
NOTHING = "—-"
"""What a cell with nothing in it may show, in our own export too."""


def read_list(rows: Rows) -> list[Line] | None:
    """The lines of a list of enterprises, details as written.

    None where no row among the first names the columns for name and code.
    """
    return lines_under(rows, _columns, NOTHING)


def _columns(texts: Sequence[str]) -> dict[str, int]:
    """Where each detail stands in a row of heads; nothing where a needed one is missing."""
    found = named_columns(texts, HEADS)
    return found if all(name in found for name in NEEDED) else {}


def keeps_enterprises(viewer: Viewer, unit: str) -> bool:
    """Whether a viewer may register and change the enterprises that `unit` looks after."""
    return viewer.has(*REGISTRARS) or viewer.acts_for(unit, *REPORTERS)


NOBODY = Viewer("", "", "", "", frozenset())


def whole_city(city: str) -> Viewer:
    """The clock, which sees a whole city: for what is drafted without anybody looking."""
    return Viewer("system:clock", "", city, "", frozenset({Role.OFFICE}), cities=frozenset({city}))


def units_in(stack: Stack, on: date) -> list[dict[str, Any]]:
    """The units a pack lists, the city first, as `orgs.actions.found_city` takes them.

    A word that means a unit in some documents only (示范区) is no name of it: it stays in the pack,
    and in any other document a person says what it means.
    """
    rules = stack.all("units", UnitRule, on)
    names = {rule.key: rule.name for rule in rules}
    also: dict[str, list[str]] = defaultdict(list)
    for alias in stack.all("aliases", AliasRule, on):
        if not alias.where:
            also[alias.means].append(alias.says)
    ordered = sorted(rules, key=lambda rule: rule.type != "city")
    return [
        {
            "name": rule.name,
            "short_name": rule.short,
            "kind": rule.type,
            "aliases": [*rule.aliases, *also[rule.key]],
            "members": [names[key] for key in rule.members],
            "parent": names.get(rule.parent or "", ""),
            "pack": stack.key if rule.type == "city" else "",
        }
        for rule in ordered
    ]
