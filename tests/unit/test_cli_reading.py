"""`luodi compile`, `check`, `bench`: the contract of the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from luodi.cli import COMMANDS, main
from luodi.cli.bench import BENCHES, Figure

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PLAN = str(CORPUS / "notice-indented.txt")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_compile_prints_one_object_a_file_in_order() -> None:
    second = str(CORPUS / "chapters.txt")
    result = run("compile", PLAN, second, "--format", "json")
    assert result.exit_code == 0
    first, other = (json.loads(line) for line in result.stdout.splitlines())
    assert first["schema"] == "luodi.compiled/1"
    assert first["source"]["name"] == "notice-indented.txt"
    assert first["source"]["chars"] == len(Path(PLAN).read_text(encoding="utf-8"))
    assert other["source"]["name"] == "chapters.txt"
    keys = {"title", "number", "issuer", "date", "kind", "span", "outline", "measures"}
    keys |= {"indicators", "projects", "organs", "systems", "boxes", "tables"}
    assert keys <= set(first["documents"][0])


def test_verify_leaves_the_output_alone() -> None:
    plain, proven = run("compile", PLAN), run("compile", PLAN, "--verify")
    assert (proven.exit_code, proven.stdout) == (0, plain.stdout)


def test_text_prints_what_spans_count_in() -> None:
    assert run("compile", PLAN, "--text").stdout == Path(PLAN).read_text(encoding="utf-8")


def test_a_bad_file_has_its_line_and_the_others_theirs(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    missing = tmp_path / "missing.txt"
    result = run("compile", str(empty), str(missing), str(tmp_path), PLAN, "--format", "json")
    assert result.exit_code == 2
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["source"]["name"] for line in lines][:2] == ["empty.txt", "missing.txt"]
    assert [len(line["documents"]) for line in lines] == [0, 0, 0, 1]
    assert lines[1]["findings"][0]["severity"] == "error"
    assert "missing.txt" in result.stderr


def test_a_bad_file_is_a_sentence_in_text_form(tmp_path: Path) -> None:
    result = run("compile", str(tmp_path / "none.txt"))
    assert (result.exit_code, result.stdout) == (2, "") and "找不到文件" in result.stderr


def test_text_form_tells_measures_units_and_the_task_force() -> None:
    result = run("compile", str(CORPUS / "heading-line-notes.txt"))
    assert "新建公共停车场　〔市住房和城乡建设局、各区人民政府〕　时限：2024年12月" in result.stdout
    assert "示例市停车治理工作专班：6 人，至 2024-12" in result.stdout


def test_check_tells_people_and_exits_by_severity(tmp_path: Path) -> None:
    assert run("check", PLAN).exit_code == 0
    sound = tmp_path / "sound.txt"
    sound.write_text("大家都来修路。", encoding="utf-8")
    assert "没有发现疑点" in run("check", str(sound)).stdout
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("产值由100亿元增长到110亿元，增长30%。", encoding="utf-8")
    result = run("check", str(wrong))
    assert result.exit_code == 1 and "[错误]" in result.stdout and "第 1 行" in result.stdout
    assert run("check", str(tmp_path / "none.txt"), str(wrong)).exit_code == 2


def test_help_lists_every_command_and_unknown_ones_are_refused() -> None:
    result = run("--help")
    assert result.exit_code == 0 and all(name in result.stdout for name in COMMANDS)
    assert run("nothing").exit_code == 2


@pytest.mark.parametrize("words", [["compile", PLAN], ["check", PLAN], ["bench", "--help"]])
def test_reading_needs_no_django(words: list[str]) -> None:
    script = (
        "import sys; from luodi.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit as done: code = done.code\n"
        "assert not code, code\nassert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def made_figures(quick: bool) -> list[Figure]:
    """A bench that takes no time."""
    size = "2 chars" if quick else "2000 chars"
    return [Figure(name="a", value=1.25, unit="x", yardstick="b", goal=1.0, size=size)]


def test_bench_tells_people_value_goal_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BENCHES, "reading", f"{__name__}:made_figures")
    said = run("bench", "reading", "--quick").stdout
    assert said == "a　1.25 x　目标 1　（b；2 chars）\n"
