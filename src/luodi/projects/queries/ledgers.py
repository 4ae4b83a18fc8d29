"""Project ledgers: those that were brought, what their columns and words are, the dry run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.queries import content_of
from luodi.orgs.queries import name_of, names_of, visible
from luodi.orgs.rules import Viewer

from ..models import LedgerTaking, ProjectLedger
from ..rules import AMOUNTS
from ..rules.columns import Listed
from ..rules.ledgers import FIELDS, KNOWN, MEASURES, lines_of
from ..rules.words import Vocabulary
from .layouts import ColumnGuess, Taken, columns_in, guesses_for, layout_of, read_listed
from .ledger_lines import LedgerRun
from .ledger_runs import run_ledger
from .vocabularies import vocabulary

MOST_WORDS = 100


@dataclass(frozen=True)
class LedgerWordShown:
    """A word that isn't in the lists: where it stands, how often, what it may mean.

    `means` is what somebody said, a key or '' for nothing; None where nobody has yet.
    """

    field: str
    label: str
    word: str
    count: int
    means: str | None
    nearest: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LedgerPage:
    """One ledger: its heads, what its columns are, and the dry run once a person said so."""

    key: str
    file_name: str
    sheet: str
    others: tuple[str, ...]
    heads: dict[int, str]
    guesses: tuple[ColumnGuess, ...]
    seen: int
    confirmed: bool
    unmeasured: tuple[str, ...]
    unknown: tuple[LedgerWordShown, ...]
    explained: tuple[LedgerWordShown, ...]
    run: LedgerRun | None
    taken: tuple[Taken, ...]


@dataclass(frozen=True)
class LedgerRow:
    """A ledger in the list."""

    key: str
    file_name: str
    at: datetime
    who: str
    new: int | None
    changed: int | None


def ledgers(viewer: Viewer, moment: Moment) -> list[LedgerRow]:
    """The ledgers that were brought, the latest first."""
    rows = visible(ProjectLedger.objects.at(moment), viewer).select_related("file", "act")
    found = list(rows.order_by("-act"))
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    takings = LedgerTaking.objects.at(moment).filter(ledger__in=[row.key for row in found])
    for ledger, counts in takings.values_list("ledger_id", "counts"):
        taken[ledger].update(counts)
    names = names_of({row.act.by for row in found})
    return [
        LedgerRow(
            row.key,
            row.title,
            row.act.at,
            names.get(row.act.by, "—"),
            *(
                (taken[row.key][n] for n in ("opened", "changed"))
                if row.key in taken
                else (None,) * 2
            ),
        )
        for row in found
    ]


def read_ledger(name: str, data: bytes, sheet: str = "") -> Listed:
    """The list in a file; `Incomplete` where there is none."""
    missing = _("没有找到表头：至少要有项目名称和另一列。")
    return read_listed(name, data, KNOWN, missing, sheet)


def list_of(ledger: ProjectLedger) -> Listed:
    """The list that a ledger is."""
    return read_ledger(ledger.file.name, content_of(ledger.file), ledger.sheet)


def ledger_for(key: str, viewer: Viewer, moment: Moment) -> ProjectLedger:
    """A ledger within the viewer's scope, or `NotFound`."""
    mine = visible(ProjectLedger.objects.at(moment).filter(key=key), viewer)
    found = mine.select_related("file", "layout").first()
    if found is None:
        raise NotFound(_("没有这份台账，或者它不在您的范围内。"))
    return found


def ledger_page(key: str, viewer: Viewer, moment: Moment) -> LedgerPage:
    """One ledger with its dry run as things stand at the moment."""
    ledger = ledger_for(key, viewer, moment)
    found = list_of(ledger)
    state = layout_of(ledger.layout_id, moment)
    chosen = columns_in(found, state.columns)
    run, unknown, explained = None, (), ()
    if "name" in chosen:
        words = vocabulary(ledger.city, moment)
        lines, skipped = lines_of(found, chosen, words)
        run = run_ledger(lines, skipped, words, ledger.city, viewer, moment)
        unknown = _shown((pair for line in lines for pair in line.words), words)
        explained = _shown((pair for line in lines for pair in line.explained), words)
    takings = LedgerTaking.objects.at(moment).filter(ledger=ledger).select_related("act")
    return LedgerPage(
        key=key,
        file_name=ledger.title,
        sheet=found.sheet.name,
        others=found.others,
        heads=dict(found.heads),
        guesses=guesses_for(found, state, FIELDS, KNOWN, ledger.city, moment),
        seen=state.since_id,
        confirmed=run is not None,
        unmeasured=tuple(
            found.heads[at]
            for f, at in chosen.items()
            if f in MEASURES and not found.measure(at, AMOUNTS[f])
        ),
        unknown=unknown,
        explained=explained,
        run=run,
        taken=tuple(
            Taken(one.act.at, name_of(one.act.by), one.counts) for one in takings.order_by("act")
        ),
    )


def _shown(pairs: Iterable[tuple[str, str]], words: Vocabulary) -> tuple[LedgerWordShown, ...]:
    """Words of the lines with what they may mean, the most frequent first."""
    return tuple(
        LedgerWordShown(
            name,
            str(FIELDS[name]),
            word,
            count,
            words.remembered.get((name, word)),
            tuple(words.nearest(name, word)),
            words.choices[name],
        )
        for (name, word), count in Counter(pairs).most_common(MOST_WORDS)
    )
