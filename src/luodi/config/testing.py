"""The settings tests run with: a data folder of their own, cheap passwords, jobs done at once."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("LUODI_TESTING", "1")
os.environ.setdefault("LUODI_JOBS", "inline")
if "LUODI_DATA" not in os.environ:
    os.environ["LUODI_DATA"] = tempfile.mkdtemp(prefix="luodi-tests-")
    atexit.register(shutil.rmtree, os.environ["LUODI_DATA"], ignore_errors=True)

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if WORKER and not os.environ["LUODI_DATA"].endswith(WORKER):
    os.environ["LUODI_DATA"] += f"/{WORKER}"  # tests side by side share no file

from .settings import *  # noqa: E402, F403

for database in DATABASES.values():  # noqa: F405
    database["TEST"] = {"MIGRATE": False}  # the tables as they are now; see `cli.databases`
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
