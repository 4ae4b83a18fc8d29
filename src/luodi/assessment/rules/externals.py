"""Results of appraisals from above: read from a table, and the zone's own forecast of a rank.

The forecast rule, declared: in each year with both, how far did the external position (rank over
how many) lie from the zone's own position (place over how many)? The median of these distances is
added to this year's own position; the least and the greatest give the range. Under three years
nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from luodi.common.lists import Line, Rows, lines_under
from luodi.kit.quantities.exact import ratio
from luodi.kit.quantities.numerals import read_number
from luodi.kit.refusals import Refusal

LEAST_YEARS = 3
YEARS = range(1990, 2101)
MOST_LINES = 2000
MOST_OF = 1_000_000
NOTHING = "—-–/"

HEADS: dict[str, tuple[str, ...]] = {
    "zone": ("开发区", "开发区名称", "单位", "名称"),
    "year": ("年度", "年份", "考核年度"),
    "level": ("级别", "考核级别", "层级"),
    "rank": ("位次", "名次", "排名"),
    "of": ("参评数", "参评个数", "参加考核数", "总数"),
    "tier": ("档次", "等次", "方阵"),
    "score": ("得分", "分数", "总分"),
    "source": ("依据文件", "依据", "来源", "文号"),
}
"""The columns of a table by what their heads may say; the first is our own."""

NEEDED = ("zone", "year", "level", "source")
LEVELS = {
    "国家级": "national", "国家": "national", "全国": "national", "商务部": "national",
    "省级": "provincial", "省": "provincial", "全省": "provincial",
}  # fmt: skip


@dataclass(frozen=True)
class ReadResult:
    """A line read: `score` is an integer at `score_scale`. `faults` keep it from being taken."""

    zone: str
    year: int
    level: str
    rank: int | None
    of: int | None
    tier: str
    score: int | None
    score_scale: int
    source: str
    faults: tuple[str, ...]


def read_table(rows: Rows) -> list[Line] | None:
    """Numbered lines as written, by column; None where no row names the needed columns."""
    return lines_under(rows, _columns)


def _columns(texts: Sequence[str]) -> dict[str, int]:
    heads = {text.split("(")[0].strip(): place for place, text in enumerate(texts) if text}
    named = {name: heads[s] for name, said in HEADS.items() for s in said if s in heads}
    return named if all(name in named for name in NEEDED) else {}


def read_line(line: Mapping[str, str]) -> ReadResult:
    """One line as values; codes of what is wrong with it: zone, year, level, rank, of, beyond,
    nothing, score, source."""
    said = {name: line.get(name, "").strip() for name in HEADS}
    said = {name: "" if text.strip(NOTHING) == "" else text for name, text in said.items()}
    faults = [name for name in ("zone", "source") if not said[name]]
    year, level = _whole(said["year"].removesuffix("年")), LEVELS.get(said["level"], "")
    rank, of = _whole(said["rank"]), _whole(said["of"])
    faults += ["year"] if year not in YEARS else []
    faults += [] if level else ["level"]
    faults += ["rank"] if said["rank"] and not rank else []
    faults += ["of"] if said["of"] and not of else []
    faults += ["beyond"] if rank and of and rank > of else []
    score, scale = _score(said["score"])
    faults += ["score"] if said["score"] and score is None else []
    if not (said["rank"] or said["tier"] or said["score"]):
        faults.append("nothing")
    if any(len(said[name]) > most for name, most in (("tier", 40), ("source", 200))):
        faults.append("long")
    return ReadResult(
        said["zone"], year or 0, level, rank, of, said["tier"], score, scale, said["source"],
        tuple(faults),
    )  # fmt: skip


def _whole(text: str) -> int | None:
    """A positive whole number; 第3名 is 3."""
    plain = text.removeprefix("第").removesuffix("名").removesuffix("位").removesuffix("家")
    read = read_number(plain) if plain else None
    if not isinstance(read, tuple) or read[0].denominator != 1:
        return None
    return int(read[0]) if 1 <= read[0] <= MOST_OF else None


def _score(text: str) -> tuple[int | None, int]:
    read = read_number(text.removesuffix("分")) if text else None
    if not isinstance(read, tuple) or read[1] > 6 or abs(read[0]) > MOST_OF:
        return None, 0
    return int(read[0] * 10 ** read[1]), read[1]


Place = tuple[int, int]
"""A place, and of how many."""


@dataclass(frozen=True)
class Forecast:
    """A rank to be expected: `rank` within `best` to `worst`, of `of`; `years` it stands on."""

    rank: int
    best: int
    worst: int
    of: int
    years: tuple[int, ...]


def forecast(own: Mapping[int, Place], external: Mapping[int, Place], year: int) -> object:
    """The external rank of `year` as a `Forecast`, or a `Refusal` that says what is lacking."""
    if year not in own:
        return Refusal(
            "forecast.no_own",
            f"本市{year}年的考核还没有名次，不能推算",
            f"The city's own appraisal of {year} has no places yet",
            {"year": year},
        )
    years = tuple(sorted(y for y in own.keys() & external.keys() if y < year))
    if len(years) < LEAST_YEARS:
        return Refusal(
            "forecast.too_few",
            f"本市名次和上级位次都有的只有{len(years)}年，少于{LEAST_YEARS}年，不能推算",
            f"Only {len(years)} years have both places; {LEAST_YEARS} are needed",
            {"years": len(years)},
        )
    apart = [Fraction(*external[y]) - Fraction(*own[y]) for y in years]
    of = external[years[-1]][1]
    here = Fraction(*own[year])

    def at(distance: Fraction) -> int:
        rank = ratio((here + distance) * of, 1, 0)
        return min(max(rank if isinstance(rank, int) else of, 1), of)

    return Forecast(at(Fraction(median(apart))), at(min(apart)), at(max(apart)), of, years)
