"""The words code branches on; everything else is a row of `list_entry`."""

from enum import StrEnum


class Kind(StrEnum):
    """What an interaction is."""

    MEETING = "meeting"
    WORKSHOP = "workshop"
    PROSPECTION = "prospection"
    CHECK_UP = "check_up"
    TASK = "task"


class Medium(StrEnum):
    """How it took place."""

    OFFICE = "office"
    PHONE = "phone"
    EMAIL = "email"
    VIDEO = "video"
    POST = "post"
    HOME = "home"
    ON_SITE = "on_site"
    FAIR = "fair"


class Outcome(StrEnum):
    """How it ended; an interaction without outcome is planned, or to be filled in once past."""

    HELD = "held"
    EXCUSED = "excused"
    MISSED = "missed"
    CANCELLED_BY_UNIT = "cancelled_by_unit"
    CANCELLED_BY_OTHER = "cancelled_by_other"


class ExitFamily(StrEnum):
    """Where an exit leads: domain/rules.md (c), the grid of *sorties dynamiques*."""

    DURABLE = "durable"
    TRANSITION = "transition"
    POSITIVE = "positive"
    OTHER = "other"
    NEUTRAL = "neutral"


class ListName(StrEnum):
    """The lists kept as data."""

    CONTRACT_KIND = "contract_kind"
    RUPTURE_REASON = "rupture_reason"
    EXIT_KIND = "exit_kind"


class Subject(StrEnum):
    """What a change is about and what a figure counts: the name of its table."""

    UNIT = "unit"
    COUNSELLOR = "counsellor"
    LIST_ENTRY = "list_entry"
    BENEFICIARY = "beneficiary"
    PATHWAY = "pathway"
    COMPANY = "company"
    PLACEMENT = "placement"
    CONTRACT = "contract"
    RUPTURE = "rupture"
    EXIT = "exit"
    INTERACTION = "interaction"
    UNFINISHED = "unfinished"
    IMPORT_BATCH = "import_batch"
