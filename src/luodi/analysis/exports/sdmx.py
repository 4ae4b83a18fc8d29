"""SDMX: structure and data as SDMX-ML 2.1 (generic), data as SDMX-CSV 2.0.

One dataflow a release: FREQ, INDICATOR, REF_AREA, TIME_PERIOD; OBS_VALUE; OBS_STATUS, CONF_STATUS,
UNIT_MEASURE, DECIMALS. Cells without a value stay in, with the status that says why.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from ..rules.codes import ATTRIBUTES, CODED, CODES, CONCEPTS, DIMENSIONS, NAMES, TIME
from ..rules.datasets import Dataset, Observation
from ..tables import harmless

AGENCY = "LUODI"
VERSION = "1.0"
_BASE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
MES, STR, COM, GEN = (
    _BASE + "message",
    _BASE + "structure",
    _BASE + "common",
    _BASE + "data/generic",
)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
for _prefix, _uri in (("message", MES), ("structure", STR), ("common", COM), ("generic", GEN)):
    register_namespace(_prefix, _uri)


def flow_id(data: Dataset) -> str:
    """The identifier of a release's dataflow."""
    return f"DF_{data.key.upper()}"


def structure_id(data: Dataset) -> str:
    """The identifier of its data structure."""
    return f"DSD_{data.key.upper()}"


