"""A merged enterprise's entries go on under the one it is part of now."""

from __future__ import annotations

from luodi.audit.actions import Deed
from luodi.common.keys import subject_key

from ..models import EntryState


def carry_entries(*, deed: Deed, firm: str, into: str) -> None:
    """Let a merged enterprise's entries go on under the other, those that ended with them.

    Where both stand on a register about the same matter the old entry stays where it is, to be
    taken off by a person.
    """
    running = EntryState.objects.open().filter(about=into, ended=False)
    taken = set(running.values_list("register", "matter"))
    for state in EntryState.objects.open().filter(about=firm).order_by("entry"):
        if state.ended or (state.register, state.matter) not in taken:
            deed.replace(state, about=into)
            deed.touch(subject_key("register_entry", state.entry_id))
