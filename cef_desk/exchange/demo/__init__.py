"""The demonstration file: a fictitious unit, deterministic, refused when one golden figure differs (domain/demo.md)."""

from datetime import datetime
from pathlib import Path

from cef_desk.actions.demonstration import write_demonstration
from cef_desk.actions.unit import UnitDraft
from cef_desk.exchange.demo.golden import refuse_wrong_figures
from cef_desk.exchange.demo.load import load_tables
from cef_desk.exchange.demo.plan import OPENING, TODAY
from cef_desk.exchange.demo.tables import NAMES, demonstration_tables
from cef_desk.exchange.new_file import begun_file, reopened
from cef_desk.i18n import N_
from cef_desk.store.desk import Desk

DEMO_NAME = "demonstration"
_WRITE = N_("Write the demonstration")
_WRITTEN_AT = datetime(2008, 1, 31, 18, 0)


def demo_unit() -> UnitDraft:
    """The unit of the demonstration; its companies are loyal since the opening."""
    return UnitDraft(
        name="Unité emploi formation — Maine-et-Loire (démo)",
        address="1 place de l’Exemple (fictive), 49000 Angers",
        phone="02 41 00 00 00",
        counsellor_code="CEF01",
        counsellor_name=f"{NAMES[0]} (fictif)",
        opened_on=OPENING,
        frozen_today=TODAY,
        loyal_months=0,
    )


def write_load(path: Path, people: int) -> Desk:
    """Writes a base of so many people for load, not encrypted, and leaves it open; refuses to replace a file."""
    with begun_file(path, None, demo_unit(), clock=lambda: _WRITTEN_AT) as desk:
        desk.do_for_good(_WRITE, write_demonstration, load_tables(people), f"load {people}")
    return reopened(path)


def write_demo(path: Path) -> Desk:
    """Writes the demonstration file, not encrypted, and leaves it open; refuses to replace a file."""
    with begun_file(path, None, demo_unit(), clock=lambda: _WRITTEN_AT) as desk:
        desk.do_for_good(_WRITE, write_demonstration, demonstration_tables(), DEMO_NAME)
        refuse_wrong_figures(desk)
    return reopened(path)
