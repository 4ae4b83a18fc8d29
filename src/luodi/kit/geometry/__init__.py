"""Polygons of land: read from GeoJSON, measured, held against each other, drawn as a plan.

How it is used::

    read = read_geojson(text)            # a Refusal, or one Shape for each feature
    for shape in read:
        shape.problem or shape.polygons  # what is wrong with it, or its rings
    area(polygons)                       # m², on the ellipsoid
    overlap(polygons, others)            # m² that both cover; 0 where they only touch
    plan({"plot-7": polygons})           # paths for an SVG, with a scale

Coordinates are whole ten-millionths of a degree (about a centimetre) of longitude and latitude in
CGCS2000 or WGS 84, which differ by less. Areas are measurements, rounded to a square metre.
"""

from luodi.kit.geometry.drawing import Bar, Plan, plan
from luodi.kit.geometry.plane import Polygons, area, overlap
from luodi.kit.geometry.reading import Shape, read_geojson

__all__ = ["Bar", "Plan", "Polygons", "Shape", "area", "overlap", "plan", "read_geojson"]
