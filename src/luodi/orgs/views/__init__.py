"""Who may open a page; signing in and out; people, units and enterprises."""

from .doors import admit, safe_next, sign_in, sign_out
from .enterprises import (
    close_one,
    enterprise,
    enterprises,
    import_enterprises,
    merge_one,
    my_enterprise,
    new_enterprise,
    reopen_one,
)
from .people import (
    change_phone,
    hand_over,
    open_account,
    people,
    post_in_enterprise,
    set_account_active,
)
from .units import change_seats, unit, units

__all__ = [
    "admit",
    "change_phone",
    "change_seats",
    "close_one",
    "enterprise",
    "enterprises",
    "hand_over",
    "import_enterprises",
    "merge_one",
    "my_enterprise",
    "new_enterprise",
    "open_account",
    "people",
    "post_in_enterprise",
    "reopen_one",
    "safe_next",
    "set_account_active",
    "sign_in",
    "sign_out",
    "unit",
    "units",
]
