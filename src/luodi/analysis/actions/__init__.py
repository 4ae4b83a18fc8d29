"""Releasing and taking back; sharing and revoking."""

from .benchmarks import adopt_benchmarks
from .grants import grant_series, record_reading, revoke_grant
from .questions import drop_question, keep_question
from .releases import open_to_all, release_figures, withdraw_release

__all__ = [
    "adopt_benchmarks",
    "drop_question",
    "grant_series",
    "keep_question",
    "open_to_all",
    "record_reading",
    "release_figures",
    "revoke_grant",
    "withdraw_release",
]
