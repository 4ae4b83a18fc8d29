"""What people do with chains and with firms to be invited."""

from .adopting import adopt_segments, adopt_targets
from .firms import (
    end_honour,
    end_supply,
    honour_firm,
    merge_firm,
    record_supply,
    register_firm,
    revise_firm,
    say_makes,
    stop_making,
)
from .importing import import_chain
from .keeping import add_product, add_segment, define_chain, revise_product, revise_segment
from .promoting import assign_target, list_target, log_contact, register_event
from .trips import record_trip, take_back_trip

__all__ = [
    "add_product",
    "add_segment",
    "adopt_segments",
    "adopt_targets",
    "assign_target",
    "define_chain",
    "end_honour",
    "end_supply",
    "honour_firm",
    "import_chain",
    "list_target",
    "log_contact",
    "merge_firm",
    "record_supply",
    "record_trip",
    "register_event",
    "register_firm",
    "revise_firm",
    "revise_product",
    "revise_segment",
    "say_makes",
    "stop_making",
    "take_back_trip",
]
