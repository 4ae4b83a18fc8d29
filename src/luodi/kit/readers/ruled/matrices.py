"""Matrices of the page description languages (ISO 32000-1, 8.3.3; GB/T 33190-2016, 8.5)."""

from __future__ import annotations

Matrix = tuple[float, ...]
"""a, b, c, d, e, f: x' = ax + cy + e, y' = bx + dy + f."""
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
            e * p + f * r + t, e * q + f * s + u)  # fmt: skip


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_of(
    matrix: Matrix, left: float, top: float, right: float, bottom: float
) -> tuple[float, float, float, float]:
    """The box, upright, around where a matrix puts a box: left, top, right, bottom."""
    xa, ya = moved(matrix, left, top)
    xb, yb = moved(matrix, right, bottom)
    return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
