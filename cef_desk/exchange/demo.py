"""The demonstration file of the first walk: the example spreadsheet and sixty fictitious people.

Deterministic: evenly mixed sequences taken by strides, no random generator (domain/demo.md, section 4). Every name,
company and number is invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cef_desk.actions.demonstration import DemoExit, DemoMeeting, Demonstration, write_demonstration
from cef_desk.actions.unit import UnitDraft
from cef_desk.exchange.import_people import read_people
from cef_desk.exchange.new_file import begun_file
from cef_desk.i18n import N_
from cef_desk.paths import resources
from cef_desk.queries.import_drafts import ImportedContract, ImportedLine, ImportedRupture
from cef_desk.rules.kinds import ExitFamily, Medium, Outcome
from cef_desk.rules.period import add_months, last_day_of_term
from cef_desk.store.desk import Desk

TODAY = date(2006, 11, 30)
OPENING = date(2005, 3, 1)
DEMO_NAME = "demonstration 2006-11"
_WRITE = N_("Write the demonstration")
_WRITTEN_AT = datetime(2006, 11, 30, 18, 0)

_LAST_NAMES = (
    ""
    "Ajonc Alouette Amarante Anémone Aubépin Bergeronnette Bleuet Bouleau Bruant Bruyère Camélia Cèdre Charme "
    "Cigogne Cormoran Coquelicot Courlis Cyprès Églantine Épervier Érable Fauvette Fougère Garance Genêt Geai "
    "Glycine Grive Héron Hulotte Iris Jacinthe Jonquille Lavande Linotte Loriot Marguerite Martinet Mélisse "
    "Mésange Muguet Narcisse Noisetier Œillet Olivier Orme Pervenche Peuplier Pinson Primevère Roitelet "
    "Romarin Rossignol Saule Sittelle Sorbier Tilleul Tourterelle Troène Vanneau"
).split()
_FIRST_NAMES = (
    "Brigitte Ludovic Valérie Pascal Line Sylvain Sonia Rachid Patricia Bruno Nadège Éric Laëtitia Youssef Fatima "
    "Joël Martine Hamid Corinne Thierry Amina Didier Véronique Marc Josiane Franck Paule Gaël Zoé Maël"
).split()
_CITIES = (
    ("49000", "Angers"), ("49800", "Trélazé"), ("49300", "Cholet"), ("49400", "Saumur"), ("49240", "Avrillé"),
    ("49130", "Les Ponts-de-Cé"), ("49500", "Segré"), ("49150", "Baugé"), ("49160", "Longué-Jumelles"),
    ("49610", "Mûrs-Erigné"),
)  # fmt: skip
_COMPANIES = (
    "Boulangerie Les Trois Épis", "Propreté du Val", "Maçonnerie Ardoise", "Serres de la Loire", "Transports Mimosa",
    "Restaurant Le Chêne", "Commune de Villebois (fictive)", "Imprimerie Ablette", "Vergers du Thouet",
    "Atelier Bocage", "Résidence Les Tilleuls", "Logistique Anjou Essai", "Menuiserie Copeaux", "Intérim Exemple",
    "Garage du Quai", "Blanchisserie Écume", "Espaces verts Luzerne", "Association Coup de Pouce",
)  # fmt: skip
_KINDS = {
    "CIRMA_CDD": (12, 6), "CIRMA_CDI": (8, None), "CA": (5, 12), "CAE": (3, 6), "CDI": (4, None), "CDD_6P": (4, 8),
    "CDD_M6": (4, 3), "CTT": (2, 1),
}  # fmt: skip
"""Contract kind -> (how many, months)."""
_NOT_BEFORE = {"CA": date(2005, 4, 1), "CAE": date(2005, 5, 1)}
_EXIT_OF = {
    "CDI": ("EMP_CDI", ExitFamily.DURABLE), "CDD_6P": ("EMP_CDD6", ExitFamily.DURABLE),
    "CDD_M6": ("TR_CDDM6", ExitFamily.TRANSITION), "CTT": ("TR_CTTM6", ExitFamily.TRANSITION),
}  # fmt: skip
_OTHER_EXITS = (
    ("AUT_CHOM", ExitFamily.OTHER), ("POS_FORM", ExitFamily.POSITIVE), ("AUT_SOCIAL", ExitFamily.OTHER),
    ("NEU_DEMENAG", ExitFamily.NEUTRAL), ("AUT_INACT", ExitFamily.OTHER),
)  # fmt: skip
_NOTES = (
    "Point sur les candidatures envoyées depuis le dernier rendez-vous.",
    "CV relu ensemble ; deux modifications à faire avant vendredi.",
    "A rencontré l’employeur mardi, attend une réponse cette semaine.",
    "Horaires du matin possibles, pas de bus avant 6 h 30.",
    "Souhaite visiter un atelier avant de se décider.",
    "Documents de la CAF à apporter la prochaine fois.",
    "Préparation de l’entretien d’embauche.",
    "Tout se passe bien dans l’équipe, le tuteur est disponible.",
    "Cherche une solution de garde pour le mercredi.",
    "Permis : code obtenu, conduite en cours.",
    "Accepte un temps partiel pour commencer.",
    "Bilan du mois : régulière et ponctuelle.",
)


@dataclass(frozen=True)
class _Person:
    number: int
    last: str
    first: str
    entered_on: date
    counsellor: str
    contracts: tuple[ImportedContract, ...]

    @property
    def name(self) -> tuple[str, str]:
        return self.last, self.first


def evenly(counts: dict[str, int]) -> list[str]:
    """Copies of each word spread evenly: copy j of a word that comes n times stands at (j + 0.5) / n."""
    places = [((j + 0.5) / n, order, word) for order, (word, n) in enumerate(counts.items()) for j in range(n)]
    return [word for _place, _order, word in sorted(places)]


def write_demo(path: Path) -> Desk:
    """Writes the demonstration file, not encrypted, and leaves it open; refuses to replace a file."""
    unit = UnitDraft(
        name="Unité emploi formation — Maine-et-Loire (démo)",
        counsellor_code="CEF01",
        counsellor_name="Claire Pervenche (fictive)",
        opened_on=OPENING,
        frozen_today=TODAY,
    )
    with begun_file(path, None, unit, clock=lambda: _WRITTEN_AT) as desk:
        desk.do_for_good(_WRITE, write_demonstration, demonstration(), TODAY, desk.sitting_id, DEMO_NAME)
    return desk


def demonstration() -> Demonstration:
    """The example of the spreadsheet and sixty people, with their exits and meetings."""
    example = read_people(resources() / "demo" / "suivi-cef-2006.csv", TODAY).lines
    people = list(_people())
    lines = [*example, *(line for person in people for line in _lines(person))]
    exits = [found for person in people if (found := _exit(person))]
    left = {found.person: found.day for found in exits}
    meetings = [meeting for person in people for meeting in _meetings(person, left.get(person.name))]
    return Demonstration(lines=lines, exits=exits, meetings=meetings)


def _people() -> Iterator[_Person]:
    kinds = evenly({code: count for code, (count, _months) in _KINDS.items()})
    with_contract = 0
    for number, last in enumerate(_LAST_NAMES):
        month = add_months(OPENING, number * 21 // len(_LAST_NAMES))
        entered_on = _working(month + timedelta(days=2 + 9 * (number % 3)))
        contracts: tuple[ImportedContract, ...] = ()
        starts_on = _working(entered_on + timedelta(days=21 + number * 37 % 90))
        if number % 10 not in {3, 7, 9} and starts_on <= TODAY:
            kind = kinds[(with_contract * 17 + 5) % len(kinds)]
            if starts_on < _NOT_BEFORE.get(kind, starts_on):
                kind = "CIRMA_CDD"
            contracts = tuple(_contracts(with_contract, kind, starts_on))
            with_contract += 1
        yield _Person(
            number, last, _FIRST_NAMES[number * 7 % len(_FIRST_NAMES)], entered_on, f"CEF0{1 + number % 3}", contracts
        )


def _contracts(number: int, kind: str, starts_on: date) -> Iterator[ImportedContract]:
    first = _contract(number, kind, starts_on, breaks=number % 5 == 2)  # noqa: PLR2004  one in five
    yield first
    over = first.rupture.day if first.rupture else first.planned_end_on
    if over and number % 3 != 1:
        again = _working(over + timedelta(days=20))
        if again <= TODAY:
            yield _contract(number + 7, "CDI" if number % 2 else "CDD_M6", again, breaks=False)


def _contract(number: int, kind: str, starts_on: date, *, breaks: bool) -> ImportedContract:
    months = _KINDS[kind][1]
    end = last_day_of_term(starts_on, months) if months else None
    broken_on = starts_on + timedelta(days=8 + number * 11 % 80)
    rupture = None
    if breaks and broken_on < (end or TODAY) and broken_on <= TODAY:
        in_trial = broken_on <= last_day_of_term(starts_on, 1)
        reasons = (
            ("ESSAI_EMP", "ESSAI_SAL")
            if in_trial
            else ("DEMISSION", "ABANDON")
            if end is None
            else ("COMMUN_ACCORD", "POS_CDI")
        )
        rupture = ImportedRupture(day=broken_on, reason_code=reasons[number % 2])
    return ImportedContract(
        company=_COMPANIES[number * 5 % len(_COMPANIES)],
        kind_code=kind,
        starts_on=starts_on,
        signed_on=starts_on,
        planned_end_on=end,
        weekly_hours=(35.0, 26.0, 30.0, 20.0)[number % 4],
        rupture=rupture,
    )


def _lines(person: _Person) -> Iterator[ImportedLine]:
    postcode, city = _CITIES[person.number * 3 % len(_CITIES)]
    for contract in person.contracts or (None,):
        yield ImportedLine(
            line=0,
            last_name=person.last,
            first_name=person.first,
            birth_date=date(1955 + person.number * 11 % 28, 1 + person.number * 5 % 12, 1 + person.number * 13 % 28),
            postcode=postcode,
            city=city,
            phone=f"02 41 00 {person.number:02} {person.number * 7 % 100:02}",
            counsellor=person.counsellor,
            entered_on=person.entered_on,
            contract=contract,
        )


def _exit(person: _Person) -> DemoExit | None:
    if person.contracts:
        last = person.contracts[-1]
        day = _working(last.starts_on + timedelta(days=95))
        runs = last.rupture is None and (last.planned_end_on is None or last.planned_end_on >= day)
        if not runs or person.number % 2 or day > TODAY:
            return None
        code, family = _EXIT_OF.get(last.kind_code, ("TR_AIDE", ExitFamily.TRANSITION))
    else:
        day = _working(person.entered_on + timedelta(days=150))
        if day > TODAY:
            return None
        code, family = _OTHER_EXITS[person.number // 10 % len(_OTHER_EXITS)]
    return DemoExit(person=person.name, day=day, kind_code=code, family=family)


def _meetings(person: _Person, exit_day: date | None) -> Iterator[DemoMeeting]:
    day, number = person.entered_on, person.number
    until = exit_day or TODAY
    while day <= until:
        outcome = Outcome.MISSED if number % 9 == 4 else Outcome.EXCUSED if number % 13 == 7 else Outcome.HELD  # noqa: PLR2004  one in nine, one in thirteen
        yield _meeting(person, day, number, outcome)
        number += 1
        day = _working(day + timedelta(days=32 + number * 5 % 17))
    if exit_day is None:
        yield _meeting(person, _working(TODAY + timedelta(days=1 + number * 7 % 20)), number, None)


def _meeting(person: _Person, day: date, number: int, outcome: Outcome | None) -> DemoMeeting:
    medium = (Medium.OFFICE, Medium.OFFICE, Medium.PHONE, Medium.OFFICE, Medium.HOME)[number % 5]
    return DemoMeeting(
        person=person.name,
        at=datetime(day.year, day.month, day.day, 9 + number % 8, 30 * (number % 2)),
        minutes=15 if medium is Medium.PHONE else 45,
        medium=medium,
        outcome=outcome,
        note=_NOTES[number % len(_NOTES)] if outcome is Outcome.HELD else "",
    )


def _working(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)  # noqa: PLR2004  Saturday
