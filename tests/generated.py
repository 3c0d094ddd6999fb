"""Small bases made at random, the same for the same seed: odd dates, renewals, missing attributes, late events."""

import random
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from cef_desk.actions.demonstration import write_demonstration
from cef_desk.store.desk import Desk
from tests.conftest import sit_down

KINDS = {"CIRMA_CDD": ("CDD", 6), "CIRMA_CDI": ("CDI", None), "CDI": ("CDI", None), "CDD_M6": ("CDD", 2),
         "CDD_6P": ("CDD", 8), "CA": ("CDD", 12), "CTT": ("CTT", 1), "CREA": (None, None)}  # fmt: skip
FAMILIES = ("durable", "transition", "positive", "other", "neutral")
FIRST = date(2005, 3, 1)
Row = dict[str, Any]


def write_generated(empty: Path, path: Path, seed: int) -> Desk:
    """A copy of an empty file filled at random."""
    desk = sit_down(Path(shutil.copy(empty, path)))
    desk.do_for_good("Fill", write_demonstration, _tables(random.Random(seed)), "generated")  # noqa: S311  no secret
    return desk


def _tables(chance: random.Random) -> dict[str, list[Row]]:
    def some(*choices: Any) -> Any:
        return chance.choice(choices)

    def after(day: date, most: int, least: int = 0) -> date:
        return day + timedelta(days=chance.randint(least, most))

    tables: dict[str, list[Row]] = {name: [] for name in (
        "counsellor", "presence", "beneficiary", "pathway", "holder", "barrier", "company", "placement", "contract",
        "rupture", "exit", "exit_check", "offer", "referral", "interaction",
    )}  # fmt: skip

    def add(table: str, **values: Any) -> int:
        skip = {"counsellor": 1}.get(table, 0)
        tables[table].append({"id": len(tables[table]) + 1 + skip, **values})
        return int(tables[table][-1]["id"])

    add("counsellor", code="CEF02", name="", is_manager=False, active=True)
    tables["presence"].append(
        {"counsellor_id": 2, "from_on": after(FIRST, 400), "to_on": some(None, after(FIRST, 900, 400))}
    )
    companies = [
        add("company", name=f"Société {n}", naf_section=some("A", "N", None), size_band=some("01", "12", "32", None),
            commune_code=some("49007", None), territory_code=some("T1", "T2", None), city=some("Angers", ""))
        for n in range(chance.randint(2, 6))
    ]  # fmt: skip
    for company in companies:
        visited = after(FIRST, 600)
        for _visit in range(chance.randint(0, 3)):
            add("interaction", kind="prospection", medium=some("on_site", "phone"), outcome=some("held", "missed"),
                at=datetime.combine(after(visited, 90), datetime.min.time()), minutes=30, note="",
                counsellor_id=some(1, 2), pathway_id=None, company_id=company, contract_id=None)  # fmt: skip
        for _offer in range(chance.randint(0, 2)):
            add(
                "offer",
                company_id=company,
                counsellor_id=some(1, 2),
                received_on=after(visited, 200),
                job="x",
                places=1,
            )
    for _person in range(chance.randint(3, 12)):
        _one_person(chance, tables, add, companies)
    return tables


