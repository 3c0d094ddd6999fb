"""Which column holds what: headings and their variants (domain/imports.md, section 2) -> target fields."""

from dataclasses import dataclass

from cef_desk.errors import Refusal
from cef_desk.exchange.read_sheet import RawRow, RawSheet
from cef_desk.i18n import N_
from cef_desk.rules.folding import fold

_HEADINGS: dict[str, str] = {
    "last_name": "Nom; Nom d'usage; Nom marital; Nom de famille; NOM BENEF",
    "first_name": "Prénom; Prénoms",
    "full_name": "Nom Prénom; Nom et prénom; NOM-Prénom; Bénéficiaire; Personne; Identité",
    "birth_date": "Date de naissance; Né(e) le; Né le; Née le; Ddn; DN; Naissance; Date naiss.",
    "postcode": "CP; Code postal; C.P.",
    "city": "Ville; Commune; Localité",
    "postcode_city": "CP-Ville; CP Ville; CP et ville; CP / Ville",
    "phone": "Tél; Tel.; Téléphone; Portable; GSM; N° tel; N° Tél.; Coordonnées",
    "entry_date": "Date d'entrée; Entrée; Date prescription; Reçu le; 1er RDV; Date 1er entretien",
    "counsellor": "CEF; Conseiller; Référent; Suivi par",
    "company": "Entreprise; Employeur; Raison sociale; Sté; Nom entreprise; Structure",
    "contract_kind": "Type contrat; Contrat; Nature; Mesure; Type de contrat; Dispositif",
    "signed_on": "Signé le; Date signature; Date de signature",
    "starts_on": "Date d'embauche; Début; Date début; Date de début; Du",
    "planned_end_on": "Fin; Date fin; Date de fin; Au; Échéance",
    "duration": "Durée; Durée contrat; Nb mois",
    "weekly_hours": "Heures; H/sem; Nb h hebdo; Temps; TP/TC; Quotité",
    "rupture": "Rupture; Date rupture; Rupture le; Motif rupture; Fin anticipée",
}
_TARGETS = {fold(name): target for target, names in _HEADINGS.items() for name in names.split(";")}
_FEWEST_HEADINGS = 3


@dataclass(frozen=True)
class Mapping:
    """The header line and, per target field, the numbers of its columns; other columns are ignored and told."""

    header: RawRow
    columns: dict[str, tuple[int, ...]]
    ignored: tuple[str, ...]

    def cell(self, row: RawRow, target: str) -> str:
        """The text of a target field in one row, empty when the column is absent.

        Where several columns have one target, a rupture is told by all of them, anything else by the first filled.
        """
        texts = [row.cells[at] for at in self.columns.get(target, ()) if at < len(row.cells) and row.cells[at]]
        return " ".join(texts) if target == "rupture" else next(iter(texts), "")

    def heading(self, target: str) -> str:
        """The heading as it stands in the file."""
        return next((self.header.cells[at] for at in self.columns.get(target, ())), "")


def map_columns(sheet: RawSheet) -> Mapping:
    """Finds the first line with at least three known headings; refuses a sheet without one or without names."""
    for row in sheet.rows:
        targets = [_TARGETS.get(fold(cell)) for cell in row.cells]
        if len({target for target in targets if target}) >= _FEWEST_HEADINGS:
            break
    else:
        raise Refusal(N_("No line of headings was recognised: a name, a birth date, a contract…"))
    columns: dict[str, tuple[int, ...]] = {}
    for at, target in enumerate(targets):
        if target:
            columns[target] = (*columns.get(target, ()), at)
    if "full_name" not in columns and not {"last_name", "first_name"} <= columns.keys():
        raise Refusal(N_("No column holds the names of the people: “Nom” and “Prénom”, or “Nom Prénom”."))
    used = {at for places in columns.values() for at in places}
    ignored = tuple(cell for at, cell in enumerate(row.cells) if cell and at not in used)
    return Mapping(row, columns, ignored)
