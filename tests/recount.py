"""Counts again from the exported CSV files, in plain Python, by the definitions of domain/rules.md alone.

Shares no code with the program: what it reads is what `export` wrote.
"""

import calendar
import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

Row = dict[str, str]
JOB = {"durable", "transition"}
SIZE = {"NN": "0", "00": "0", "01": "1-9", "02": "1-9", "03": "1-9", "11": "10-49", "12": "10-49", "21": "50-249",
        "22": "50-249", "31": "50-249"}  # fmt: skip


def day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def some(text: str) -> date:
    return date.fromisoformat(text[:10])


def months_on(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def days_on(start: date, days: int) -> date:
    return start + timedelta(days=days)


@dataclass
class Fact:
    """Something counted: the subject's key, its own row, the month it falls in, whose it is, what leads to slices."""

    key: str
    kind: str
    months: set[str] = field(default_factory=set)
    counsellor: str | None = None
    pathway: str | None = None
    company: str | None = None
    row: Row = field(default_factory=dict)


@dataclass
class Found:
    """What a question gives: the two counts, or the days measured."""

    numerator: int | None
    denominator: int | None
    value: float | None


class Recount:
    """The tables of one export, and every indicator over them."""

    def __init__(self, folder: Path) -> None:
        self.t: dict[str, list[Row]] = {}
        for path in folder.glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                self.t[path.stem] = list(csv.DictReader(file, delimiter=";"))
        self.unit = self.t["unit"][0]
        self.pathway = {row["id"]: row for row in self.t["pathway"]}
        self.person = {row["id"]: row for row in self.t["beneficiary"]}
        self.company = {row["id"]: row for row in self.t["company"]}
        self.contract = {row["id"]: row for row in self.t["contract"]}
        self.code = {row["id"]: row["code"] for row in self.t["counsellor"]}
        self.exit = {row["pathway_id"]: row for row in self.t["exit"]}
        self.rupture = {row["contract_id"]: row for row in self.t["rupture"]}
        lists = self.t["list_entry"]
        self.counts = {r["code"] for r in lists if r["list_name"] == "contract_kind" and r["counts_as_contract"] == "1"}
        self.aided = {r["code"] for r in lists if r["list_name"] == "contract_kind" and r["aided"] == "1"}
        self.net = {r["code"] for r in lists if r["list_name"] == "rupture_reason" and r["counts_net"] == "1"}
        self.trial = {r["code"] for r in lists if r["list_name"] == "rupture_reason" and r["in_trial"] == "1"}
        self.held = group(self.t["holder"], "pathway_id")
        self.barriers = group(self.t["barrier"], "pathway_id")
        self.checks = group(self.t["exit_check"], "exit_id")
        self.of_pathway = group(self.t["contract"], "pathway_id")
        self.of_chain: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.t["contract"]:
            self.of_chain[row["parent_id"] or row["id"]].append(row)
        self.of_person: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.t["contract"]:
            self.of_person[self.pathway[row["pathway_id"]]["beneficiary_id"]].append(row)
        self.meetings = group([r for r in self.t["interaction"] if r["kind"] == "meeting"], "pathway_id")
        self.visits = group(
            [r for r in self.t["interaction"]
             if (r["kind"], r["medium"], r["outcome"]) == ("prospection", "on_site", "held")], "company_id",
        )  # fmt: skip
        self.offers = group(self.t["offer"], "company_id")
        self.referrals = group(self.t["referral"], "offer_id")
        self.of_company = group(self.t["contract"], "company_id")

    # what is asked

    def ask(
        self, code: str, first: date, last: date, at: date, counsellor: str | None, by: str | None
    ) -> dict[str | None, Found]:
        """The figure, alone under none, or slice by slice."""
        self.first, self.last, self.at, self.by = first, min(last, at), at, by
        name = {"I02.PER_COUNSELLOR": "per_counsellor"}.get(code, code.lower().replace(".", "_"))
        numerator, denominator = getattr(self, name)()
        parts = [list(numerator), None if denominator is None else list(denominator)]
        if counsellor is not None:
            parts = [part and [fact for fact in part if fact.counsellor == counsellor] for part in parts]
        if code in {"I11.MEAN", "I11.MEDIAN"}:
            return {key: self.waited(code, inside or []) for key, inside in self.sliced(parts[0] or [], by).items()}
        up = self.sliced(parts[0] or [], by)
        if parts[1] is None:
            return {key: Found(size(inside), None, size(inside)) for key, inside in up.items()}
        down = self.sliced(parts[1], by)
        return {key: ratio(size(up.get(key, [])), size(down.get(key, []))) for key in {**up, **down}}

    def sliced(self, facts: list[Fact], by: str | None) -> dict[str | None, list[Fact]]:
        if by is None:
            return {None: facts}
        found: defaultdict[str | None, list[Fact]] = defaultdict(list)
        for fact in facts:
            for value in self.values(fact, by):
                found[value].append(fact)
        return found

    def values(self, fact: Fact, by: str) -> Iterable[str | None]:
        if by == "month":
            return fact.months
        if by == "counsellor":
            return [fact.counsellor]
        if by == "barrier":
            if fact.kind == "barrier":
                return [fact.row["theme_code"]]
            themes = {r["theme_code"] for r in self.barriers[fact.pathway or ""] if some(r["opened_on"]) <= self.at}
            return themes or [None]
        if by in {"kind", "form"}:
            return [fact.row["kind_code" if by == "kind" else "form"] or None]
        if by in {"naf", "size"}:
            row = self.company[fact.company or ""] if fact.kind == "company" else fact.row
            band = row["size_band"]
            return [row["naf_section"] or None] if by == "naf" else [SIZE.get(band, "250+") if band else None]
        if by in {"territory", "commune"} and fact.kind == "company":
            return [self.company[fact.company or ""][f"{by}_code"] or None]
        pathway = self.pathway.get(fact.pathway or "")
        return [None if pathway is None else self.attribute(pathway, by)]

    def attribute(self, pathway: Row, by: str) -> str | None:
        if by == "sex":
            return self.person[pathway["beneficiary_id"]]["sex"] or None
        if by == "age":
            return band(pathway["age_at_entry"], [(25, "<25"), (30, "25-29"), (40, "30-39"), (50, "40-49"),
                                                  (55, "50-54"), (999, "55+")])  # fmt: skip
        if by == "seniority":
            return band(pathway["months_in_scheme"], [(6, "<6"), (12, "6-11"), (24, "12-23"), (60, "24-59"),
                                                      (9999, "60+")])  # fmt: skip
        return pathway[f"{by}_code"] or None

    def waited(self, code: str, facts: list[Fact]) -> Found:
        days = [
            (some(fact.row["starts_on"]) - some(self.pathway[fact.pathway or ""]["entered_on"])).days for fact in facts
        ]
        if code == "I11.MEDIAN":
            return Found(None, len(days), median(days) if days else None)
        return Found(sum(days), len(days), sum(days) / len(days) if days else None)

    # the words of the definitions

    def within(self, when: date | None) -> bool:
        return when is not None and self.first <= when <= self.last

    def holder(self, pathway: str, when: date) -> str | None:
        for row in self.held[pathway]:
            if some(row["from_on"]) <= when <= (day(row["to_on"]) or date.max):
                return self.code[row["counsellor_id"]]
        return None

    def a_pathway(self, row: Row, when: date, months: set[str] | None = None) -> Fact:
        return Fact(row["id"], "pathway", months or set(), self.holder(row["id"], when), row["id"])

    def a_contract(self, row: Row, month: date | None, key: str | None = None) -> Fact:
        months = set() if month is None else {f"{month:%Y-%m}"}
        return Fact(key or row["id"], "contract", months, self.code[row["counsellor_id"]], row["pathway_id"],
                    row["company_id"], row)  # fmt: skip

    def an_exit(self, row: Row, month: date) -> Fact:
        return Fact(row["id"], "exit", {f"{month:%Y-%m}"}, self.holder(row["pathway_id"], some(row["day"])),
                    row["pathway_id"])  # fmt: skip

    def an_interaction(self, row: Row) -> Fact:
        return Fact(row["id"], "interaction", {row["at"][:7]}, self.code[row["counsellor_id"]],
                    row["pathway_id"] or None, row["company_id"] or None)  # fmt: skip

    def last_day(self, row: Row) -> date | None:
        ended = day(row["ended_on"])
        return ended if ended is not None and ended <= self.at else day(row["planned_end_on"])

    def broken(self, row: Row, reasons: set[str] | None = None, before: date = date.max) -> bool:
        """In this row or a renewal of it, by the report date."""
        for each in self.of_chain[row["id"]]:
            rupture = self.rupture.get(each["id"])
            if rupture and (reasons is None or rupture["reason_code"] in reasons):
                when = some(rupture["day"])
                if when <= self.at and when < before:
                    return True
        return False

    def real(self) -> Iterator[Row]:
        return (row for row in self.t["contract"] if not row["parent_id"] and row["kind_code"] in self.counts)

    def signed(self) -> list[Fact]:
        return [
            self.a_contract(row, some(row["signed_on"])) for row in self.real() if self.within(day(row["signed_on"]))
        ]

    def entered(self) -> list[Fact]:
        return [
            self.a_pathway(row, some(row["entered_on"]), {row["entered_on"][:7]})
            for row in self.t["pathway"] if self.within(day(row["entered_on"]))
        ]  # fmt: skip

    def open(self) -> list[Fact]:
        return [
            self.a_pathway(row, self.at) for row in self.t["pathway"]
            if some(row["entered_on"]) <= self.at and not self.left_by(row["id"], self.at)
        ]  # fmt: skip

    def left_by(self, pathway: str, when: date) -> bool:
        left = self.exit.get(pathway)
        return left is not None and some(left["day"]) <= when

    def to_a_job(self, pathway: str, when: date) -> bool:
        left = self.exit.get(pathway)
        return left is not None and left["family"] in JOB and some(left["day"]) <= min(when, self.at)

    def months_between(self, begins: date, ends: date | None) -> set[str]:
        """The months of the period in which something lasted."""
        found, month = set(), max(begins, self.first).replace(day=1)
        while month <= min(ends or self.last, self.last):
            found.add(f"{month:%Y-%m}")
            month = months_on(month, 1)
        return found

    def rows_running(self, first: date, last: date) -> Iterator[Row]:
        for row in self.t["contract"]:
            over = self.last_day(row)
            if row["kind_code"] in self.counts and some(row["starts_on"]) <= last and (over is None or over >= first):
                yield row

    def exits(self) -> list[Row]:
        return [row for row in self.t["exit"] if self.within(day(row["day"]))]

    def is_counted(self, row: Row) -> bool:
        stay = some(row["day"]) - some(self.pathway[row["pathway_id"]]["entered_on"])
        return row["family"] != "neutral" and stay.days >= int(self.unit["min_stay_days"])

    def rate_of_exits(self, families: set[str]) -> tuple[list[Fact], list[Fact]]:
        base = [row for row in self.exits() if self.is_counted(row)]
        top = [row for row in base if row["family"] in families]
        return [self.an_exit(r, some(r["day"])) for r in top], [self.an_exit(r, some(r["day"])) for r in base]

    def share(self, wanted: Callable[[Row], bool]) -> tuple[list[Fact], list[Fact]]:
        base = self.signed()
        return [fact for fact in base if wanted(fact.row)], base

    def interactions(self, kind: str, outcomes: set[str]) -> list[Fact]:
        return [
            self.an_interaction(row) for row in self.t["interaction"]
            if row["kind"] == kind and row["outcome"] in outcomes and self.within(day(row["at"]))
        ]  # fmt: skip

    # the indicators, by code

    def i01(self) -> Any:
        return self.entered(), None

    def i02(self) -> Any:
        return self.open(), None

    def per_counsellor(self) -> Any:
        here = {
            row["counsellor_id"] for row in self.t["presence"]
            if (day(row["from_on"]) or date.min) <= self.at <= (day(row["to_on"]) or date.max)
        }  # fmt: skip
        return self.open(), [Fact(key, "counsellor", set(), self.code[key]) for key in here]

    def i03(self) -> Any:
        return self.signed(), None

    def i04(self) -> Any:
        return [self.per(fact, "pathway") for fact in self.signed()], None

    def per(self, fact: Fact, kind: str) -> Fact:
        key = (fact.pathway if kind == "pathway" else fact.company) or ""
        return Fact(key, kind, fact.months, fact.counsellor, fact.pathway, fact.company, fact.row)

    def r1(self) -> Any:
        return self.share(self.broken)

    def r2(self) -> Any:
        return self.share(lambda row: self.broken(row, self.net))

    def r3(self) -> Any:
        base, top = [], []
        for key, rows in self.of_chain.items():
            known = [row for row in rows if some(row["signed_on"]) <= self.at]
            if not known:
                continue
            final = max(known, key=lambda row: (bool(row["parent_id"]), row["starts_on"]))
            over = self.last_day(final)
            if final["kind_code"] in self.counts and self.within(over):
                base.append(self.a_contract(final, over, key))
                rupture = self.rupture.get(final["id"])
                if rupture and some(rupture["day"]) <= self.at:
                    top.append(base[-1])
        return top, base

    def r4(self) -> Any:
        return self.share(lambda row: self.broken(row, self.trial))

    def r5(self) -> Any:
        top = [
            self.a_contract(self.contract[row["contract_id"]], some(row["day"]))
            for row in self.t["rupture"] if self.within(day(row["day"]))
        ]  # fmt: skip
        return top, self.running_on_firsts()

    def running_on_firsts(self) -> list[Fact]:
        """Running on the first day; when asked by month, on the first day of each month of the period."""
        starts = [self.first]
        if self.by == "month":
            starts += [m for n in range(1, 60) if (m := months_on(self.first.replace(day=1), n)) <= self.last]
        found: dict[str, Fact] = {}
        for start in starts:
            for row in self.rows_running(start, start):
                key = row["parent_id"] or row["id"]
                found.setdefault(key, self.a_contract(row, None, key)).months.add(f"{start:%Y-%m}")
        return list(found.values())

    def r6(self) -> Any:
        base = [
            self.a_contract(row, some(row["starts_on"])) for row in self.real()
            if months_on(self.at, -18) < some(row["starts_on"]) <= months_on(self.at, -6)
        ]  # fmt: skip
        top = [fact for fact in base if self.broken(fact.row, None, months_on(some(fact.row["starts_on"]), 6))]
        return top, base

    def s1(self) -> Any:
        return self.rate_of_exits(JOB)

    def s2(self) -> Any:
        base = [self.an_exit(row, some(row["day"])) for row in self.exits()]
        top = [self.an_exit(row, some(row["day"])) for row in self.exits() if row["family"] in JOB]
        return top, base

    def s3(self) -> Any:
        base = self.entered()
        return [fact for fact in base if self.to_a_job(fact.key, self.at)], base

    def s4(self) -> Any:
        top, base = [], []
        for pathway, rows in self.of_pathway.items():
            known = [r for r in rows if r["kind_code"] in self.aided and some(r["signed_on"]) <= self.at]
            late = [
                r for r in rows if r["kind_code"] in self.aided and r not in known and self.within(self.last_day(r))
            ]
            known += late
            if not known or any(self.last_day(row) is None for row in known):
                continue
            final = max(known, key=lambda row: (self.last_day(row), int(row["id"])))
            over = self.last_day(final)
            if over is None or not self.within(over):
                continue
            fact = self.per(self.a_contract(final, over), "pathway")
            base.append(fact)
            limit = min(days_on(over, 16), self.at)
            after = [
                row for row in rows if row is not final and some(row["starts_on"]) <= limit
                and (self.last_day(row) is None or (self.last_day(row) or date.min) > over)
            ]  # fmt: skip
            if after or self.to_a_job(pathway, limit):
                top.append(fact)
        return top, base

    def s5(self) -> Any:
        base = [self.per(fact, "pathway") for fact in self.signed()]
        return [fact for fact in base if self.to_a_job(fact.key, self.at)], base

    def i07(self) -> Any:
        return self.rate_of_exits(JOB | {"positive"})

    def i08(self) -> Any:
        return self.rate_of_exits({"durable"})

    def retained(self, months: int) -> Any:
        base, top = [], []
        for row in self.real():
            when = days_on(months_on(some(row["starts_on"]), months), -1)
            if self.within(when) and some(row["starts_on"]) <= self.last:
                base.append(self.a_contract(row, when))
                if self.still(row, when):
                    top.append(base[-1])
        return top, base

    def still(self, row: Row, when: date) -> bool:
        """Walks from contract to contract while the gaps are of 15 days at most."""
        others = self.of_person[self.pathway[row["pathway_id"]]["beneficiary_id"]]
        reach = self.last_day(row) or date.max
        while reach < when:
            further = [
                over for other in others
                if some(other["starts_on"]) <= days_on(reach, 16)
                and (over := self.last_day(other) or date.max) > reach and some(other["starts_on"]) <= when
            ]  # fmt: skip
            if not further:
                return False
            reach = max(further)
        return True

    def i09_3m(self) -> Any:
        return self.retained(3)

    def i09_6m(self) -> Any:
        return self.retained(6)

    def i09_12m(self) -> Any:
        return self.retained(12)

    def checked(self, months: int, reached: bool) -> Any:  # noqa: FBT001  two readings of one rule
        base, top = [], []
        for row in self.t["exit"]:
            when = months_on(some(row["day"]), months)
            if row["family"] not in JOB or not self.within(when) or some(row["day"]) > self.last:
                continue
            done = [c for c in self.checks[row["id"]] if c["months"] == str(months) and some(c["day"]) <= self.at]
            if reached and not any(check["status"] != "unreachable" for check in done):
                continue
            base.append(self.an_exit(row, when))
            if any(check["status"] in {"same_employer", "other_employer"} for check in done):
                top.append(base[-1])
        return top, base

    def i10_3m_due(self) -> Any:
        return self.checked(3, reached=False)

    def i10_3m_reached(self) -> Any:
        return self.checked(3, reached=True)

    def i10_6m_due(self) -> Any:
        return self.checked(6, reached=False)

    def i10_6m_reached(self) -> Any:
        return self.checked(6, reached=True)

    def first_signed(self) -> list[Fact]:
        firsts: dict[str, Row] = {}
        for row in self.real():
            known = firsts.get(row["pathway_id"])
            order = (row["signed_on"], row["starts_on"], int(row["id"]))
            if known is None or order < (known["signed_on"], known["starts_on"], int(known["id"])):
                firsts[row["pathway_id"]] = row
        return [
            self.per(self.a_contract(row, some(row["signed_on"])), "pathway")
            for row in firsts.values() if self.within(day(row["signed_on"]))
        ]  # fmt: skip

    def i11_mean(self) -> Any:
        return self.first_signed(), None

    i11_median = i11_mean

    def i11_within_6m(self) -> Any:
        base = self.entered()
        top = [
            fact for fact in base
            if any(
                not row["parent_id"] and row["kind_code"] in self.counts and some(row["signed_on"]) <= self.at
                and some(row["starts_on"]) < months_on(some(self.pathway[fact.key]["entered_on"]), 6)
                for row in self.of_pathway[fact.key]
            )
        ]  # fmt: skip
        return top, base

    def i12(self) -> Any:
        base = []
        for row in self.t["pathway"]:
            entered, left = some(row["entered_on"]), self.exit.get(row["id"])
            if entered > self.last or self.left_by(row["id"], self.first):
                continue
            ends = days_on(some(left["day"]), -1) if left else None
            base.append(self.a_pathway(row, self.at, self.months_between(entered, ends)))
        return self.interactions("meeting", {"held"}), base

    def i12_no_shows(self) -> Any:
        missed = {"excused", "missed"}
        return self.interactions("meeting", missed), self.interactions("meeting", missed | {"held"})

    def i13(self) -> Any:
        found: dict[str, Fact] = {}
        for row in self.rows_running(self.first, self.last):
            key = row["parent_id"] or row["id"]
            fact = found.setdefault(key, self.a_contract(row, None, key))
            fact.months |= self.months_between(some(row["starts_on"]), self.last_day(row))
        return self.interactions("check_up", {"held"}), found.values()

    def i14(self) -> Any:
        return [self.per(fact, "company") for fact in self.signed()], None

    def i15(self) -> Any:
        window = int(self.unit["loyal_months"])
        since = months_on(self.at, -window) if window else date.min
        base = [
            self.per(self.a_contract(row, some(row["signed_on"])), "company")
            for row in self.real() if since < some(row["signed_on"]) <= self.at
        ]  # fmt: skip
        hired = defaultdict(set)
        for fact in base:
            hired[fact.key].add(self.pathway[fact.pathway or ""]["beneficiary_id"])
        return [fact for fact in base if len(hired[fact.key]) >= 2], base

    def first_visited(self, steps: int) -> Any:
        base, top = [], []
        for company, visits in self.visits.items():
            visit = min(visits, key=lambda row: row["at"])
            if not company or not self.within(day(visit["at"])):
                continue
            base.append(self.per(self.an_interaction(visit), "company"))
            if self.funnel(company, some(visit["at"]), steps):
                top.append(base[-1])
        return top, base

    def funnel(self, company: str, visit: date, steps: int) -> bool:
        def soon(before: date, after: date) -> bool:
            return before <= after <= days_on(before, 90) and after <= self.at

        for offer in self.offers[company]:
            received = some(offer["received_on"])
            if not soon(visit, received):
                continue
            if steps == 1:
                return True
            for referral in self.referrals[offer["id"]]:
                proposed = some(referral["proposed_on"])
                if not soon(received, proposed):
                    continue
                if steps == 2 or any(
                    not row["parent_id"] and row["kind_code"] in self.counts and soon(proposed, some(row["signed_on"]))
                    for row in self.of_company[company]
                ):
                    return True
        return False

    def i16_offers(self) -> Any:
        return self.first_visited(1)

    def i16_referrals(self) -> Any:
        return self.first_visited(2)

    def i16_hires(self) -> Any:
        return self.first_visited(3)

    def i17_cdi(self) -> Any:
        return self.share(lambda row: row["form"] == "CDI")

    def i17_full_time(self) -> Any:
        return self.share(lambda row: bool(row["weekly_hours"]) and float(row["weekly_hours"]) >= 35)

    def i17_durable(self) -> Any:
        def durable(row: Row) -> bool:
            end = day(row["planned_end_on"])
            return row["form"] == "CDI" or (
                end is not None and end >= days_on(months_on(some(row["starts_on"]), 6), -1)
            )

        return self.share(durable)

    def i18(self) -> Any:
        base, top = [], []
        for row in self.t["barrier"]:
            opened, closed = some(row["opened_on"]), day(row["closed_on"])
            if opened > self.last or (closed is not None and closed < self.first):
                continue
            whose = self.holder(row["pathway_id"], self.at)
            months = self.months_between(opened, closed)
            base.append(Fact(row["id"], "barrier", months, whose, row["pathway_id"], None, row))
            if row["status"] == "lifted" and self.within(closed):
                top.append(Fact(row["id"], "barrier", {f"{closed:%Y-%m}"}, whose, row["pathway_id"], None, row))
        return top, base

    def i19(self) -> Any:
        base = self.open()
        top = [
            fact for fact in base
            if any(
                row["outcome"] == "held" and days_on(self.at, -30) < some(row["at"]) <= self.at
                for row in self.meetings[fact.key]
            )
        ]  # fmt: skip
        return top, base


def group(rows: Iterable[Row], column: str) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def band(number: str, bands: list[tuple[int, str]]) -> str | None:
    return next((name for top, name in bands if int(number) < top), None) if number else None


def size(facts: Iterable[Fact]) -> int:
    return len({fact.key for fact in facts})


def ratio(up: int, down: int) -> Found:
    return Found(up, down, up / down if down else None)
