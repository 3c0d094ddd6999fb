"""The figures of one monthly sheet by hand-written SQL on the bare driver: what month_sheet is measured against."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from cef_desk.rules.period import Period, add_months

COUNTED = "(SELECT code FROM list_entry WHERE list_name = 'contract_kind' AND counts_as_contract)"
SIGNED = (
    f"FROM contract c WHERE c.signed_on BETWEEN :first AND :last AND c.parent_id IS NULL AND c.kind_code IN {COUNTED}"
)
BROKEN = (
    "c.id IN (SELECT coalesce(b.parent_id, b.id) FROM rupture r JOIN contract b ON b.id = r.contract_id "
    "WHERE r.day <= :at)"
)
OPEN = (
    "FROM pathway p WHERE p.entered_on <= :at "
    "AND NOT EXISTS (SELECT 1 FROM exit e WHERE e.pathway_id = p.id AND e.day <= :at)"
)
EXITS = "FROM exit e WHERE e.day BETWEEN :first AND :last"
STAYED = (
    "EXISTS (SELECT 1 FROM pathway p WHERE p.id = e.pathway_id "
    "AND CAST(julianday(e.day) - julianday(p.entered_on) AS INTEGER) >= (SELECT min_stay_days FROM unit))"
)
NET = f"{EXITS} AND e.family <> 'neutral' AND {STAYED}"
DONE = "FROM interaction i WHERE i.at >= :first AND i.at < date(:last, '+1 day') AND i.kind = "
LAST = "CASE WHEN {0}.ended_on <= :at THEN {0}.ended_on ELSE {0}.planned_end_on END"
AFTER = "date(:at, '+1 day') AND date(:at, '+30 days')"
R6 = (
    f"FROM contract c WHERE c.parent_id IS NULL AND c.kind_code IN {COUNTED} "
    "AND c.starts_on > date(:at, '-18 months', 'floor') AND c.starts_on <= date(:at, '-6 months', 'floor')"
)
WINDOW = (
    "FROM contract c WHERE c.signed_on > (SELECT CASE loyal_months WHEN 0 THEN '0001-01-01' ELSE "
    "date(:at, printf('%+d months', -loyal_months), 'floor') END FROM unit) AND c.signed_on <= :at "
    f"AND c.parent_id IS NULL AND c.kind_code IN {COUNTED}"
)
THEIRS = (
    "IN (SELECT q.id FROM pathway q JOIN pathway m ON m.beneficiary_id = q.beneficiary_id WHERE m.id = {0}.pathway_id)"
)


def kept(months: int) -> tuple[str, str]:
    """Still in a job: the cohort, and those of it who are, by a chain of contracts."""
    day = f"date(date(c.starts_on, '+{months} months', 'floor'), '-1 day')"
    cohort = (
        f"FROM contract c WHERE c.parent_id IS NULL AND c.kind_code IN {COUNTED} "
        f"AND c.starts_on >= date(:first, '-{months + 1} months', 'floor') AND c.starts_on <= :last "
        f"AND {day} BETWEEN :first AND :last"
    )
    last, there, ended, after = LAST.format("c"), LAST.format("t"), LAST.format("d"), LAST.format("a")
    running = (
        f"({last} IS NULL OR {last} >= {day} OR (EXISTS (SELECT 1 FROM contract t WHERE t.pathway_id {THEIRS.format('c')} "
        f"AND t.starts_on <= {day} AND ({there} IS NULL OR {there} >= {day})) "
        f"AND NOT EXISTS (SELECT 1 FROM contract d WHERE d.pathway_id {THEIRS.format('c')} AND {ended} >= {last} "
        f"AND {ended} < {day} AND NOT EXISTS (SELECT 1 FROM contract a WHERE a.pathway_id {THEIRS.format('d')} "
        f"AND a.starts_on <= date({ended}, '+16 days') AND ({after} IS NULL OR {after} > {ended})))))"
    )
    return f"{cohort} AND {running}", cohort


LINES: dict[str, tuple[str, str | None]] = {
    "ENTRIES": ("count(*) FROM pathway p WHERE p.entered_on BETWEEN :first AND :last", None),
    "EXITS": (f"count(*) {EXITS}", None),
    "CASELOAD": (f"count(*) {OPEN}", None),
    "CASELOAD_PER_COUNSELLOR": (
        f"count(*) {OPEN}",
        "count(DISTINCT counsellor_id) FROM presence WHERE (from_on IS NULL OR from_on <= :at) "
        "AND (to_on IS NULL OR to_on >= :at)",
    ),
    "CONTRACTS": (f"count(*) {SIGNED}", None),
    "RUPTURES": ("count(*) FROM rupture r WHERE r.day BETWEEN :first AND :last", None),
    "R6": (
        f"count(*) {R6} AND c.id IN (SELECT f.id FROM rupture r JOIN contract b ON b.id = r.contract_id "
        "JOIN contract f ON f.id = coalesce(b.parent_id, b.id) "
        "WHERE r.day < date(f.starts_on, '+6 months', 'floor') AND r.day <= :at)",
        f"count(*) {R6}",
    ),
    "R1": (f"count(*) {SIGNED} AND {BROKEN}", f"count(*) {SIGNED}"),
    "EXITS.EMPLOYMENT": (f"count(*) {NET} AND e.family IN ('durable', 'transition')", None),
    "EXITS.POSITIVE": (f"count(*) {NET} AND e.family = 'positive'", None),
    "EXITS.OTHER": (f"count(*) {NET} AND e.family = 'other'", None),
    "EXITS.NEUTRAL": (f"count(*) {EXITS} AND (e.family = 'neutral' OR NOT {STAYED})", None),
    "S1": (f"count(*) {NET} AND e.family IN ('durable', 'transition')", f"count(*) {NET}"),
    "DYNAMIC": (f"count(*) {NET} AND e.family IN ('durable', 'transition', 'positive')", f"count(*) {NET}"),
    "MEETINGS": (f"count(*) {DONE} 'meeting' AND i.outcome = 'held'", None),
    "MEETINGS_PER_PERSON": (
        f"count(*) {DONE} 'meeting' AND i.outcome = 'held'",
        "count(*) FROM pathway p WHERE p.entered_on <= :last "
        "AND NOT EXISTS (SELECT 1 FROM exit e WHERE e.pathway_id = p.id AND e.day <= :first)",
    ),
    "NO_SHOWS": (
        f"count(*) {DONE} 'meeting' AND i.outcome IN ('excused', 'missed')",
        f"count(*) {DONE} 'meeting' AND i.outcome IN ('held', 'excused', 'missed')",
    ),
    "CHECK_UPS": (f"count(*) {DONE} 'check_up' AND i.outcome = 'held'", None),
    "RETENTION.3M": (f"count(*) {kept(3)[0]}", f"count(*) {kept(3)[1]}"),
    "RETENTION.6M": (f"count(*) {kept(6)[0]}", f"count(*) {kept(6)[1]}"),
    "COMPANIES.PROSPECTED": (f"count(DISTINCT i.company_id) {DONE} 'prospection' AND i.outcome = 'held'", None),
    "COMPANIES.VISITED": (
        f"count(DISTINCT i.company_id) {DONE} 'prospection' AND i.outcome = 'held' AND i.medium = 'on_site'", None,
    ),
    "OFFERS": ("count(*) FROM offer o WHERE o.received_on BETWEEN :first AND :last", None),
    "COMPANIES.HIRED": (f"count(DISTINCT c.company_id) {SIGNED}", None),
    "COMPANIES.LOYAL": (
        f"count(DISTINCT c.company_id) {WINDOW} AND c.company_id IN (SELECT c.company_id FROM contract c JOIN pathway p "
        f"ON p.id = c.pathway_id {WINDOW.removeprefix('FROM contract c')} GROUP BY c.company_id "
        "HAVING count(DISTINCT p.beneficiary_id) >= 2)",
        f"count(DISTINCT c.company_id) {WINDOW}",
    ),
    "UPCOMING.ENDS": (
        f"count(DISTINCT coalesce(c.parent_id, c.id)) FROM contract c LEFT JOIN (SELECT parent_id, max(starts_on) AS late "
        "FROM contract WHERE parent_id IS NOT NULL AND signed_on <= :at GROUP BY parent_id) l "
        f"ON l.parent_id = coalesce(c.parent_id, c.id) WHERE c.kind_code IN {COUNTED} AND c.signed_on <= :at "
        f"AND c.planned_end_on BETWEEN {AFTER} AND (c.ended_on IS NULL OR c.ended_on > :at) "
        "AND coalesce(l.late, c.starts_on) <= c.starts_on",
        None,
    ),
    "UPCOMING.TRIALS": (
        f"count(*) FROM contract c WHERE c.kind_code IN {COUNTED} AND c.signed_on <= :at "
        f"AND c.trial_end_on BETWEEN {AFTER} "
        "AND NOT EXISTS (SELECT 1 FROM rupture r WHERE r.contract_id = c.id AND r.day <= :at)", None,
    ),
    "UPCOMING.CHECKS": (
        "count(*) FROM exit e WHERE e.family IN ('durable', 'transition') AND e.day <= :at AND "
        f"(date(e.day, '+3 months', 'floor') BETWEEN {AFTER} OR date(e.day, '+6 months', 'floor') BETWEEN {AFTER})",
        None,
    ),
    "UPCOMING.CI": (
        f"count(*) FROM insertion_contract n WHERE n.signed_on <= :at AND n.ends_on BETWEEN {AFTER} "
        "AND NOT EXISTS (SELECT 1 FROM exit e WHERE e.pathway_id = n.pathway_id AND e.day <= :at)", None,
    ),
}  # fmt: skip
"""Line of the sheet -> what its numerator and its denominator select."""

GROUPS = (
    "SELECT coalesce((SELECT sheet_group FROM list_entry WHERE list_name = 'contract_kind' AND code = c.kind_code), ''), "
    f"count(*) {SIGNED} GROUP BY 1"
)
COLUMNS = {
    "R1": ("year", "opening"), "R6": ("month", "last_year"), "CASELOAD_PER_COUNSELLOR": ("month", "last_year"),
    **dict.fromkeys(("UPCOMING.ENDS", "UPCOMING.TRIALS", "UPCOMING.CHECKS", "UPCOMING.CI"), ("month",)),
}  # fmt: skip
ALL = ("month", "year", "opening", "last_year")


def month_by_hand(file: Path, month: Period, opened_on: date) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Every cell of the sheet, and the points of its charts; counted, not shown."""
    connection = dbapi2.connect(str(file))
    periods = {
        "month": month, "year": month.year_to_date(), "opening": month.since(opened_on),
        "last_year": Period.month(month.first.year - 1, month.first.month),
    }  # fmt: skip
    asked = {
        name: {"first": str(period.first), "last": str(period.last), "at": str(period.at)}
        for name, period in periods.items()
    }
    found: dict[tuple[str, str], tuple[Any, Any]] = {}

    def one(query: str | None, values: dict[str, str]) -> Any:
        return None if query is None else connection.execute(f"SELECT {query}", values).fetchone()[0]

    for code, (part, whole) in LINES.items():
        for name in COLUMNS.get(code, ALL):
            found[code, name] = (one(part, asked[name]), one(whole, asked[name]))
    for name in ALL:
        found["groups", name] = (connection.execute(GROUPS, asked[name]).fetchall(), None)
    for back in range(13):
        start = add_months(month.first, -back)
        shown = Period.month(start.year, start.month).since(opened_on)
        values = {"first": str(shown.first), "last": str(shown.last), "at": str(shown.at)}
        for code in ("R1", "S1"):
            found[f"chart {code}", str(start)] = (one(LINES[code][0], values), one(LINES[code][1], values))
    year_ago = str(add_months(month.first, -12))
    by_month = f"substr(c.signed_on, 1, 7), count(*) {SIGNED} GROUP BY 1"
    found["chart", ""] = (
        connection.execute(f"SELECT {by_month}", {**asked["month"], "first": year_ago}).fetchall(),
        None,
    )
    connection.close()
    return found
