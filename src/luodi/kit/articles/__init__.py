"""Articles of a policy for enterprises: what is granted, how much, until when, on what papers.

`is_policy` tells a policy document from a plan; `terms_of` reads one article, `force_of` a whole
document. All of it proposes: a person confirms.
"""

from luodi.kit.articles.granting import (
    Grant,
    grant_of,
    grants,
    is_policy,
    sum_of,
    without_next_heading,
)
from luodi.kit.articles.terms import Terms, force_of, materials_of, terms_of, window_of

__all__ = [
    "Grant",
    "Terms",
    "force_of",
    "grant_of",
    "grants",
    "is_policy",
    "materials_of",
    "sum_of",
    "terms_of",
    "window_of",
    "without_next_heading",
]
