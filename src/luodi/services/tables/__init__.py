"""The tables of requests."""

from .requests import own_table, requests_table

__all__ = ["own_table", "requests_table"]
