"""Releasing, and taking back."""

from .releases import open_to_all, release_figures, withdraw_release

__all__ = ["open_to_all", "release_figures", "withdraw_release"]
