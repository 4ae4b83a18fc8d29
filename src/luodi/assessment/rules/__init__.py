"""Rules of appraisals, as pure functions."""

from .schemes import digest_of, read_rule, scheme_in, schemes_in

__all__ = ["digest_of", "read_rule", "scheme_in", "schemes_in"]
