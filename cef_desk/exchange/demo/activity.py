"""What filled the days: meetings, follow-ups, prospecting, offers, referrals, checks (domain/demo.md, 1 and 6.9)."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cef_desk.exchange.demo.companies import Company, first_day
from cef_desk.exchange.demo.lives import Careers, Contract, Person
from cef_desk.exchange.demo.plan import OPENING, TODAY, shared, slots
from cef_desk.exchange.demo.words import NOTES
from cef_desk.rules.exit_class import EMPLOYMENT
from cef_desk.rules.kinds import CheckStatus, Kind, Medium, Outcome, ReferralStatus
from cef_desk.rules.period import add_months, last_day_of_term
from cef_desk.rules.working_days import next_working, previous_working

MEETINGS_HELD, NO_SHOWS, CHECK_UPS, OFFERS, REFERRALS = 16_428, 2_190, 6_250, 3_400, 7_900
CHECKS = {3: (693, 618, 541), 6: (579, 492, 413)}
"""Months after the exit -> due, reached, in work."""

_MEDIA = (Medium.OFFICE, Medium.OFFICE, Medium.PHONE, Medium.OFFICE, Medium.HOME)
_NOT_HIRED = (
    ReferralStatus.REJECTED, ReferralStatus.PRESENTED, ReferralStatus.WITHDREW, ReferralStatus.INTERVIEW,
    ReferralStatus.REJECTED, ReferralStatus.HIRED_ELSEWHERE, ReferralStatus.POOL,
)  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """One interaction; `person`, `company` and `contract` by number."""

    kind: Kind
    medium: Medium
    outcome: Outcome | None
    at: datetime
    minutes: int
    note: str
    person: int | None = None
    company: int | None = None
    contract: int | None = None


@dataclass(frozen=True)
class Offer:
    """A vacancy; `contract` is the one it led to."""

    number: int
    company: Company
    received_on: date
    contract: Contract | None


@dataclass(frozen=True)
class Referral:
    """One person put forward."""

    offer: Offer
    person: int
    proposed_on: date
    status: ReferralStatus
    contract: Contract | None


def end_of(person: Person) -> date:
    """The last day of a pathway, the day of the demonstration while it is open."""
    return person.exit.day if person.exit else TODAY


def meetings(people: Sequence[Person]) -> Iterator[Contact]:
    """In proportion to the stay; the first one is the entry, and is held."""
    planned = MEETINGS_HELD + NO_SHOWS
    counts = shared(planned, {person.number: (end_of(person) - person.entered_on).days + 20 for person in people})
    flags = slots({True: MEETINGS_HELD, False: NO_SHOWS})
    turn = 0
    for person in people:
        count = counts[person.number]
        kept = flags[turn : turn + count]
        if not kept[0] and True in kept:
            kept[kept.index(True)], kept[0] = False, True
        span = (end_of(person) - person.entered_on).days
        for k, held in enumerate(kept):
            day = previous_working(person.entered_on + timedelta(days=2 * span * k // (2 * count - 1)))
            yield _meeting(person.number, max(day, person.entered_on), turn + k, held)
        turn += count
        if person.exit is None:
            day = next_working(TODAY + timedelta(days=1 + person.number % 30))
            yield Contact(Kind.MEETING, Medium.OFFICE, None, _at(day, person.number), 45, "", person.number)


def _meeting(person: int, day: date, turn: int, held: bool) -> Contact:  # noqa: FBT001  a flag of the plan
    medium = _MEDIA[turn % len(_MEDIA)]
    outcome = Outcome.HELD if held else Outcome.EXCUSED if turn % 3 == 0 else Outcome.MISSED
    note = NOTES[turn * 7 % len(NOTES)] if held else ""
    return Contact(Kind.MEETING, medium, outcome, _at(day, turn), 15 if medium is Medium.PHONE else 45, note, person)


def check_ups(careers: Careers, company_of: Callable[[Contract], int]) -> Iterator[Contact]:
    """At the eighth day, in the trial, at three months, then every two months while the job is followed."""
    days = [(contract, day) for contract in careers.contracts for day in _follow_up_days(contract)]
    chosen = [days[k * len(days) // CHECK_UPS] for k in range(CHECK_UPS)]
    for turn, (contract, day) in enumerate(chosen):
        medium = (Medium.ON_SITE, Medium.PHONE, Medium.ON_SITE)[turn % 3]
        yield Contact(
            Kind.CHECK_UP, medium, Outcome.HELD, _at(day, turn), 30, NOTES[turn * 11 % len(NOTES)],
            contract.person.number, company_of(contract), contract.number,
        )  # fmt: skip


def _follow_up_days(contract: Contract) -> Iterator[date]:
    gone = contract.person.exit
    last = min(contract.last_day or TODAY, TODAY, gone.day + timedelta(days=90) if gone else TODAY)
    for after in (8, 24, 60, 90, *range(150, 1_100, 60)):
        day = previous_working(contract.starts_on + timedelta(days=after))
        if day > last:
            return
        yield day


def prospecting(companies: Sequence[Company]) -> Iterator[Contact]:
    """A call, a visit where it went so far, then news now and then."""
    for company in companies:
        first, number = _first_contact(company), company.number
        yield _prospect(company, first, Medium.PHONE)
        if company.stage == "contacted":
            continue
        visited = _first_visit(company)
        yield _prospect(company, visited, Medium.ON_SITE)
        last = max((contract.signed_on for contract in company.contracts), default=visited)
        day = next_working(visited + timedelta(days=90 + number % 60))
        while day < min(last + timedelta(days=200), TODAY):
            yield _prospect(company, day, (Medium.PHONE, Medium.ON_SITE, Medium.EMAIL)[day.day % 3])
            day = next_working(day + timedelta(days=110 + number % 50))


def _prospect(company: Company, day: date, medium: Medium) -> Contact:
    return Contact(
        Kind.PROSPECTION, medium, Outcome.HELD, _at(day, company.number), 45 if medium is Medium.ON_SITE else 10,
        "", company=company.number,
    )  # fmt: skip


def _first_contact(company: Company) -> date:
    if company.contracts:
        return max(OPENING, previous_working(first_day(company) - timedelta(days=35 + company.number % 30)))
    return next_working(OPENING + timedelta(days=company.number * 7 % 1_000))


def _first_visit(company: Company) -> date:
    day = _first_contact(company) + timedelta(days=4 + company.number % 12)
    latest = first_day(company) - timedelta(days=3) if company.contracts else TODAY
    return max(OPENING, previous_working(min(day, latest)))


def offers(companies: Sequence[Company]) -> list[Offer]:
    """One a contract, two a company that never hired, the rest unfilled."""
    found: list[tuple[date, Company, Contract | None]] = []
    hired = [company for company in companies if company.stage == "hired"]
    for company in hired:
        for contract in company.contracts:
            day = contract.signed_on - timedelta(days=8 + contract.number % 22)
            found.append((max(_first_visit(company), previous_working(day)), company, contract))
    for company in companies:
        if company.stage == "offered":
            day = _first_visit(company)
            found += [(day, company, None), (min(TODAY, next_working(day + timedelta(days=45))), company, None)]
    rest = OFFERS - len(found)
    for k in range(rest):
        company = hired[k * len(hired) // rest]
        day = first_day(company) + timedelta(days=20 + k * 13 % 200)
        found.append((previous_working(min(day, TODAY)), company, None))
    found.sort(key=lambda item: (item[0], item[1].number, item[2].number if item[2] else -1))
    return [Offer(number, company, day, contract) for number, (day, company, contract) in enumerate(found)]


def referrals(all_offers: Sequence[Offer], people: Sequence[Person]) -> list[Referral]:
    """The person hired on each offer that was filled, and others put forward beside."""
    entries = [person.entered_on for person in people]
    found: list[Referral] = []
    for offer in all_offers:
        if offer.contract is not None:
            person = offer.contract.person
            day = max(person.entered_on, min(offer.contract.signed_on, offer.received_on + timedelta(days=3)))
            found.append(Referral(offer, person.number, day, ReferralStatus.HIRED, offer.contract))
    rest = REFERRALS - len(found)
    for k in range(rest):
        offer = all_offers[k * len(all_offers) // rest]
        day = min(TODAY, next_working(offer.received_on + timedelta(days=2 + k % 6)))
        among = bisect_right(entries, day)
        place = k * 37 % among
        while _gone(people[place], day) or (offer.contract and offer.contract.person.number == place):
            place = (place + 1) % among
        found.append(Referral(offer, place, day, _NOT_HIRED[k % len(_NOT_HIRED)], None))
    return sorted(found, key=lambda item: (item.proposed_on, item.offer.number, item.person))


def _gone(person: Person, day: date) -> bool:
    return person.exit is not None and person.exit.day <= day


def exit_checks(people: Sequence[Person]) -> Iterator[tuple[Person, int, date, CheckStatus, str]]:
    """Who is still in a job three and six months after: those whose contract goes on come first."""
    left = sorted(
        (person for person in people if person.exit and person.exit.family in EMPLOYMENT),
        key=lambda person: (end_of(person), person.number),
    )
    for months, (due, reached, in_work) in CHECKS.items():
        days = [(person, add_months(end_of(person), months)) for person in left]
        ripe = [(person, day) for person, day in days if day <= TODAY]
        if len(ripe) != due:
            raise LookupError((months, len(ripe)))
        ripe.sort(key=lambda item: not item[0].contracts[-1].runs_on(item[1]))
        others = slots({
            CheckStatus.UNREACHABLE: due - reached,
            CheckStatus.UNEMPLOYED: (reached - in_work) * 3 // 4,
            CheckStatus.TRAINING: reached - in_work - (reached - in_work) * 3 // 4,
        })  # fmt: skip
        for place, (person, day) in enumerate(ripe):
            same = person.contracts[-1].runs_on(day)
            status = CheckStatus.SAME_EMPLOYER if same else CheckStatus.OTHER_EMPLOYER
            if place >= in_work:
                status = others[place - in_work]
            source = ("phone", "employer", "document")[person.number % 3]
            yield person, months, previous_working(day), status, source


def insertion_contracts(person: Person) -> Iterator[tuple[date, date]]:
    """Six months each, renewed until the exit."""
    first = next_working(person.entered_on + timedelta(days=5 + person.number % 25))
    while first < end_of(person):
        last = last_day_of_term(first, 6)
        yield first, min(last, person.exit.day) if person.exit else last
        first = last + timedelta(days=1)


def _at(day: date, turn: int) -> datetime:
    return datetime.combine(day, time(9 + turn % 8, 30 * (turn // 8 % 2)))
