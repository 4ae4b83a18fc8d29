"""The tables of requests, visits, firms and meetings."""

from .complaints import complaints_table, own_complaints_table, units_table
from .requests import own_table, requests_table
from .visits import draws_table, firms_table, gatherings_table, month_table, visits_table

__all__ = [
    "complaints_table",
    "draws_table",
    "firms_table",
    "gatherings_table",
    "month_table",
    "own_complaints_table",
    "own_table",
    "requests_table",
    "units_table",
    "visits_table",
]
