"""What a city's chains are called: segments and products by their names."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..models import IndustrialChainState, ProductState, SegmentState


@dataclass
class Shape:
    """What a city's chains are called, those of this deed among them."""

    chains: dict[str, str] = field(default_factory=dict)
    segments: dict[tuple[str, str], str] = field(default_factory=dict)
    products: dict[tuple[str, str], str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def product_of(self, chain: str, name: str) -> str:
        """The product of a chain by its name; '' where none or several have it."""
        mine = {key for (in_chain, _n), key in self.segments.items() if in_chain == chain}
        found = [
            k for (segment, named), k in self.products.items() if named == name and segment in mine
        ]
        return found[0] if len(found) == 1 else ""


def shape_of(city: str) -> Shape:
    """The chains, segments and products of a city by name."""
    shape = Shape()
    shape.chains = dict(
        IndustrialChainState.objects.open().filter(city=city).values_list("name", "chain")
    )
    for chain, name, key in (
        SegmentState.objects.open().filter(chain__city=city).values_list("chain", "name", "segment")
    ):
        shape.segments[chain, name] = key
        shape.places[chain] = shape.places.get(chain, 0) + 1
    products = ProductState.objects.open().filter(product__city=city)
    for segment, name, key in products.values_list("segment", "name", "product"):
        shape.products[segment, name] = key
    return shape
