"""The local matching rate of a chain: what is counted, and who counts as local."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import Key, RuleBase, Words


class MatchingRateRule(RuleBase):
    """One definition of the rate (本地配套率), over what the firms of the city buy.

    By `value`, the money paid to local suppliers over all; by `items`, pairs of buyer and product
    with a local supplier over all; by `shares`, the shares of local suppliers over all shares.
    Local are the firms of the same zone or county as the buyer (`unit`), of the `city`, or beside
    those of the city the firms elsewhere whose place begins with one of `places`, as a province.
    `version` names the definition (口径); `stated` the indicator under which texts state it.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    by: Literal["value", "items", "shares"]
    near: Literal["unit", "city", "places"] = "city"
    places: tuple[Words, ...] = ()
    version: int = Field(ge=1)
    stated: Key | None = None

    @model_validator(mode="after")
    def _says_where(self) -> MatchingRateRule:
        if (self.near == "places") != bool(self.places):
            raise ValueError("near: places 要列出 places（例如省名），其他范围不列")
        return self
