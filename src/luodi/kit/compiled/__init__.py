"""A source compiled: all passes in one call, its JSON, and the proof that nothing is lost."""

from luodi.kit.compiled.compiling import Compiled, Document, Text, compile_source, verify
from luodi.kit.compiled.contract import SCHEMA, finding_json, to_json

__all__ = [
    "SCHEMA",
    "Compiled",
    "Document",
    "Text",
    "compile_source",
    "finding_json",
    "to_json",
    "verify",
]
