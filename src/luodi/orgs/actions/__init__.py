"""Founding a city from its pack, appointing people, handing over, accounts, enterprises."""

from .cities import (
    adopt_zone_pack,
    enter_city,
    found_city,
    renew_pack,
    withdraw_zone_pack,
)
from .enterprises import (
    change_enterprise,
    change_phone,
    close_enterprise,
    post_in_enterprise,
    register_enterprise,
    reopen_enterprise,
)
from .lists import Imported, import_enterprises
from .merging import merge_enterprise
from .organs import enter_organ, leave_seat, name_people, seat, staff_organ, take_seat
from .people import (
    appoint,
    erase_caller,
    erase_person,
    hand_over,
    note_caller,
    open_account,
    set_account_active,
)

__all__ = [
    "Imported",
    "adopt_zone_pack",
    "appoint",
    "change_enterprise",
    "change_phone",
    "close_enterprise",
    "enter_city",
    "enter_organ",
    "erase_caller",
    "erase_person",
    "found_city",
    "hand_over",
    "import_enterprises",
    "leave_seat",
    "merge_enterprise",
    "name_people",
    "note_caller",
    "open_account",
    "post_in_enterprise",
    "register_enterprise",
    "renew_pack",
    "reopen_enterprise",
    "seat",
    "set_account_active",
    "staff_organ",
    "take_seat",
    "withdraw_zone_pack",
]
