"""Migrations: run on the file's own connection, whole or not at all; Alembic is imported only here, only then."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from cef_desk.errors import Trouble
from cef_desk.i18n import N_
from cef_desk.store import search_index
from cef_desk.store.dialect import refuse_broken_references, unchecked_references, writing

MIGRATIONS = Path(__file__).with_name("migrations")
TOO_NEW = N_("This file was written by a newer version of CEF Desk: install that version to open it.")


def configuration(migrations: Path = MIGRATIONS) -> Config:
    """Alembic's configuration for a folder of migrations."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config


def refuse_unknown(present: str) -> None:
    """Refuses a revision that this program does not know: a newer one wrote the file."""
    try:
        ScriptDirectory.from_config(configuration()).get_revision(present)
    except CommandError as error:
        raise Trouble(TOO_NEW) from error


def bring_up(engine: Engine, migrations: Path = MIGRATIONS) -> None:
    """Brings a file from its revision, or from nothing, to the newest, in one transaction.

    The words that find rows are written anew.
    References are not enforced meanwhile, so that a table can be made anew, and are checked before the commit.
    """
    config = configuration(migrations)
    with writing(engine).connect() as connection, unchecked_references(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if migrations == MIGRATIONS:
            search_index.rebuild(connection)
        refuse_broken_references(connection)
