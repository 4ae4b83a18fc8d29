"""A year's course: the pace it usually takes, and where it is heading, with an honest interval.

::

    curve = pace([[8, 9, 13, …], …])          # shares of the year reached, by average or given
    expected(1000, curve)                     # what should be reached by each period
    forecast([10, 9, 12], [[8, 9, 13, …], …]) # the year's end with an interval, or a Refusal

Figures are integers at one scale, one for each period of the year (a flow; no running sums);
None is a missing figure, which isn't zero. All is exact; amounts are rounded half up once.
"""

from luodi.kit.series.forecasts import LEAST_YEARS, Forecast, forecast
from luodi.kit.series.paces import Pace, expected, pace

__all__ = ["LEAST_YEARS", "Forecast", "Pace", "expected", "forecast", "pace"]
