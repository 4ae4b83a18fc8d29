"""`luodi compile FOLDER --out RESULTS`: everything read, whatever the folder or the machine does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import CliRunner, Result

from luodi.cli import main
from luodi.cli.folders.reading import Outcome
from luodi.cli.folders.walking import walk
from luodi.cli.folders.workers import Pool

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
LARGE = os.environ.get("LUODI_TEST_SIZE") == "full"
PLAN = (CORPUS / "notice-indented.txt").read_bytes()


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["compile", *map(str, words)])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def paths(path: Path) -> list[str]:
    return [line["source"]["path"] for line in lines(path)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve documents, some of them in a folder below."""
    root = tmp_path / "plans"
    (root / "县区").mkdir(parents=True)
    for n, path in enumerate(sorted(CORPUS.glob("*.txt"))[:12]):
        shutil.copy(path, root / "县区" / path.name if n % 3 else root)
    return root


def test_a_folder_gives_what_its_files_give_one_line_each_by_path(folder: Path) -> None:
    out = folder.parent / "results.jsonl"
    result = run(folder, "--out", out, "--jobs", 2)
    assert (result.exit_code, result.stdout) == (0, "")
    files = sorted(folder.rglob("*.txt"), key=lambda one: one.relative_to(folder).as_posix())
    assert paths(out) == [one.relative_to(folder).as_posix() for one in files]
    alone = CliRunner().invoke(main, ["compile", *map(str, files), "--format", "json"])
    for whole, line in zip(lines(out), alone.stdout.splitlines(), strict=True):
        assert whole.pop("run")["state"] == "read" and whole["source"].pop("path")
        assert whole == json.loads(line)
    assert "文件 12：读出 12，拒读 0，失败 0" in result.stderr and "每秒" in result.stderr


def test_a_folder_of_results_mirrors_the_folder_read(folder: Path) -> None:
    out = folder.parent / "results"
    (folder / f"{'长' * 84}.t").write_bytes(PLAN)
    assert run(folder, "--out", out).exit_code == 0
    made = [json.loads(one.read_bytes()) for one in out.rglob("*.json")]
    assert len(made) == 13
    assert (out / "县区" / "articles.txt.json").exists()
    again = run(folder, "--out", out, "--resume")
    assert again.exit_code == 0 and "先前已做 13" in again.stderr


