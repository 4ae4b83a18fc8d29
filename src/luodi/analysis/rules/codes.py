"""Concepts and code lists of the data, in the terms of SDMX, with names in two languages."""

from __future__ import annotations

DIMENSIONS = ("FREQ", "INDICATOR", "REF_AREA")
TIME = "TIME_PERIOD"
ATTRIBUTES = ("OBS_STATUS", "CONF_STATUS", "UNIT_MEASURE", "DECIMALS")
CODED = {
    "FREQ": "CL_FREQ",
    "INDICATOR": "CL_INDICATOR",
    "REF_AREA": "CL_AREA",
    "OBS_STATUS": "CL_OBS_STATUS",
    "CONF_STATUS": "CL_CONF_STATUS",
}
NAMES = {
    "FREQ": ("频率", "Frequency"),
    "INDICATOR": ("指标", "Indicator"),
    "REF_AREA": ("单位", "Reference area"),
    "TIME_PERIOD": ("时期", "Time period"),
    "OBS_VALUE": ("数值", "Observation value"),
    "OBS_STATUS": ("数据状态", "Observation status"),
    "CONF_STATUS": ("保密状态", "Confidentiality status"),
    "UNIT_MEASURE": ("计量单位", "Unit of measure"),
    "DECIMALS": ("小数位", "Decimals"),
}
CODES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "CL_FREQ": (
        ("A", "年", "Annual"),
        ("S", "半年", "Half-yearly"),
        ("Q", "季", "Quarterly"),
        ("M", "月", "Monthly"),
        ("W", "周", "Weekly"),
    ),
    "CL_OBS_STATUS": (
        ("A", "正常", "Normal value"),
        ("L", "缺数：没有报送", "Missing value; data exist but were not collected"),
        ("M", "缺数：不存在", "Missing value; data cannot exist"),
        ("Q", "缺数：不公开", "Missing value; suppressed"),
    ),
    "CL_CONF_STATUS": (("F", "可公开", "Free"), ("C", "保密", "Confidential")),
}
CATALOGUE = "落地 公开数据"
CONCEPTS = ("概念", "Concepts")