def _one_person(chance: random.Random, tables: dict[str, list[Row]], add: Any, companies: list[int]) -> None:
    def some(*choices: Any) -> Any:
        return chance.choice(choices)

    def after(day: date, most: int, least: int = 0) -> date:
        return day + timedelta(days=chance.randint(least, most))

    person = add("beneficiary", last_name=f"P{len(tables['beneficiary'])}", first_name="x", birth_date=None,
                 sex=some("F", "H", None))  # fmt: skip
    entered = after(FIRST, 700)
    for _again in range(some(1, 1, 1, 2)):
        pathway = add("pathway", beneficiary_id=person, entered_on=entered, age_at_entry=some(None, 22, 25, 39, 54, 60),
                      months_in_scheme=some(None, 0, 6, 23, 59, 60), level_code=some("V", None),
                      zone_code=None, prescriber_code=some("CAS", None),
                      territory_code=some("T1", None), commune_code=None)  # fmt: skip
        moves = after(entered, 300, 1)
        add("holder", pathway_id=pathway, counsellor_id=1, from_on=entered, to_on=moves)
        add("holder", pathway_id=pathway, counsellor_id=some(1, 2), from_on=moves + timedelta(days=1), to_on=None)
        for theme in chance.choices(["MOBILITE", "GARDE", "SANTE"], k=chance.randint(0, 2)):
            opened = after(entered, 40)
            closed = some(None, after(opened, 300))
            add("barrier", pathway_id=pathway, theme_code=theme, level=1, opened_on=opened, closed_on=closed,
                status="open" if closed is None else some("lifted", "lasting"))  # fmt: skip
        for _meeting in range(chance.randint(0, 6)):
            add("interaction", kind=some("meeting", "meeting", "check_up"), medium="office",
                outcome=some("held", "held", "missed", "excused", None), minutes=30, note="",
                at=datetime.combine(after(entered, 500), datetime.min.time()) + timedelta(hours=some(0, 9, 23)),
                counsellor_id=some(1, 2), pathway_id=pathway, company_id=None, contract_id=None)  # fmt: skip
        _contracts(chance, tables, add, pathway, entered, companies)
        if chance.random() < 0.6:
            left = after(entered, 700)
            exit_ = add("exit", pathway_id=pathway, day=left, kind_code="EMP_CDI", family=some(*FAMILIES))
            for months in chance.sample([3, 6], chance.randint(0, 2)):
                add("exit_check", exit_id=exit_, months=months, day=after(left, 250), source="phone",
                    status=some("same_employer", "other_employer", "unreachable", "unemployed"))  # fmt: skip
            entered = after(left, 200)
        else:
            break


def _contracts(
    chance: random.Random, tables: dict[str, list[Row]], add: Any, pathway: int, entered: date, companies: list[int]
) -> None:
    def some(*choices: Any) -> Any:
        return chance.choice(choices)

    starts = entered
    for _contract in range(chance.randint(0, 4)):
        starts += timedelta(days=chance.choice((0, 1, 14, 15, 16, 17, 40, 90)))
        kind = some(*KINDS)
        form, months = KINDS[kind]
        end = None if months is None else starts + timedelta(days=months * 30 + chance.randint(-3, 3))
        company = some(*companies)
        placement = add("placement", pathway_id=pathway, company_id=company)
        values = {"pathway_id": pathway, "company_id": company, "placement_id": placement, "counsellor_id": some(1, 2),
                  "kind_code": kind, "form": form, "weekly_hours": some(None, 20.0, 34.9, 35.0),
                  "naf_section": some("A", None), "size_band": some("01", "32", None)}  # fmt: skip
        first = add("contract", **values, parent_id=None, starts_on=starts, planned_end_on=end, ended_on=None,
                    signed_on=starts - timedelta(days=chance.randint(0, 9)))  # fmt: skip
        last = first
        if end is not None and chance.random() < 0.3:
            begins, end = end + timedelta(days=1), end + timedelta(days=chance.randint(20, 100))
            last = add("contract", **values, parent_id=first, starts_on=begins, planned_end_on=end, ended_on=None,
                       signed_on=begins)  # fmt: skip
        if chance.random() < 0.4 and kind != "CREA":
            row = tables["contract"][last - 1]
            span = ((row["planned_end_on"] or row["starts_on"] + timedelta(days=400)) - row["starts_on"]).days
            row["ended_on"] = row["starts_on"] + timedelta(days=chance.randint(0, max(span, 1)))
            add("rupture", contract_id=last, day=row["ended_on"], reason_code=some("ESSAI_EMP", "POS_CDI", "DEMISSION"))
            end = row["ended_on"]
        if chance.random() < 0.5 and tables["offer"]:
            add("referral", offer_id=some(*tables["offer"])["id"], pathway_id=pathway, counsellor_id=1,
                contract_id=None, status="proposed",
                proposed_on=starts - timedelta(days=chance.randint(0, 60)))  # fmt: skip
        starts = end or starts