def data_csv(data: Dataset) -> bytes:
    """SDMX-CSV 2.0: the structure, the action and the dimensions in the first columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, TIME, "OBS_VALUE", *ATTRIBUTES)
    writer.writerow(head)
    flow = f"{AGENCY}:{flow_id(data)}({VERSION})"
    units = {one.key: one for one in data.indicators}
    for o in data.observations:
        unit = units[o.indicator]
        place = (o.frequency, o.indicator, o.area, o.time)
        said = (o.status, o.confidential, harmless(unit.measured_in), unit.decimals)
        writer.writerow(["dataflow", flow, "I", *place, o.value, *said])
    return out.getvalue().encode()


def data_xml(data: Dataset) -> bytes:
    """SDMX-ML 2.1 generic time series data."""
    root = Element(f"{{{MES}}}GenericTimeSeriesData")
    header = _header(root, data)
    used = SubElement(header, f"{{{MES}}}Structure", structureID="S", dimensionAtObservation=TIME)
    usage = SubElement(used, f"{{{COM}}}StructureUsage")
    SubElement(usage, "Ref", agencyID=AGENCY, id=flow_id(data), version=VERSION)
    sets = SubElement(root, f"{{{MES}}}DataSet", structureRef="S", action="Information")
    units = {one.key: one for one in data.indicators}
    for (frequency, indicator, area), some in _series(data.observations):
        series = SubElement(sets, f"{{{GEN}}}Series")
        key = SubElement(series, f"{{{GEN}}}SeriesKey")
        for name, code in zip(DIMENSIONS, (frequency, indicator, area), strict=True):
            SubElement(key, f"{{{GEN}}}Value", id=name, value=code)
        unit = units[indicator]
        said = {"UNIT_MEASURE": unit.measured_in, "DECIMALS": str(unit.decimals)}
        _attributes(series, said)
        for o in some:
            _observation(series, o)
    return _document(root)


def _series(
    some: Iterable[Observation],
) -> Iterator[tuple[tuple[str, str, str], list[Observation]]]:
    def key(o: Observation) -> tuple[str, str, str]:
        return (o.frequency, o.indicator, o.area)

    for found, group in groupby(sorted(some, key=key), key=key):
        yield found, sorted(group, key=lambda o: o.period)


def _observation(series: Element, o: Observation) -> None:
    made = SubElement(series, f"{{{GEN}}}Obs")
    SubElement(made, f"{{{GEN}}}ObsDimension", value=o.time)
    if o.value:
        SubElement(made, f"{{{GEN}}}ObsValue", value=o.value)
    _attributes(made, {"OBS_STATUS": o.status, "CONF_STATUS": o.confidential})


def _attributes(parent: Element, said: dict[str, str]) -> None:
    made = SubElement(parent, f"{{{GEN}}}Attributes")
    for name, value in said.items():
        SubElement(made, f"{{{GEN}}}Value", id=name, value=value)


def structure_xml(data: Dataset) -> bytes:
    """SDMX-ML 2.1 structure: code lists, concepts, data structure, dataflow."""
    root = Element(f"{{{MES}}}Structure")
    _header(root, data)
    held = SubElement(root, f"{{{MES}}}Structures")
    flows = SubElement(held, f"{{{STR}}}Dataflows")
    flow = _maintained(flows, "Dataflow", flow_id(data), (data.title, data.title))
    used = SubElement(flow, f"{{{STR}}}Structure")
    SubElement(
        used, "Ref", agencyID=AGENCY, id=structure_id(data), version=VERSION,
        package="datastructure", **{"class": "DataStructure"},
    )  # fmt: skip
    lists = SubElement(held, f"{{{STR}}}Codelists")
    for name, codes in CODES.items():
        _codes(lists, name, codes)
    _codes(lists, "CL_INDICATOR", [(one.key, one.name, one.name) for one in data.indicators])
    _codes(lists, "CL_AREA", [(key, name, name) for key, name in data.areas])
    concepts = SubElement(held, f"{{{STR}}}Concepts")
    scheme = _maintained(concepts, "ConceptScheme", "CS_LUODI", CONCEPTS)
    for name, said in NAMES.items():
        _named(SubElement(scheme, f"{{{STR}}}Concept", id=name), said)
    _data_structure(SubElement(held, f"{{{STR}}}DataStructures"), data)
    return _document(root)


def _data_structure(parent: Element, data: Dataset) -> None:
    made = _maintained(parent, "DataStructure", structure_id(data), (data.title, data.title))
    parts = SubElement(made, f"{{{STR}}}DataStructureComponents")
    dimensions = SubElement(parts, f"{{{STR}}}DimensionList", id="DimensionDescriptor")
    for n, name in enumerate(DIMENSIONS, start=1):
        _component(SubElement(dimensions, f"{{{STR}}}Dimension", id=name, position=str(n)), name)
    last = str(len(DIMENSIONS) + 1)
    time = SubElement(dimensions, f"{{{STR}}}TimeDimension", id=TIME, position=last)
    _concept(time, TIME)
    form = SubElement(time, f"{{{STR}}}LocalRepresentation")
    SubElement(form, f"{{{STR}}}TextFormat", textType="ObservationalTimePeriod")
    attributes = SubElement(parts, f"{{{STR}}}AttributeList", id="AttributeDescriptor")
    for name in ATTRIBUTES:
        one = SubElement(attributes, f"{{{STR}}}Attribute", id=name, assignmentStatus="Mandatory")
        _component(one, name)
        relation = SubElement(one, f"{{{STR}}}AttributeRelationship")
        if name in ("OBS_STATUS", "CONF_STATUS"):
            SubElement(SubElement(relation, f"{{{STR}}}PrimaryMeasure"), "Ref", id="OBS_VALUE")
        else:
            for dimension in DIMENSIONS:
                SubElement(SubElement(relation, f"{{{STR}}}Dimension"), "Ref", id=dimension)
    measures = SubElement(parts, f"{{{STR}}}MeasureList", id="MeasureDescriptor")
    _concept(SubElement(measures, f"{{{STR}}}PrimaryMeasure", id="OBS_VALUE"), "OBS_VALUE")


def _component(made: Element, name: str) -> None:
    _concept(made, name)
    form = SubElement(made, f"{{{STR}}}LocalRepresentation")
    if name in CODED:
        SubElement(
            SubElement(form, f"{{{STR}}}Enumeration"), "Ref", agencyID=AGENCY, id=CODED[name],
            version=VERSION, package="codelist", **{"class": "Codelist"},
        )  # fmt: skip
    else:
        kind = "Integer" if name == "DECIMALS" else "String"
        SubElement(form, f"{{{STR}}}TextFormat", textType=kind)


def _concept(made: Element, name: str) -> None:
    identity = SubElement(made, f"{{{STR}}}ConceptIdentity")
    SubElement(
        identity, "Ref", id=name, maintainableParentID="CS_LUODI", agencyID=AGENCY,
        maintainableParentVersion=VERSION, package="conceptscheme", **{"class": "Concept"},
    )  # fmt: skip


def _codes(parent: Element, name: str, codes: Iterable[tuple[str, str, str]]) -> None:
    made = _maintained(parent, "Codelist", name, (name, name))
    for code, zh, en in codes:
        _named(SubElement(made, f"{{{STR}}}Code", id=code), (zh, en))


def _maintained(parent: Element, kind: str, name: str, said: tuple[str, str]) -> Element:
    made = SubElement(parent, f"{{{STR}}}{kind}", id=name, agencyID=AGENCY, version=VERSION)
    _named(made, said)
    return made


def _named(made: Element, said: tuple[str, str]) -> None:
    for lang, text in zip(("zh", "en"), said, strict=True):
        SubElement(made, f"{{{COM}}}Name", {XML_LANG: lang}).text = text


def _header(root: Element, data: Dataset) -> Element:
    header = SubElement(root, f"{{{MES}}}Header")
    SubElement(header, f"{{{MES}}}ID").text = f"R{data.key.upper()}"
    SubElement(header, f"{{{MES}}}Test").text = "false"
    prepared = data.released_at.isoformat(timespec="seconds")
    SubElement(header, f"{{{MES}}}Prepared").text = prepared
    SubElement(header, f"{{{MES}}}Sender", id=AGENCY)
    return header


def _document(root: Element) -> bytes:
    return tostring(root, encoding="utf-8", xml_declaration=True)
