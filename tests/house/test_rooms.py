"""The rule of the house: its contracts hold, and wrong imports break them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def lint(folder: Path) -> tuple[int, str]:
    """Runs the contracts on the package of a folder."""
    script = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_contracts_hold() -> None:
    code, told = lint(ROOT)
    assert code == 0, told
    assert "0 broken" in told


PLANTED = [
    ("queries/people.py", "from PySide6.QtCore import QObject", "Qt only in ui and app"),
    ("ui/beneficiaries/page.py", "from sqlalchemy import select", "SQLAlchemy only in model, store, actions, queries"),
    ("ui/beneficiaries/page.py", "from cef_desk.store.desk import Desk", "the desk is opened by"),
    ("ui/meetings/form.py", "from cef_desk.model.interaction import Interaction", "mapped objects never reach"),
    ("queries/month.py", "from cef_desk.reports.parts import rule", "imports point down"),
    ("queries/month.py", "from cef_desk.store.journal import Step", "queries use of the store only"),
    ("exchange/demo/plan.py", "from reportlab.lib import colors", "ReportLab only in reports"),
    ("ui/kit/form.py", "from cef_desk.actions.interactions import MeetingDraft", "the kit knows no subject"),
    ("ui/beneficiaries/page.py", "from cef_desk.ui.meetings.form import MeetingForm", "pages do not know each other"),
    ("ui/kit/controls.py", "from cef_desk.ui.meetings.form import MeetingForm", "the kit knows no subject"),
    ("ui/kit/controls.py", "from cef_desk.queries.people import PersonRow", "the kit knows no subject"),
    ("ui/meetings/form.py", "from cef_desk.store.undo import put_back", "windows and pages do not touch the store"),
    ("reports/parts.py", "from cef_desk.store.database import SCHEMA", "windows and pages do not touch the store"),
    ("rules/period.py", "from cef_desk.model.base import Base", "imports point down"),
]


@pytest.mark.parametrize(("place", "wrong", "contract"), PLANTED, ids=[f"{item[0]}:{item[1]}" for item in PLANTED])
def test_a_wrong_import_breaks_a_contract(tmp_path: Path, place: str, wrong: str, contract: str) -> None:
    shutil.copytree(ROOT / "cef_desk", tmp_path / "cef_desk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "cef_desk" / place
    target.write_text(f"{wrong}\n{target.read_text(encoding='utf-8')}", encoding="utf-8")
    code, told = lint(tmp_path)
    assert code == 1, told
    broken = told[told.index("Broken contracts") :]
    assert contract in broken


def test_no_file_of_the_package_is_longer_than_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "cef_desk").rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long
