"""Releasing and taking back; sharing and revoking."""

from .grants import grant_series, record_reading, revoke_grant
from .releases import open_to_all, release_figures, withdraw_release

__all__ = [
    "grant_series",
    "open_to_all",
    "record_reading",
    "release_figures",
    "revoke_grant",
    "withdraw_release",
]
