"""Saving a meeting, a caseload, a file, the day: each beside hand-written SQL on the bare driver."""

import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from cef_desk.actions.interactions import MeetingDraft, record_meeting
from cef_desk.model.holder import Holder
from cef_desk.queries.diary import appointments
from cef_desk.queries.person_card import person_card
from cef_desk.queries.person_rows import person_rows
from cef_desk.queries.reminders import reminders
from cef_desk.queries.to_do import to_do
from cef_desk.rules.kinds import Medium, Outcome
from cef_desk.store.desk import Desk
from tests.benchmarks.measuring import TURNS, Result, alternated

TODAY = date(2008, 1, 31)
END = "2008-01-31 23:59:59.999999"
MET = "(SELECT max(at) FROM interaction i WHERE i.pathway_id = p.id AND i.kind = 'meeting' AND i.outcome = 'held' AND i.at <= :end)"
NEXT = "(SELECT min(at) FROM interaction i WHERE i.pathway_id = p.id AND i.kind = 'meeting' AND i.outcome IS NULL AND i.at >= :today)"
HOLDS = "h.from_on <= :today AND (h.to_on IS NULL OR h.to_on >= :today)"
MINE = (
    f"SELECT h.pathway_id FROM holder h WHERE h.counsellor_id = :who AND {HOLDS} "
    "AND NOT EXISTS (SELECT 1 FROM exit e WHERE e.pathway_id = h.pathway_id AND e.day <= :today)"
)
LAST = "coalesce(c.ended_on, c.planned_end_on)"
CASELOAD = (
    f"SELECT p.id, b.last_name, b.first_name, b.city, b.phone, b.birth_date, p.entered_on, {MET}, {NEXT}, "
    "(SELECT day FROM exit e WHERE e.pathway_id = p.id), "
    f"(SELECT co.code FROM holder h JOIN counsellor co ON co.id = h.counsellor_id WHERE h.pathway_id = p.id AND {HOLDS} LIMIT 1), "
    "(SELECT label FROM list_entry l WHERE l.list_name = 'prescriber' AND l.code = p.prescriber_code), "
    "(SELECT count(*) FROM barrier r WHERE r.pathway_id = p.id AND r.opened_on <= :today AND r.status <> 'lifted' "
    "AND (r.closed_on IS NULL OR r.closed_on > :today)), "
    "(SELECT max(ends_on) FROM insertion_contract n WHERE n.pathway_id = p.id) "
    "FROM pathway p JOIN beneficiary b ON b.id = p.beneficiary_id WHERE p.id IN ({ids})"
)
RUNNING = (
    "SELECT c.pathway_id, coalesce(l.label, c.kind_code), c.starts_on, c.trial_end_on, " + LAST + " FROM contract c "
    "LEFT JOIN list_entry l ON l.code = c.kind_code AND l.list_name = 'contract_kind' WHERE c.pathway_id IN ({ids}) "
    f"AND c.starts_on <= :today AND ({LAST} IS NULL OR {LAST} >= :today) ORDER BY c.starts_on, c.id"
)
FILE = (
    "SELECT p.*, b.* FROM pathway p JOIN beneficiary b ON b.id = p.beneficiary_id WHERE p.id = :id",
    "SELECT i.at, i.kind, i.medium, i.outcome, i.note, co.name FROM interaction i LEFT JOIN contract c ON c.id = i.contract_id "
    "LEFT JOIN company co ON co.id = coalesce(i.company_id, c.company_id) WHERE i.pathway_id = :id ORDER BY i.at DESC",
    "SELECT c.*, co.name, r.* FROM contract c JOIN company co ON co.id = c.company_id LEFT JOIN rupture r ON r.contract_id = c.id "
    "WHERE c.pathway_id = :id",
    "SELECT r.proposed_on, r.status, o.job, co.name FROM referral r JOIN offer o ON o.id = r.offer_id "
    "JOIN company co ON co.id = o.company_id WHERE r.pathway_id = :id",
)
DAY = (
    f"SELECT p.id, p.entered_on, p.prescribed_on, p.oriented_on, b.last_name, b.first_name, g.quarterly_month, g.returned_to, {MET}, {NEXT}, "
    "(SELECT max(at) FROM interaction i WHERE i.pathway_id = p.id AND i.kind = 'meeting' AND i.outcome = 'missed' AND i.at <= :end), "
    "(SELECT max(r.at) FROM interaction r JOIN interaction m ON m.id = r.origin_id WHERE r.pathway_id = p.id AND r.outcome = 'held' "
    "AND m.outcome = 'missed'), (SELECT max(signed_on) FROM insertion_contract n WHERE n.pathway_id = p.id), "
    f"EXISTS (SELECT 1 FROM contract c WHERE c.pathway_id = p.id AND c.starts_on <= :today AND ({LAST} IS NULL OR {LAST} >= :today)), "
    "EXISTS (SELECT 1 FROM unavailability u WHERE u.pathway_id = p.id AND u.from_on <= :today AND (u.to_on IS NULL OR u.to_on >= :today)), "
    "(SELECT max(to_on) FROM unavailability u WHERE u.pathway_id = p.id AND u.to_on < :today), "
    "(SELECT max(at) FROM interaction i WHERE i.pathway_id = p.id AND i.call_result = 'message' AND i.at <= :end), "
    "(SELECT max(ends_on) FROM insertion_contract n WHERE n.pathway_id = p.id) "
    f'FROM pathway p JOIN beneficiary b ON b.id = p.beneficiary_id LEFT JOIN "right" g ON g.pathway_id = p.id WHERE p.id IN ({MINE})',
    f"SELECT c.id, c.pathway_id, c.starts_on, c.trial_end_on, c.agreement_number, {LAST}, b.last_name, b.first_name, co.name "
    "FROM contract c JOIN pathway p ON p.id = c.pathway_id JOIN beneficiary b ON b.id = p.beneficiary_id "
    f"JOIN company co ON co.id = c.company_id WHERE c.pathway_id IN ({MINE}) AND c.starts_on <= :today AND c.ended_on IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM rupture r WHERE r.contract_id = c.id AND r.day <= :today) "
    "AND NOT EXISTS (SELECT 1 FROM contract n WHERE n.pathway_id = c.pathway_id AND n.starts_on > c.starts_on)",
    "SELECT i.contract_id, i.at FROM interaction i WHERE i.kind = 'check_up' AND i.outcome = 'held' AND i.at <= :end AND i.contract_id IN "
    f"(SELECT c.id FROM contract c WHERE c.pathway_id IN ({MINE}) AND c.starts_on <= :today AND c.ended_on IS NULL)",
    f"SELECT r.day, c.id, c.pathway_id, b.last_name, b.first_name, co.name, {MET} FROM rupture r JOIN contract c ON c.id = r.contract_id "
    "JOIN pathway p ON p.id = c.pathway_id JOIN beneficiary b ON b.id = p.beneficiary_id JOIN company co ON co.id = c.company_id "
    f"WHERE c.pathway_id IN ({MINE}) AND r.day <= :today AND NOT EXISTS "
    "(SELECT 1 FROM contract n WHERE n.pathway_id = c.pathway_id AND n.starts_on >= r.day)",
    "SELECT e.id, e.day, e.pathway_id, b.last_name, b.first_name FROM exit e JOIN pathway p ON p.id = e.pathway_id "
    "JOIN beneficiary b ON b.id = p.beneficiary_id WHERE e.family IN ('durable', 'transition') AND e.day <= :today AND EXISTS "
    "(SELECT 1 FROM holder h WHERE h.pathway_id = e.pathway_id AND h.counsellor_id = :who AND h.from_on <= e.day "
    "AND (h.to_on IS NULL OR h.to_on >= e.day)) AND (SELECT count(*) FROM exit_check k WHERE k.exit_id = e.id) < 2",
    "SELECT c.id, c.name, c.wakes_on, (SELECT max(at) FROM interaction i WHERE i.company_id = c.id AND i.kind = 'prospection' "
    "AND i.outcome = 'held' AND i.at <= :end) FROM company c WHERE c.wakes_for_id = :who",
    "SELECT c.id, c.name, c.wakes_on, max(i.at) FROM interaction i JOIN company c ON c.id = i.company_id WHERE i.counsellor_id = :who "
    "AND i.call_result = 'message' AND i.at <= :end AND NOT EXISTS (SELECT 1 FROM interaction l WHERE l.company_id = i.company_id "
    "AND l.at > i.at AND (l.call_result IS NULL OR l.call_result <> 'wrong_number')) GROUP BY c.id",
    "SELECT o.id, o.received_on, o.job, c.id, c.name FROM offer o JOIN company c ON c.id = o.company_id WHERE o.counsellor_id = :who "
    "AND o.received_on <= :today AND (o.closed_on IS NULL OR o.closed_on > :today) "
    "AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.offer_id = o.id)",
    "SELECT r.id, r.proposed_on, r.pathway_id, b.last_name, b.first_name, o.job, o.company_id, c.name FROM referral r "
    "JOIN offer o ON o.id = r.offer_id JOIN company c ON c.id = o.company_id JOIN pathway p ON p.id = r.pathway_id "
    "JOIN beneficiary b ON b.id = p.beneficiary_id WHERE r.counsellor_id = :who AND r.status IN ('proposed', 'presented') "
    f"AND (o.closed_on IS NULL OR o.closed_on > :today) AND r.pathway_id IN ({MINE}) "
    "AND NOT EXISTS (SELECT 1 FROM contract t WHERE t.pathway_id = r.pathway_id AND t.signed_on >= r.proposed_on)",
    "SELECT i.id, i.kind, i.at, i.note, i.pathway_id, b.last_name, b.first_name, c.name FROM interaction i "
    "LEFT JOIN pathway p ON p.id = i.pathway_id LEFT JOIN beneficiary b ON b.id = p.beneficiary_id LEFT JOIN company c ON c.id = i.company_id "
    "WHERE i.counsellor_id = :who AND i.outcome IS NULL AND i.at < :today",
    "SELECT i.*, b.last_name, b.first_name FROM interaction i LEFT JOIN pathway p ON p.id = i.pathway_id "
    "LEFT JOIN beneficiary b ON b.id = p.beneficiary_id WHERE i.counsellor_id = :who AND i.kind <> 'task' "
    "AND i.at >= :today AND i.at <= :end",
    "SELECT i.id, i.at, b.* FROM interaction i JOIN pathway p ON p.id = i.pathway_id JOIN beneficiary b ON b.id = p.beneficiary_id "
    "WHERE i.counsellor_id = :who AND i.kind = 'meeting' AND i.outcome IS NULL AND i.at >= '2008-02-01' AND i.at < '2008-02-02'",
)


