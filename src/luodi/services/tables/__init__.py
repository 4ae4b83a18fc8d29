"""The tables of requests, visits, firms and meetings."""

from .requests import own_table, requests_table
from .visits import draws_table, firms_table, gatherings_table, month_table, visits_table

__all__ = [
    "draws_table",
    "firms_table",
    "gatherings_table",
    "month_table",
    "own_table",
    "requests_table",
    "visits_table",
]
