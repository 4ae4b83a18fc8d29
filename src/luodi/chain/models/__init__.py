"""Chains, the firms in them, and the firms to be invited."""

from .chains import (
    IndustrialChain,
    IndustrialChainState,
    Product,
    ProductState,
    Segment,
    SegmentState,
)
from .firms import ChainFirm, ChainFirmState, ChainHonour, Making, Supply
from .promotion import Contact, PromotionEvent, TargetFirm, TargetFirmState, Trip, TripState

__all__ = [
    "ChainFirm",
    "ChainFirmState",
    "ChainHonour",
    "Contact",
    "IndustrialChain",
    "IndustrialChainState",
    "Making",
    "Product",
    "ProductState",
    "PromotionEvent",
    "Segment",
    "SegmentState",
    "Supply",
    "TargetFirm",
    "TargetFirmState",
    "Trip",
    "TripState",
]
