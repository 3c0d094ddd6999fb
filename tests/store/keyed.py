"""A small encrypted file to be copied, harmed and opened again."""

import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.actions.unit import UnitDraft
from cef_desk.exchange.new_file import new_file
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.paths import key_file
from cef_desk.store.desk import Desk
from cef_desk.store.key import new_recovery_key
from tests.make import Maker

PASSWORD = "une phrase à moi"
UNIT = UnitDraft(name="Unité", counsellor_code="CEF01")
RECOVERY = new_recovery_key()


def made_in(folder: Path, recovery: str | None = None) -> Path:
    """An encrypted file with one person and one meeting."""
    path = folder / "unite.cefdesk"
    desk = new_file(path, PASSWORD, UNIT, recovery)
    Maker(desk).meeting(Maker(desk).pathway("Bruyère"), datetime(2006, 11, 3, 9))
    desk.close()
    return path


def copied(source: Path, folder: Path) -> Path:
    """The same file and key, elsewhere."""
    path = folder / source.name
    shutil.copyfile(source, path)
    shutil.copyfile(key_file(source), key_file(path))
    return path


def opened(path: Path, password: str = PASSWORD, *, alone: bool = True, accept: bool = False) -> Desk:
    """The file open, its counsellor at the desk."""
    desk = Desk.open(path, lambda: password, alone=alone, accept=accept)
    desk.counsellor_id = 1
    return desk


def people(session: Session) -> int:
    """How many people a file holds."""
    return session.scalar(select(func.count()).select_from(Beneficiary)) or 0
