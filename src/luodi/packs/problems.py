"""What is wrong with a pack: file, line, and a sentence. All of it at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, order=True)
class PackProblem:
    """One fault; `line` counts from 1, 0 where the file as a whole is meant."""

    file: str
    line: int
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        word = "错误" if self.severity == "error" else "提示"
        return f"{where}: {word}: {self.message} [{self.code}]"

    def as_json(self) -> dict[str, Any]:
        """The problem for scripts."""
        return {
            "file": self.file,
            "line": self.line,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
        }


_SENTENCES = {
    "missing": "缺少必填项“{field}”",
    "extra_forbidden": "不认识的项“{field}”",
    "literal_error": "“{field}”只能是：{expected}",
    "enum": "“{field}”只能是：{expected}",
    "string_type": "“{field}”应为文字",
    "string_pattern_mismatch": "“{field}”的格式不对，应符合 {pattern}",
    "string_too_short": "“{field}”不能为空",
    "too_short": "“{field}”不能为空",
    "int_type": "“{field}”应为整数",
    "int_parsing": "“{field}”应为整数",
    "int_from_float": "“{field}”应为整数",
    "bool_type": "“{field}”应为 true 或 false",
    "bool_parsing": "“{field}”应为 true 或 false",
    "date_from_datetime_parsing": "“{field}”应为日期，如 2026-01-31",
    "date_parsing": "“{field}”应为日期，如 2026-01-31",
    "date_type": "“{field}”应为日期，如 2026-01-31",
    "time_parsing": "“{field}”应为时刻，如 08:30",
    "time_type": "“{field}”应为时刻，如 08:30",
    "list_type": "“{field}”应为列表",
    "tuple_type": "“{field}”应为列表",
    "dict_type": "“{field}”应为键值对",
    "model_type": "“{field}”应为键值对",
    "model_attributes_type": "“{field}”应为键值对",
    "greater_than_equal": "“{field}”不能小于 {ge}",
    "less_than_equal": "“{field}”不能大于 {le}",
}


def sentence(error: Any, field: str) -> str:
    """A schema's complaint in Chinese; what has no sentence here is passed on as it stands."""
    kind = error["type"]
    if kind == "value_error":
        return str(error["ctx"]["error"])
    template = _SENTENCES.get(kind)
    if template is None:
        return f"“{field}”：{error['msg']}"
    return template.format(field=field, **error.get("ctx", {}))
