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


class CallResult(StrEnum):
    """How a call ended. Reached is a meeting held; the others are tasks done: no meeting, no absence, no contact."""

    REACHED = "reached"
    MESSAGE = "message"
    WRONG_NUMBER = "wrong_number"


class DoneBy(StrEnum):
    """Who does what was agreed."""

    COUNSELLOR = "counsellor"
    PERSON = "person"


class Sensitive(StrEnum):
    """Why a word should be thought over before it is kept: what it tells of somebody."""

    HEALTH = "health"
    JUSTICE = "justice"
    ORIGIN = "origin"
    NIR = "nir"


class AbsenceReason(StrEnum):
    """Why a counsellor is away."""

    LEAVE = "leave"
    TRAINING = "training"
    ILLNESS = "illness"
    OTHER = "other"


class SessionKind(StrEnum):
    """What a session of several people is: a workshop is not a collective information."""

    WORKSHOP = "workshop"
    INFORMATION = "information"
    JOB_DATING = "job_dating"


class Away(StrEnum):
    """Why a person cannot be met: nothing is asked meanwhile."""

    LEAVE = "leave"
    ILLNESS = "illness"
    TRAINING = "training"
    OTHER = "other"


class Channel(StrEnum):
    """How a person is reached first."""

    SMS = "sms"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    THROUGH = "through"


class Repeat(StrEnum):
    """How often an appointment comes back."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class ExitFamily(StrEnum):
    """Where an exit leads: domain/rules.md (c), the grid of *sorties dynamiques*."""

    DURABLE = "durable"
    TRANSITION = "transition"
    POSITIVE = "positive"
    OTHER = "other"
    NEUTRAL = "neutral"


class Form(StrEnum):
    """The form of a work contract: open-ended, with a term, a mission of temporary work."""

    CDI = "CDI"
    CDD = "CDD"
    CTT = "CTT"


SELF_EMPLOYED = frozenset({"CREA", "CAPE"})
"""Contract kinds that are no work contract: they have no form and never count among the contracts signed."""


class BarrierStatus(StrEnum):
    """How far a barrier is from solved."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    LIFTED = "lifted"
    LASTING = "lasting"


class ReferralStatus(StrEnum):
    """What became of a person put forward on an offer."""

    PROPOSED = "proposed"
    PRESENTED = "presented"
    INTERVIEW = "interview"
    TRIAL = "trial"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDREW = "withdrew"
    HIRED_ELSEWHERE = "hired_elsewhere"
    POOL = "pool"


class CheckStatus(StrEnum):
    """The situation found some months after an exit: domain/rules.md (c)."""

    SAME_EMPLOYER = "same_employer"
    OTHER_EMPLOYER = "other_employer"
    TRAINING = "training"
    UNEMPLOYED = "unemployed"
    INACTIVE = "inactive"
    UNREACHABLE = "unreachable"


IN_WORK = (CheckStatus.SAME_EMPLOYER, CheckStatus.OTHER_EMPLOYER)


class AccessAction(StrEnum):
    """What the log of looks tells."""

    SEEN = "seen"
    SEARCHED = "searched"
    EXPORTED = "exported"
    PRINTED = "printed"
    UNLOCKED = "unlocked"
    RESTORED = "restored"
    KEYS_CHANGED = "keys_changed"
    PURGED = "purged"


class ListName(StrEnum):
    """The lists kept as data."""

    CONTRACT_KIND = "contract_kind"
    RUPTURE_REASON = "rupture_reason"
    EXIT_KIND = "exit_kind"
    BARRIER = "barrier"
    PRESCRIBER = "prescriber"
    LEVEL = "level"
    HOUSEHOLD = "household"
    VEHICLE = "vehicle"
    ZONE = "zone"
    TERRITORY = "territory"
    INSERTION_KIND = "insertion_kind"
    NAF_SECTION = "naf_section"
    MEETING_SUBJECT = "meeting_subject"
    SENSITIVE_WORD = "sensitive_word"


SIZE_GROUPS = {
    "NN": "0", "00": "0", "01": "1-9", "02": "1-9", "03": "1-9", "11": "10-49", "12": "10-49", "21": "50-249",
    "22": "50-249", "31": "50-249", "32": "250+", "41": "250+", "42": "250+", "51": "250+", "52": "250+", "53": "250+",
}  # fmt: skip
"""Size band of SIRENE -> the size that reports slice by."""


class Subject(StrEnum):
    """What a change is about and what a figure counts: the name of its table."""

    UNIT = "unit"
    COUNSELLOR = "counsellor"
    LIST_ENTRY = "list_entry"
    BENEFICIARY = "beneficiary"
    PATHWAY = "pathway"
    COMPANY = "company"
    PLACEMENT = "placement"
    BARRIER = "barrier"
    HOLDER = "holder"
    PRESENCE = "presence"
    INSERTION_CONTRACT = "insertion_contract"
    RIGHT = "right"
    OFFER = "offer"
    REFERRAL = "referral"
    EXIT_CHECK = "exit_check"
    COMPANY_CONTACT = "company_contact"
    OBJECTIVE = "objective"
    CONTRACT = "contract"
    RUPTURE = "rupture"
    EXIT = "exit"
    INTERACTION = "interaction"
    ABSENCE = "absence"
    WORKSHOP = "workshop"
    SNOOZE = "snooze"
    UNAVAILABILITY = "unavailability"
    ALERT_SETTING = "alert_setting"
    COVER = "cover"
    UNFINISHED = "unfinished"
    SAVED_VIEW = "saved_view"
    IMPORT_BATCH = "import_batch"
