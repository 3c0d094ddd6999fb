"""What a screen reader is told: the program on a screen and an accessibility bus of its own, walked from outside.

`python -m tests.journeys.on_the_bus FILE OUT` inside `dbus-run-session` writes, as JSON, what stands in the window on
each of its pages and in the forms of a person and of a company.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ACCESSIBLE, ACTION = "org.a11y.atspi.Accessible", "org.a11y.atspi.Action"
ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
FOCUSABLE, SHOWING = 11, 25
MOST_OF_A_TABLE = 60
PATIENCE = 60
Place = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """One thing on the bus: its role as written in every language, in the user's, and its name."""

    role: str
    role_here: str
    name: str
    focusable: bool


def call(address: str, place: Place, interface: str, method: str, *words: str) -> Any:  # noqa: ANN401  whatever is answered
    """One question on a bus; nothing when the thing asked is gone."""
    asked = [
        str(shutil.which("busctl")),
        f"--address={address}",
        "--json=short",
        "call",
        *place,
        interface,
        method,
        *words,
    ]
    answer = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return json.loads(answer.stdout)["data"][0] if answer.returncode == 0 and answer.stdout.strip() else None


def showing(address: str, place: Place) -> Iterator[tuple[Place, Told]]:
    """Everything to be seen under a place, in its order; the first cells only of a table."""
    states = call(address, place, ACCESSIBLE, "GetState") or [0, 0]
    bits = states[0] | states[1] << 32
    role = call(address, place, ACCESSIBLE, "GetRoleName") or ""
    if role != "application" and not bits >> SHOWING & 1:
        return
    here = call(address, place, ACCESSIBLE, "GetLocalizedRoleName") or ""
    name = call(address, place, "org.freedesktop.DBus.Properties", "Get", "ss", ACCESSIBLE, "Name") or {"data": ""}
    yield place, Told(role, here, name["data"], bool(bits >> FOCUSABLE & 1))
    under = call(address, place, ACCESSIBLE, "GetChildren") or []
    for child in under[:MOST_OF_A_TABLE] if role == "table" else under:
        yield from showing(address, (child[0], child[1]))


@contextmanager
def program_on_a_screen(file: str) -> Iterator[None]:
    """The program on its own screen, until the walk is over."""
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        [str(shutil.which("Xvfb")), "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    display = os.read(reading, 20).decode().strip()
    environment = {
        **os.environ, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }  # fmt: skip
    program = subprocess.Popen([sys.executable, "-m", "cef_desk", "--database", file], env=environment)
    try:
        yield
    finally:
        for child in (program, screen):
            child.terminate()
            child.wait()


def until(address: str, role: str, name: str) -> list[tuple[Place, Told]]:
    """Walks until something is there."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        found = [
            each
            for child in call(address, ROOT, ACCESSIBLE, "GetChildren") or []
            for each in showing(address, (child[0], child[1]))
        ]
        if any(told.role == role and told.name.startswith(name) for _place, told in found):
            return found
    raise TimeoutError(name)


STEPS = (
    ("today", "", ("push button", "Venu")),
    ("people", "Bénéficiaires", ("column header", "Nom")),
    ("person form", "Nouvelle personne", ("push button", "Enregistrer")),
    ("companies", "Entreprises", ("column header", "Effectif")),
    ("company form", "Nouvelle entreprise", ("label", "SIRET")),
    ("agenda", "Agenda", ("push button", "Rendez-vous")),
    ("reports", "Bilans", ("list item", "Entrées, ")),
    ("settings", "Réglages", ("list item", "Affichage")),
)
"""Each page: what is pressed to come to it, and what is there when it has come."""


def main(file: str, out: Path) -> None:
    """Writes the walk of every page."""
    session = os.environ["DBUS_SESSION_BUS_ADDRESS"]
    address = call(session, ("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus", "GetAddress")
    walks: dict[str, list[tuple[Place, Told]]] = {}
    with program_on_a_screen(file):
        for page, pressed, awaited in STEPS:
            if pressed:
                before = list(walks.values())[-1]
                place = next(place for place, told in before if told.name == pressed and told.role != "label")
                call(address, place, ACTION, "DoAction", "i", "0")
            walks[page] = until(address, *awaited)
    out.write_text(json.dumps({page: [asdict(told) for _place, told in walk] for page, walk in walks.items()}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
