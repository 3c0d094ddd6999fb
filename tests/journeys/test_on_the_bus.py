"""The window as a screen reader is told of it, on a real accessibility bus."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.on_the_bus import STEPS

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED = ("dbus-run-session", "Xvfb", "busctl")
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)) or not LAUNCHER.exists(), reason="no accessibility bus on this machine"
)
Walk = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def walk(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """What stands on each page and in the forms."""
    folder = tmp_path_factory.mktemp("bus")
    file = Path(shutil.copy(demo_file, folder / "demo.cefdesk"))
    out = folder / "walk.json"
    words = ["dbus-run-session", "--", sys.executable, "-m", "tests.journeys.on_the_bus", str(file), str(out)]
    environment = {**os.environ, "CEF_DESK_HOME": str(folder / "home"), "HOME": str(folder), "LANG": "fr_FR.UTF-8"}
    environment.pop("XDG_RUNTIME_DIR", None)
    shown = subprocess.run(words, capture_output=True, text=True, timeout=200, env=environment, cwd=ROOT, check=False)
    assert shown.returncode == 0, shown.stderr[-2_000:]
    told: Walk = json.loads(out.read_text(encoding="utf-8"))
    return told


def names(walk: Walk, page: str, role: str) -> list[str]:
    return [each["name"] for each in walk[page] if each["role_here"] == role]


def test_the_rail_names_its_pages(walk: Walk) -> None:
    assert next(each["name"] for each in walk["people"] if each["role_here"] == "liste") == "Pages"
    entries = names(walk, "people", "élément de liste")
    assert [name for name in entries if name][:6] == [
        "Ma journée",
        "Bénéficiaires",
        "Entreprises",
        "Agenda",
        "Bilans",
        "Réglages",
    ]


def test_the_list_names_its_columns_and_cells(walk: Walk) -> None:
    assert names(walk, "people", "table") == ["Bénéficiaires"]
    assert {"Nom", "Commune", "Contrat en cours", "Vu le"} <= set(names(walk, "people", "en-tête de colonne"))
    cells = names(walk, "people", "cellule")
    assert len(cells) > 20
    assert cells[0]
    assert {"Nouvelle personne", "Exporter ce qui est affiché…"} <= set(names(walk, "people", "bouton"))


def test_the_figures_are_told_with_their_words(walk: Walk) -> None:
    figures = names(walk, "reports", "élément de liste")
    assert any(name.startswith("Contrats signés") and any(sign.isdigit() for sign in name) for name in figures)
    assert {"Imprimer…", "Enregistrer en PDF…", "Exporter en tableur…"} <= set(names(walk, "reports", "bouton"))
    assert {"Janv. 2008", "Toute l’unité"} <= set(names(walk, "reports", "boîte déroulante"))


def test_companies_and_their_columns_are_told(walk: Walk) -> None:
    assert names(walk, "companies", "table") == ["Entreprises"]
    assert {"Nom", "Commune", "Effectif", "Embauches"} <= set(names(walk, "companies", "en-tête de colonne"))


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("person form", {"Nom", "Prénom", "Né(e) le", "Téléphone", "Commune", "Entrée"}),
        ("company form", {"Nom", "SIRET", "Commune", "Courriel", "Contact"}),
    ],
)
def test_a_form_names_its_fields(walk: Walk, form: str, fields: set[str]) -> None:
    assert fields <= set(names(walk, form, "texte"))
    assert {"Enregistrer", "Fermer"} <= set(names(walk, form, "bouton"))


def test_settings_tell_each_value_with_its_name(walk: Walk) -> None:
    lines = names(walk, "settings", "élément de liste")
    assert {"Unité", "Conseillers", "Listes", "Affichage", "Dispositif, RMI"} <= set(lines)


@pytest.mark.parametrize("page", [page for page, _pressed, _awaited in STEPS])
def test_whatever_takes_the_keyboard_has_a_name(walk: Walk, page: str) -> None:
    nameless = [each for each in walk[page] if each["focusable"] and not each["name"] and each["role"] != "cell"]
    assert nameless == []
    assert [each for each in walk[page] if each["role_here"] == "bouton" and not each["name"]] == []
