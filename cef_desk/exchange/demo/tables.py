"""The demonstration as rows of every table, keys from 1, in the order they refer to each other."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from cef_desk.exchange.demo import activity
from cef_desk.exchange.demo.careers import careers
from cef_desk.exchange.demo.companies import Company, hiring, prospects
from cef_desk.exchange.demo.holders import CODES, LATER, TWO_MORE_ON, Holders
from cef_desk.exchange.demo.lives import AIDED, Careers, Contract
from cef_desk.exchange.demo.people import TERRITORIES, Identity, identities
from cef_desk.exchange.demo.plan import OPENING, margins, slots, strided
from cef_desk.exchange.demo.words import JOBS, first_name, last_name
from cef_desk.rules.kinds import BarrierStatus, ListName
from cef_desk.rules.working_days import previous_working

Row = dict[str, Any]
Tables = dict[str, list[Row]]
HeldBy = Callable[[int, date], int]
"""The key of the counsellor who holds a person, by number, on a day."""

NAMES = ("Claire Pervenche", "Marc Sorbier", "Hélène Glycine", "Joël Narcisse", "Amina Genêt", "Luc Platane",
         "Sylvie Mélèze", "Karim Loriot", "Odile Jasmin")  # fmt: skip
_HOURS = {"20-25 h": (20.0, 24.0, 22.0), "27-34 h": (30.0, 28.0, 32.0), "35 h et +": (35.0,)}
_OBJECTIVES = {2005: 360, 2006: 900, 2007: 1_150, 2008: 1_200}


def demonstration_tables() -> Tables:
    """Every row, but the unit, the first counsellor and the starting lists, which a new file has."""
    found = careers()
    who = identities(found.people)
    companies = hiring(found.contracts)
    company_of = {contract.number: company for company in companies for contract in company.contracts}
    companies += prospects(len(companies))
    holders = Holders(found.people, [identity.commune.territory for identity in who])
    key = {code: place + 1 for place, code in enumerate(CODES)}

    def held(number: int, day: date) -> int:
        return key[holders.on(number, day)]

    all_offers = activity.offers(companies)
    contacts = [
        *activity.meetings(found.people),
        *activity.check_ups(found, lambda contract: company_of[contract.number].number),
        *activity.prospecting(companies),
    ]
    contacts.sort(key=lambda contact: (contact.at, contact.person or 0, contact.company or 0))
    left = [person for person in found.people if person.exit]
    left.sort(key=lambda person: (activity.end_of(person), person.number))
    exit_key = {person.number: place + 1 for place, person in enumerate(left)}
    return {
        "list_entry": territories(),
        "counsellor": [
            {"id": key[code], "code": code, "name": f"{NAMES[key[code] - 1]} (fictif)", "is_manager": False,
             "active": True}
            for code in CODES[1:]
        ],
        "presence": [
            {"id": key[code], "counsellor_id": key[code], "from_on": TWO_MORE_ON if code in LATER else OPENING}
            for code in CODES[1:]
        ],
        "beneficiary": [_person(number, identity) for number, identity in enumerate(who)],
        "pathway": [
            {"id": person.number + 1, "beneficiary_id": person.number + 1, "entered_on": person.entered_on,
             "prescribed_on": previous_working(person.entered_on - timedelta(days=4 + person.number % 17)),
             "age_at_entry": who[person.number].age, "months_in_scheme": who[person.number].months_in_scheme,
             "level_code": who[person.number].level, "prescriber_code": who[person.number].prescriber,
             "zone_code": who[person.number].zone, "commune_code": who[person.number].commune.code,
             "commune": who[person.number].commune.name, "territory_code": who[person.number].commune.territory}
            for person in found.people
        ],
        "right": _numbered(_right(person.number) for person in found.people if person.exit is None),
        "holder": _numbered(
            {"pathway_id": number + 1, "counsellor_id": key[hold.counsellor], "from_on": hold.first,
             "to_on": hold.last}
            for number, holds in enumerate(holders.holds) for hold in holds
        ),
        "barrier": _numbered(_barriers(found, who)),
        "insertion_contract": _numbered(
            {"pathway_id": person.number + 1, "kind_code": "CI", "signed_on": first, "starts_on": first,
             "ends_on": last}
            for person in found.people for first, last in activity.insertion_contracts(person)
        ),
        "company": [_company(company) for company in companies],
        "company_contact": _numbered(_contact(company) for company in companies if company.stage != "contacted"),
        "placement": [
            {"id": contract.number + 1, "pathway_id": contract.person.number + 1,
             "company_id": company_of[contract.number].number + 1}
            for contract in found.contracts
        ],
        "contract": _contracts(found, company_of, held),
        "rupture": _numbered(
            {"contract_id": contract.number + 1, "day": contract.rupture[0], "reason_code": contract.rupture[1]}
            for contract in sorted(
                (contract for contract in found.contracts if contract.rupture),
                key=lambda contract: (contract.rupture or (OPENING, ""), contract.number),
            )
            if contract.rupture
        ),
        "exit": [
            {"id": exit_key[person.number], "pathway_id": person.number + 1, "day": person.exit.day,
             "kind_code": person.exit.kind, "family": person.exit.family,
             "override_reason": "démonstration" if person.exit.overridden else None}
            for person in left if person.exit
        ],
        "exit_check": _numbered(
            {"exit_id": exit_key[person.number], "months": months, "day": day, "status": status, "source": source}
            for person, months, day, status, source in activity.exit_checks(found.people)
        ),
        "offer": [
            {"id": offer.number + 1, "company_id": offer.company.number + 1,
             "counsellor_id": _offer_counsellor(offer, held), "received_on": offer.received_on,
             "rome_code": _job(offer.company, offer.number)[0], "job": _job(offer.company, offer.number)[1],
             "form": offer.contract.form if offer.contract else None, "places": 1,
             "closed_on": offer.contract.signed_on if offer.contract else None}
            for offer in all_offers
        ],
        "referral": _numbered(
            {"offer_id": item.offer.number + 1, "pathway_id": item.person + 1,
             "counsellor_id": held(item.person, item.proposed_on), "proposed_on": item.proposed_on,
             "contract_id": item.contract.number + 1 if item.contract else None, "status": item.status}
            for item in activity.referrals(all_offers, found.people)
        ),
        "interaction": _numbered(
            {"kind": item.kind, "medium": item.medium, "outcome": item.outcome, "at": item.at,
             "minutes": item.minutes, "note": item.note,
             "counsellor_id": _contact_counsellor(item, companies, held),
             "pathway_id": _plus_one(item.person), "company_id": _plus_one(item.company),
             "contract_id": _plus_one(item.contract)}
            for item in contacts
        ),
        "objective": _numbered(
            {"year": year, "indicator_code": "I03", "target": float(target)} for year, target in _OBJECTIVES.items()
        ),
    }  # fmt: skip


def _right(number: int) -> Row:
    """One in twelve has still to send the return of January."""
    month = number % 3 + 1
    last = (date(2008, 1, 31), date(2007, 11, 30), date(2007, 12, 31))[month - 1]
    return {
        "pathway_id": number + 1, "quarterly_month": month,
        "returned_to": date(2007, 10, 31) if number % 12 == 0 else last,
    }  # fmt: skip


def _numbered(rows: Iterator[Row]) -> list[Row]:
    return [{"id": place, **row} for place, row in enumerate(rows, 1)]


def _plus_one(number: int | None) -> int | None:
    return None if number is None else number + 1


def _person(number: int, identity: Identity) -> Row:
    return {
        "id": number + 1, "last_name": identity.last_name, "first_name": identity.first_name,
        "birth_date": identity.birth_date, "sex": identity.sex, "household_code": identity.household,
        "children": identity.children, "licence": identity.licence, "vehicle_code": identity.vehicle,
        "disabled_worker": identity.disabled_worker, "postcode": identity.commune.postcode,
        "city": identity.commune.name, "phone": f"02 41 00 {number // 100:02} {number % 100:02}",
    }  # fmt: skip


def _company(company: Company) -> Row:
    return {
        "id": company.number + 1, "name": company.name, "siret": company.siret, "naf_code": company.naf_code,
        "naf_version": "rev1", "naf_section": company.naf_section, "size_band": company.size_band,
        "postcode": company.place.postcode, "city": company.place.name, "commune_code": company.place.code,
        "territory_code": company.place.territory,
        "phone": f"02 41 00 {(3_000 + company.number) // 100:02} {company.number % 100:02}",
        "email": f"contact{company.number}@exemple.invalid",
    }  # fmt: skip


def _contact(company: Company) -> Row:
    number = company.number
    sex = "FH"[number % 2]
    return {
        "company_id": number + 1, "name": f"{first_name(number * 3, sex)} {last_name(number * 11)}",
        "role": ("gérance", "ressources humaines", "chef d’équipe")[number % 3],
        "phone": f"02 41 00 {(6_000 + number) // 100:02} {number % 100:02}",
        "email": f"contact{number}@exemple.invalid",
    }  # fmt: skip


def _barriers(found: Careers, who: Sequence[Identity]) -> Iterator[Row]:
    """Opened at entry; two in five are lifted while the person is followed."""
    turn = 0
    for person in found.people:
        for theme in who[person.number].barriers:
            turn += 1
            closed = person.entered_on + timedelta(days=60 + turn * 17 % 300)
            lifted = turn % 5 in {1, 3} and closed <= activity.end_of(person)
            status = BarrierStatus.LIFTED if lifted else tuple(BarrierStatus)[(0, 1, 0, 3)[turn % 4]]
            yield {
                "pathway_id": person.number + 1, "theme_code": theme, "level": 1 + turn % 3, "status": status,
                "opened_on": person.entered_on, "closed_on": closed if lifted else None,
            }  # fmt: skip


def _contracts(found: Careers, company_of: dict[int, Company], held: HeldBy) -> list[Row]:
    hours = _hours(found.contracts)
    return [
        {
            "id": contract.number + 1, "pathway_id": contract.person.number + 1,
            "company_id": company.number + 1, "placement_id": contract.number + 1,
            "counsellor_id": held(contract.person.number, contract.signed_on), "kind_code": contract.kind,
            "form": contract.form, "signed_on": contract.signed_on, "starts_on": contract.starts_on,
            "planned_end_on": contract.planned_end_on, "trial_end_on": contract.trial_end_on,
            "ended_on": contract.rupture[0] if contract.rupture else None, "weekly_hours": hours[contract.number],
            "rome_code": _job(company, contract.number)[0], "job": _job(company, contract.number)[1],
            "naf_code": company.naf_code, "naf_section": company.naf_section, "size_band": company.size_band,
            "agreement_number": f"{contract.signed_on:%Y}-{contract.number + 1:04}" if contract.kind in AIDED else None,
            "agreement_starts_on": contract.starts_on if contract.kind in AIDED else None,
            "agreement_ends_on": contract.agreement_ends_on,
        }
        for contract in found.contracts
        for company in [company_of[contract.number]]
    ]  # fmt: skip


def _hours(contracts: Sequence[Contract]) -> list[float]:
    """Contrats d'avenir are of 26 hours, as are some CAE; the other lengths are mixed among the rest."""
    counts = dict(margins()["heures_hebdo"])
    at_26 = [contract.number for contract in contracts if contract.kind == "CA"]
    beside = _side_by_side(contracts)
    cae = [contract.number for contract in contracts if contract.kind == "CAE" and contract.number not in beside]
    at_26 += cae[: counts.pop("26 h") - len(at_26)]
    counts["20-25 h"] -= len(beside)
    fixed = dict.fromkeys(at_26, 26.0) | dict.fromkeys(beside, 20.0)
    rest = [contract.number for contract in contracts if contract.number not in fixed]
    bands = dict(zip(rest, strided(slots(counts), 1_009, 1), strict=True))
    return [
        fixed.get(contract.number) or _one(_HOURS[bands[contract.number]], contract.number) for contract in contracts
    ]


