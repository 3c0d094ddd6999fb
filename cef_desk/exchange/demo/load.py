"""A base of any size for load: plausible enough to search, list and count.

In the proportions of a département: for 100 000 people 200 000 contracts, 3 000 000 interactions, of which 400 000
visits, and 60 000 companies.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from cef_desk.exchange.demo.people import communes
from cef_desk.exchange.demo.plan import OPENING, TODAY
from cef_desk.exchange.demo.tables import territories
from cef_desk.exchange.demo.words import NATURE, NOTES, first_name, last_name
from cef_desk.rules.kinds import ExitFamily, Form, Kind, Medium, Outcome
from cef_desk.rules.period import age_on, last_day_of_term

_CONTRACTS, _MEETINGS, _VISITS = 2, 26, 4
_CASELOAD = 250
_KINDS = (("CIRMA_CDD", 6), ("CDI", None), ("CDD_M6", 2), ("CA", 12), ("CIRMA_CDI", None), ("CDD_6P", 8), ("CAE", 6))
_EXITS = (
    ("EMP_CDI", ExitFamily.DURABLE), ("TR_AIDE", ExitFamily.TRANSITION), ("AUT_CHOM", ExitFamily.OTHER),
    ("TR_CDDM6", ExitFamily.TRANSITION), ("POS_FORM", ExitFamily.POSITIVE), ("NEU_DEMENAG", ExitFamily.NEUTRAL),
)  # fmt: skip
_LEVELS = ("VI", "V", "V", "V bis", "IV", "III")
_SECTIONS, _BANDS = ("A", "C", "F", "G", "I", "N", "Q"), ("01", "02", "03", "11", "12", "32")
Row = dict[str, Any]


def load_tables(people: int) -> dict[str, Iterator[Row]]:
    """The rows of a base of so many people, made as they are written."""
    companies, counsellors = max(1, people * 6 // 10), max(1, people // _CASELOAD)
    places = communes()

    def each(total: int, row: Callable[[int], Row]) -> Iterator[Row]:
        return ({"id": number + 1, **row(number)} for number in range(total))

    def person(number: int) -> Row:
        place, sex = places[number * 31 % len(places)], "FH"[number % 2]
        return {
            "last_name": last_name(number * 7), "first_name": first_name(number * 37 + number // 300 * 11, sex),
            "sex": sex, "birth_date": _born(number), "postcode": place.postcode, "city": place.name,
            "phone": f"02 41 00 {number // 100 % 100:02} {number % 100:02}",
        }  # fmt: skip

    def pathway(number: int) -> Row:
        place = places[number * 31 % len(places)]
        return {
            "beneficiary_id": number + 1, "entered_on": _entered(number),
            "age_at_entry": age_on(_born(number), _entered(number)), "months_in_scheme": number * 13 % 90,
            "level_code": _LEVELS[number % 6], "prescriber_code": ("CAS", "CCAS", "ANPE")[number % 3],
            "zone_code": ("HORS", "ZUS", "HORS")[number % 3], "commune_code": place.code, "commune": place.name,
            "territory_code": place.territory,
        }  # fmt: skip

    def company(number: int) -> Row:
        place = places[number * 17 % len(places)]
        return {
            "name": f"Société {NATURE[number * 29 % len(NATURE)]} {number}", "size_band": _BANDS[number % 6],
            "naf_section": _SECTIONS[number % 7], "postcode": place.postcode, "city": place.name,
            "commune_code": place.code, "territory_code": place.territory,
        }  # fmt: skip

    def contract(number: int) -> Row:
        kind, months = _KINDS[number * 5 % len(_KINDS)]
        starts_on, where = _starts(number), number * 7 % companies
        return {
            "pathway_id": number // _CONTRACTS + 1, "company_id": where + 1, "placement_id": number + 1,
            "counsellor_id": number // _CONTRACTS % counsellors + 1, "kind_code": kind,
            "form": Form.CDI if months is None else Form.CDD, "signed_on": starts_on, "starts_on": starts_on,
            "planned_end_on": None if months is None else last_day_of_term(starts_on, months),
            "trial_end_on": last_day_of_term(starts_on, 1), "weekly_hours": (35.0, 26.0, 20.0)[number % 3],
            "ended_on": _broken(number), "naf_section": _SECTIONS[where % 7], "size_band": _BANDS[where % 6],
        }  # fmt: skip

    def interaction(number: int) -> Row:
        who, turn = divmod(number, _MEETINGS + _VISITS)
        day = min(TODAY, _entered(who) + timedelta(days=turn * 23 + who % 9))
        visit = turn >= _MEETINGS
        return {
            "kind": Kind.PROSPECTION if visit else Kind.CHECK_UP if turn % 6 == 5 else Kind.MEETING,
            "medium": Medium.ON_SITE if visit else Medium.OFFICE,
            "outcome": Outcome.MISSED if turn % 9 == 4 else Outcome.HELD,
            "at": datetime.combine(day, time(9 + turn % 8, who % 2 * 30)), "minutes": 30,
            "note": "" if visit else NOTES[number % len(NOTES)], "counsellor_id": who % counsellors + 1,
            "pathway_id": None if visit else who + 1, "company_id": number % companies + 1 if visit else None,
        }  # fmt: skip

    contracts = people * _CONTRACTS
    ruptures = [number for number in range(contracts) if _broken(number)]
    exits = [number for number in range(people) if _left(number) <= TODAY]
    return {
        "list_entry": iter(territories()),
        "counsellor": (
            {"code": f"CEF{number + 1:03}", "name": "", "is_manager": False, "active": True}
            for number in range(1, counsellors)
        ),
        "presence": ({"counsellor_id": number + 1, "from_on": OPENING} for number in range(1, counsellors)),
        "beneficiary": each(people, person),
        "pathway": each(people, pathway),
        "holder": each(people, lambda n: {"pathway_id": n + 1, "counsellor_id": n % counsellors + 1,
                                          "from_on": _entered(n)}),
        "barrier": each(people, lambda n: {"pathway_id": n + 1, "theme_code": ("MOBILITE", "SANTE", "GARDE")[n % 3],
                                           "level": 1, "status": "open", "opened_on": _entered(n)}),
        "company": each(companies, company),
        "placement": each(contracts, lambda n: {"pathway_id": n // _CONTRACTS + 1,
                                                "company_id": n * 7 % companies + 1}),
        "contract": each(contracts, contract),
        "rupture": (
            {"contract_id": n + 1, "day": _broken(n), "reason_code": ("ESSAI_EMP", "ABANDON", "POS_CDI")[n // 6 % 3]}
            for n in ruptures
        ),
        "exit": (
            {"pathway_id": n + 1, "day": _left(n), "kind_code": _EXITS[n % 6][0], "family": _EXITS[n % 6][1]}
            for n in exits
        ),
        "offer": each(people, lambda n: {"company_id": n * 7 % companies + 1, "received_on": _entered(n),
                                         "counsellor_id": n % counsellors + 1, "job": "poste", "places": 1}),
        "interaction": each(people * (_MEETINGS + _VISITS), interaction),
    }  # fmt: skip


def _entered(number: int) -> date:
    return OPENING + timedelta(days=number * 7_919 % 750)


def _left(number: int) -> date:
    return _entered(number) + timedelta(days=120 + number * 31 % 700)


def _born(number: int) -> date:
    return date(1950 + number * 11 % 34, 1 + number * 5 % 12, 1 + number * 13 % 28)


def _starts(number: int) -> date:
    who, turn = divmod(number, _CONTRACTS)
    return _entered(who) + timedelta(days=30 + who % 60 + turn * 220)


def _broken(number: int) -> date | None:
    day = _starts(number) + timedelta(days=10 + number * 3 % 50)
    return day if number % 6 == 0 and day <= TODAY else None
