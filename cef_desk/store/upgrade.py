"""Migrations: run on the file's own connection, whole or not at all; Alembic is imported only here, only then."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from cef_desk.errors import Trouble
from cef_desk.i18n import N_
from cef_desk.store.dialect import writing

MIGRATIONS = Path(__file__).with_name("migrations")
TOO_NEW = N_("This file was written by a newer version of CEF Desk: install that version to open it.")


def configuration(migrations: Path = MIGRATIONS) -> Config:
    """Alembic's configuration for a folder of migrations."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config


def bring_up(engine: Engine, present: str | None, migrations: Path = MIGRATIONS) -> None:
    """Brings a file from revision `present` (none: empty) to the newest, in one transaction."""
    config = configuration(migrations)
    if present is not None:
        try:
            ScriptDirectory.from_config(config).get_revision(present)
        except CommandError as error:
            raise Trouble(TOO_NEW) from error
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
