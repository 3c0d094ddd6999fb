"""The demonstration unit: its margins counted again from the export, the same rows each time, refused when wrong."""

import csv
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cef_desk.exchange.demo import golden, write_demo, write_load
from cef_desk.exchange.demo.plan import TODAY, margins, months, slots, terms
from cef_desk.exchange.table_out import export_tables
from cef_desk.queries.figures import figure, scope_of
from cef_desk.queries.indicators import INDICATORS
from cef_desk.rules.period import Period, months_between
from cef_desk.rules.working_days import is_working
from tests.conftest import sit_down

HASHED = {
    "pathway": ("id", "uid", "entered_on", "commune_code", "age_at_entry"),
    "contract": ("id", "uid", "pathway_id", "company_id", "kind_code", "signed_on", "planned_end_on", "weekly_hours"),
    "rupture": ("contract_id", "day", "reason_code"), "exit": ("pathway_id", "day", "kind_code"),
    "interaction": ("kind", "at", "outcome", "pathway_id", "counsellor_id"), "company": ("siret", "naf_code", "name"),
}  # fmt: skip
"""Version 1 of what the golden hash is over."""

GOLDEN = "9c8bb607ee48056f51a2d6e24aada46f230a9a56667543d8b947ad9ffa88710a"

Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def tables(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    folder = tmp_path_factory.mktemp("export")
    desk = sit_down(demo_file)
    export_tables(desk, folder)
    desk.close()
    return {path.stem: _rows(path) for path in folder.glob("*.csv")}


def _rows(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _sizes(rows: Table, column: str) -> list[int]:
    return sorted(Counter(row[column] for row in rows).values())


def test_the_same_rows_come_out_each_time(tables: dict[str, Table]) -> None:
    told = "\n".join(
        ";".join(row[column] for column in columns) for name, columns in HASHED.items() for row in tables[name]
    )
    assert hashlib.sha256(told.encode()).hexdigest() == GOLDEN


def test_every_margin_of_people_is_exact(tables: dict[str, Table]) -> None:
    people, pathways = tables["beneficiary"], tables["pathway"]
    assert Counter(row["sex"] for row in people) == margins()["sexe"]
    assert Counter(row["level_code"] for row in pathways) == margins()["niveau"]
    assert _sizes(people, "household_code") == sorted(margins()["composition"].values())
    driving = Counter((row["licence"], row["vehicle_code"]) for row in people)
    assert sorted(driving.values()) == sorted(margins()["permis_vehicule"].values())
    assert sum(row["disabled_worker"] == "1" for row in people) == margins()["rqth"]["RQTH déclarée"]
    assert _sizes(pathways, "prescriber_code") == sorted(margins()["canal"].values())
    assert _sizes(pathways, "territory_code") == sorted(margins()["territoire"].values())
    assert Counter(row["zone_code"] for row in pathways)["ZUS"] == margins()["zus"]["ZUS/QPV"]
    ages = Counter(min(int(row["age_at_entry"]) // 5 * 5, 55) for row in pathways)
    assert ages[20] == margins()["age_entree"]["<25 (parent)"]
    assert ages[55] == margins()["age_entree"]["55 et +"]
    assert Counter(row["theme_code"] for row in tables["barrier"]) == margins()["freins (multi, % des bénéficiaires)"]
    assert len({row["commune_code"] for row in pathways}) >= 40
    assert len({(row["last_name"], row["first_name"]) for row in people}) == 2_220


def test_every_margin_of_contracts_and_endings_is_exact(tables: dict[str, Table]) -> None:
    contracts = tables["contract"]
    assert Counter(row["kind_code"] for row in contracts) == margins()["type_contrat"]
    assert Counter(row["form"] for row in contracts) == margins()["forme"]
    assert sum(float(row["weekly_hours"]) >= 35 for row in contracts) == margins()["heures_hebdo"]["35 h et +"]
    assert sum(float(row["weekly_hours"]) == 26 for row in contracts) == margins()["heures_hebdo"]["26 h"]
    naf = Counter(row["naf_section"] for row in contracts)
    wanted = {word[0]: n for word, n in margins()["section_naf"].items() if n and word != "Autres sections"}
    assert {section: naf[section] for section in wanted} == wanted
    assert _sizes(contracts, "size_band") == sorted(margins()["taille_entreprise"].values())
    assert Counter(row["reason_code"] for row in tables["rupture"]) == margins()["motif_rupture"]
    exits = Counter(row["kind_code"] for row in tables["exit"])
    assert exits == margins()["sorties"] | margins()["sorties_neutralisees"]
    per_person = Counter(Counter(row["pathway_id"] for row in contracts).values())
    assert {str(n): count for n, count in per_person.items()} == margins()["contrats_par_personne"]
    per_company = Counter(Counter(row["company_id"] for row in contracts).values())
    assert {str(n): count for n, count in per_company.items()} == margins()["contrats_par_entreprise"]
    lengths = Counter(
        (row["kind_code"], band(date.fromisoformat(row["starts_on"]), row["planned_end_on"]))
        for row in contracts if row["planned_end_on"]
    )  # fmt: skip
    planned = {(kind, name): n for kind, bands in terms().items() if kind != "TOTAL" for name, n in bands.items()}
    assert lengths == planned


def band(start: date, end: str) -> str:
    months_ = months_between(start, date.fromisoformat(end))
    bands = ((3, "<3"), (6, "3-5"), (7, "6"), (12, "7-11"), (13, "12"), (19, "13-18"))
    return next((name for top, name in bands if months_ < top), "24")


def test_no_rule_of_the_trade_is_broken_by_the_lives_told(tables: dict[str, Table]) -> None:
    entered = {row["id"]: row["entered_on"] for row in tables["pathway"]}
    left = {row["pathway_id"]: row for row in tables["exit"]}
    contracts = {row["id"]: row for row in tables["contract"]}
    with_contract = {row["pathway_id"] for row in tables["contract"]}
    for pathway, row in left.items():
        assert (date.fromisoformat(row["day"]) - date.fromisoformat(entered[pathway])).days >= 90
        assert row["family"] not in {"durable", "transition"} or pathway in with_contract
    for row in tables["rupture"]:
        contract = contracts[row["contract_id"]]
        in_trial = row["reason_code"] in {"ESSAI_EMP", "ESSAI_SAL"}
        assert contract["starts_on"] <= row["day"] <= (contract["planned_end_on"] or "9999")
        assert in_trial is (row["day"] <= contract["trial_end_on"])
        gone = left.get(contract["pathway_id"])
        assert gone is None or row["day"] <= gone["day"], "a rupture never follows an exit"
    for row in tables["contract"]:
        assert is_working(date.fromisoformat(row["signed_on"]))
        assert entered[row["pathway_id"]] < row["signed_on"] <= row["starts_on"]
    for row in tables["referral"]:
        assert entered[row["pathway_id"]] <= row["proposed_on"], "nobody is put forward before entering"
    assert all(row["phone"].startswith("02 41 00 ") for row in tables["beneficiary"])
    assert all(row["email"].endswith("@exemple.invalid") for row in tables["company"])


def test_a_demonstration_with_one_wrong_figure_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(golden.SINCE_OPENING, "S1", (794, 1_500))
    with pytest.raises(LookupError, match="795"):
        write_demo(tmp_path / "demo.cefdesk")
    assert list(tmp_path.glob("*.cefdesk*")) == []


def test_a_base_for_load_has_the_proportions_asked(tmp_path: Path) -> None:
    desk = write_load(tmp_path / "load.cefdesk", 500)
    period, scope = Period.of(date(2005, 3, 1), TODAY), desk.see(scope_of)
    assert desk.see(figure, INDICATORS["I01"], period, scope).numerator == 500
    assert desk.see(figure, INDICATORS["I03"], period, scope).numerator == 1_000
    desk.close()


def test_slots_are_spread_evenly() -> None:
    assert slots({"a": 2, "b": 1}) == ["a", "b", "a"]
    assert [month.caseload for month in months()][-1] == 660
