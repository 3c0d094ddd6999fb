"""Makes what a test needs, through the store's own session, with defaults for the rest."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.placement import Placement
from cef_desk.model.rupture import Rupture
from cef_desk.rules.kinds import ExitFamily, Kind, Medium, Outcome
from cef_desk.store.desk import Desk


@dataclass
class Maker:
    """Plain methods that give keys; every call is one step of the journal."""

    desk: Desk
    _number: "count[int]" = field(default_factory=lambda: count(1))

    def pathway(
        self,
        last_name: str = "",
        first_name: str = "Essai",
        *,
        entered_on: date = date(2006, 1, 9),
        birth_date: date | None = date(1971, 3, 12),
        city: str = "Angers",
    ) -> int:
        """A person and their pathway."""
        name = last_name or f"Personne {next(self._number)}"

        def add(session: Session) -> int:
            person = Beneficiary(last_name=name, first_name=first_name, birth_date=birth_date, city=city)
            session.add(person)
            session.flush()
            pathway = Pathway(beneficiary=person, entered_on=entered_on)
            session.add(pathway)
            session.flush()
            session.add(Holder(pathway_id=pathway.id, counsellor_id=self.counsellor_id, from_on=entered_on))
            return pathway.id

        return self.desk.do("Make a pathway", add)[0]

    def contract(
        self,
        pathway_id: int,
        *,
        kind: str = "CDI",
        signed_on: date = date(2006, 2, 1),
        planned_end_on: date | None = None,
        parent_id: int | None = None,
        company: str = "",
    ) -> int:
        """A contract with a company of its own."""

        def add(session: Session) -> int:
            company_id = self._company(session, company)
            placement = Placement(pathway_id=pathway_id, company_id=company_id)
            session.add(placement)
            session.flush()
            contract = Contract(
                pathway_id=pathway_id, company_id=company_id, placement_id=placement.id, parent_id=parent_id,
                counsellor_id=self.counsellor_id, kind_code=kind, signed_on=signed_on, starts_on=signed_on,
                planned_end_on=planned_end_on,
            )  # fmt: skip
            session.add(contract)
            session.flush()
            return contract.id

        return self.desk.do("Make a contract", add)[0]

    def company(self, name: str = "") -> int:
        """A company."""
        return self.desk.do("Make a company", self._company, name)[0]

    def _company(self, session: Session, name: str) -> int:
        company = Company(name=name or f"Société {next(self._number)}")
        session.add(company)
        session.flush()
        return company.id

    def rupture(self, contract_id: int, day: date) -> int:
        """A rupture."""

        def add(session: Session) -> int:
            rupture = Rupture(contract_id=contract_id, day=day, reason_code="DEMISSION")
            session.add(rupture)
            session.flush()
            return rupture.id

        return self.desk.do("Make a rupture", add)[0]

    def exit(self, pathway_id: int, day: date, family: ExitFamily = ExitFamily.DURABLE) -> int:
        """An exit."""

        def add(session: Session) -> int:
            row = Exit(pathway_id=pathway_id, day=day, kind_code="EMP_CDI", family=family)
            session.add(row)
            session.flush()
            return row.id

        return self.desk.do("Make an exit", add)[0]

    def meeting(self, pathway_id: int, at: datetime, outcome: Outcome | None = Outcome.HELD, note: str = "") -> int:
        """A meeting."""

        def add(session: Session) -> int:
            row = Interaction(
                kind=Kind.MEETING, medium=Medium.OFFICE, outcome=outcome, at=at, minutes=30,
                counsellor_id=self.counsellor_id, pathway_id=pathway_id, note=note,
            )  # fmt: skip
            session.add(row)
            session.flush()
            return row.id

        return self.desk.do("Make a meeting", add)[0]

    @property
    def counsellor_id(self) -> int:
        """Who sits at the desk."""
        assert self.desk.counsellor_id is not None
        return self.desk.counsellor_id