def test_bad_files_have_their_line_and_the_others_theirs(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    (folder / ".hidden.txt").write_bytes(PLAN)
    (folder / "~$open.docx").write_bytes(PLAN)
    (folder / "twin.txt").write_bytes((folder / "and-other-departments.txt").read_bytes())
    (folder / os.fsdecode(b"\xc3\x28.txt")).write_bytes(PLAN)
    out = folder / "results.jsonl"
    result = run(folder, "--out", out)
    assert result.exit_code == 2
    states = {line["source"]["path"]: line["run"]["state"] for line in lines(out)}
    assert len(states) == 19 and "results.jsonl" not in states
    bad = {path: state for path, state in states.items() if state != "read"}
    assert bad == {
        "broken.docx": "refused",
        "empty.txt": "refused",
        "pipe.txt": "refused",
        "gone.txt": "failed",
        "loop.txt": "failed",
    }
    for line in lines(out):
        assert line["run"]["state"] == "read" or line["findings"][0]["message"]
    assert "隐藏文件和文件夹 2 个；指向文件夹的链接 1 个" in result.stderr
    assert "gone.txt：找不到文件" in result.stderr and "不是普通文件" in result.stderr
    assert "内容相同的文件 1 个" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_the_system_keeps_closed_is_said(folder: Path) -> None:
    (folder / "closed.txt").write_bytes(PLAN)
    (folder / "closed.txt").chmod(0)
    (folder / "closed").mkdir(mode=0)
    result = run(folder, "--out", folder.parent / "r.jsonl")
    (folder / "closed").chmod(0o755)
    assert result.exit_code == 2
    assert "没有读这个文件的权限：closed.txt" in result.stderr
    assert "打不开的文件夹 closed" in result.stderr


def test_what_can_not_begin_says_why(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    out = tmp_path / "r.jsonl"
    assert "没有可读的文件" in run(tmp_path / "empty", "--out", out).stderr and not out.exists()
    assert "要配一个文件夹" in run(folder / "articles.txt", "--out", out).stderr
    assert "要与 --out 一起用" in run(folder, "--resume").stderr
    assert "--text 不能" in run(folder, "--out", out, "--text").stderr
    out.write_text("my notes\n")
    assert "接着做请加 --resume" in run(folder, "--out", out).stderr
    assert "不是 luodi 写的结果" in run(folder, "--out", out, "--resume").stderr
    assert out.read_text() == "my notes\n"
    out.unlink()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_bytes(PLAN)
    run(tmp_path / "other", "--out", out)
    before = out.read_bytes()
    assert "另一个文件夹的结果" in run(folder, "--out", out, "--resume").stderr
    assert out.read_bytes() == before
    assert "路径中有一段不是文件夹" in run(folder, "--out", out / "below" / "r.jsonl").stderr


def test_only_changed_new_and_failed_files_are_read_again(folder: Path) -> None:
    out = folder.parent / "r.jsonl"
    (folder / "late.txt").symlink_to("target.txt")
    assert run(folder, "--out", out).exit_code == 2
    (folder / "target.txt").write_bytes(PLAN)
    (folder / "and-other-departments.txt").write_bytes(PLAN + "另行通知。".encode())
    os.utime(folder / "县区" / "articles.txt", (1, 1))
    (folder / "县区" / "chapters.txt").unlink()
    result = run(folder, "--out", out, "--resume")
    assert result.exit_code == 0
    assert "读出 3，拒读 0，失败 0，先前已做 10，已不在文件夹里而去掉的 1" in result.stderr
    assert paths(out) == sorted(paths(out)) and len(paths(out)) == 13
    fresh = folder.parent / "fresh.jsonl"
    run(folder, "--out", fresh)
    bare = [{**line, "run": None} for line in lines(out)]
    assert bare == [{**line, "run": None} for line in lines(fresh)]


def test_a_torn_line_is_read_again(folder: Path) -> None:
    out = folder.parent / "r.jsonl"
    run(folder, "--out", out)
    whole = out.read_bytes()
    out.write_bytes(whole[:-40])
    result = run(folder, "--out", out, "--resume")
    assert "读出 1，拒读 0，失败 0，先前已做 11" in result.stderr
    assert out.read_bytes() == whole
    first = whole.index(b"\n")
    out.write_bytes(whole[: first // 2] + whole[first:])
    assert "先前已做 11" in run(folder, "--out", out, "--resume").stderr
    assert out.read_bytes() == whole


def pooled(folder: Path, end: signal.Signals) -> list[Outcome]:
    """Read a folder with one worker, which gets a signal after its first file."""
    pool, got = Pool(folder, 1, 1.0), []
    for outcome in pool.outcomes(walk(folder).files[::-1]):
        if not got:
            os.kill(pool.workers[0].process.pid or 0, end)
        got.append(outcome)
    return got


def test_a_worker_that_dies_costs_its_file_only(folder: Path) -> None:
    got = pooled(folder, signal.SIGKILL)
    assert [one.state for one in got].count("read") == 11
    (failed,) = [one for one in got if one.state == "failed"]
    assert "中途结束（被强行结束，常因内存不够）" in failed.message
    assert json.loads(failed.line)["findings"][0]["code"] == "source.worker_ended"


def test_a_worker_that_hangs_costs_its_file_only(folder: Path) -> None:
    got = pooled(folder, signal.SIGSTOP)
    assert [one.state for one in got].count("read") == 11
    (failed,) = [one for one in got if one.state == "failed"]
    assert "超过 1 秒没有读完" in failed.message


def started(folder: Path, out: Path, enough: int) -> subprocess.Popen[str]:
    """A run as people start it, some way on."""
    words = [sys.executable, "-c", "from luodi.cli import main; main()", "compile", str(folder)]
    process = subprocess.Popen(
        [*words, "--out", str(out), "--jobs", "2"], stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 60
    while not (out.exists() and out.read_bytes().count(b"\n") >= enough):
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.01)
    return process


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Small files enough to stop a run among them."""
    root = tmp_path / "many"
    root.mkdir()
    for n in range(5000 if LARGE else 500):
        (root / f"{n:04}.txt").write_bytes(f"示例市第{n}号方案\n".encode() + PLAN)
    return root


def test_a_run_that_is_killed_goes_on_where_it_was(many: Path) -> None:
    out = many.parent / "r.jsonl"
    process = started(many, out, 40)
    workers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive
    done = out.read_bytes().count(b"\n")
    result = run(many, "--out", out, "--resume")
    assert result.exit_code == 0 and f"先前已做 {done}" in result.stderr
    assert paths(out) == [one.name for one in sorted(many.iterdir())]


def test_ctrl_c_stops_between_lines_and_says_how_to_go_on(many: Path) -> None:
    out = many.parent / "r.jsonl"
    process = started(many, out, 20)
    busy = run(many, "--out", out, "--resume")
    assert busy.exit_code == 2 and "另一个进程正在写" in busy.stderr
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]
    assert process.returncode == 130
    assert "已停下：这次做完" in said and f"luodi compile {many} --out {out} --resume" in said
    assert out.read_bytes().endswith(b"\n") and 20 <= len(lines(out)) < len(list(many.iterdir()))


def test_memory_does_not_grow_with_the_number_of_files(many: Path) -> None:
    script = (
        "import sys\nfrom luodi.cli import main\nfrom luodi.cli.bench_sides import peak\n"
        "try: main(sys.argv[1:])\nexcept SystemExit as end: print(end.code, peak())"
    )
    few = many.parent / "few"
    few.mkdir()
    for path in sorted(many.iterdir())[: len(list(many.iterdir())) // 10]:
        shutil.copy(path, few)
    peaks = []
    for folder in (few, many):
        words = ["compile", str(folder), "--out", str(folder) + ".jsonl"]
        done = subprocess.run(
            [sys.executable, "-c", script, *words], capture_output=True, text=True, check=True
        )
        code, size = map(int, done.stdout.split())
        assert code == 0
        peaks.append(size)
    assert peaks[1] < 1.25 * peaks[0]