def day_results(path: Path, size: str) -> list[Result]:
    """The four of them on one base, which is copied, as a meeting is saved in it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, Path(folder) / "jour.cefdesk"))
        desk = Desk.open(copy, str)
        desk.counsellor_id = 1
        ids = desk.see(_held)
        asked = {"who": 1, "today": TODAY.isoformat(), "end": END, "id": ids[0]}
        bare = dbapi2.connect(str(copy), isolation_level=None)
        found = [
            Result("caseload_list", size, *alternated(
                partial(desk.see, person_rows, ids, TODAY),
                partial(_all, bare, [each.format(ids=",".join(map(str, ids))) for each in (CASELOAD, RUNNING)], asked),
                TURNS), 1.3),
            Result("open_file", size, *alternated(
                partial(desk.see, person_card, ids[0], TODAY), partial(_all, bare, FILE, asked), TURNS), 3.0),
            Result("my_day", size, *alternated(partial(_day, desk), partial(_all, bare, DAY, asked), TURNS), 1.5),
            Result("save_meeting", size, *alternated(_saving(desk, ids[0]), _saving_by_hand(bare, ids[0]), 31), 3.0),
        ]  # fmt: skip
        bare.close()
        desk.close()
    return found


def _held(session: Session) -> list[int]:
    return list(
        session.scalars(
            select(Holder.pathway_id).where(
                Holder.counsellor_id == 1, Holder.from_on <= TODAY, (Holder.to_on.is_(None)) | (Holder.to_on >= TODAY)
            )
        )
    )[:200]


def _all(bare: Any, queries: Any, asked: dict[str, Any]) -> None:
    for query in queries:
        names = {name: value for name, value in asked.items() if f":{name}" in query}
        bare.execute(query, names).fetchall()


def _day(desk: Desk) -> None:
    desk.see(to_do, 1, TODAY)
    desk.see(appointments, 1, TODAY)
    desk.see(reminders, 1, TODAY)


def _saving(desk: Desk, pathway_id: int) -> Callable[[], None]:
    turns = count()

    def save() -> None:
        at = datetime(2008, 1, 30, 8) + timedelta(seconds=next(turns))
        draft = MeetingDraft(
            pathway_id=pathway_id, counsellor_id=1, at=at, minutes=30, medium=Medium.OFFICE, outcome=Outcome.HELD,
            note="Elle veut rester après l’essai.",
        )  # fmt: skip
        desk.do("Record meeting", record_meeting, draft, TODAY)

    return save


def _saving_by_hand(bare: Any, pathway_id: int) -> Callable[[], None]:
    """The same row with its journal rows and its words, in one transaction of the bare driver, as durable."""
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")

    def save() -> None:
        bare.execute("BEGIN IMMEDIATE")
        key = bare.execute(
            "INSERT INTO interaction (uid, version, kind, medium, outcome, at, minutes, note, counsellor_id, pathway_id) "
            "VALUES (?, 1, 'meeting', 'office', 'held', '2008-01-30 09:00:00', 30, 'Elle veut rester', 1, ?)",
            (str(uuid4()), pathway_id),
        ).lastrowid
        bare.execute("INSERT INTO search_interaction (rowid, text) VALUES (?, 'elle veut rester')", (key,))
        step = bare.execute("SELECT coalesce(max(sequence), 0) + 1 FROM journal_step").fetchone()[0]
        bare.execute(
            "INSERT INTO journal_step (sequence, at, counsellor_id, label, subject, chain) VALUES (?, '2008-01-30', 1, 'x', ?, 'c')",
            (step, json.dumps(key)),
        )
        bare.execute(
            "INSERT INTO journal_row (step_sequence, table_name, row_id, digest, version) VALUES (?, 'interaction', ?, 'd', 1)",
            (step, key),
        )
        bare.execute("COMMIT")

    return save