def _side_by_side(contracts: Sequence[Contract]) -> set[int]:
    """The few part-time contracts that run beside another one of the same person."""
    pairs = ((first, second) for person in {id(c.person): c.person for c in contracts}.values()
             for first, second in pairwise(person.contracts) if first.runs_on(second.starts_on))  # fmt: skip
    return {contract.number for pair in pairs for contract in pair}


def _one(choices: tuple[float, ...], number: int) -> float:
    return choices[number % len(choices)]


def _job(company: Company, number: int) -> tuple[str, str]:
    jobs = JOBS.get(company.section) or JOBS[""]
    return jobs[number % len(jobs)]


def _offer_counsellor(offer: activity.Offer, held: HeldBy) -> int:
    if offer.contract is not None:
        return held(offer.contract.person.number, offer.contract.signed_on)
    return 1 + offer.company.number % 7


def _contact_counsellor(contact: activity.Contact, companies: Sequence[Company], held: HeldBy) -> int:
    if contact.person is not None:
        return held(contact.person, contact.at.date())
    company = companies[contact.company or 0]
    if company.contracts:
        return held(company.contracts[0].person.number, contact.at.date())
    return 1 + company.number % 7


def territories() -> list[Row]:
    """The entries of the list of territories."""
    return [
        {"list_name": ListName.TERRITORY, "code": code, "label": name, "position": place, "active": True}
        for place, (code, (name, _groups)) in enumerate(TERRITORIES.items(), 1)
    ]
