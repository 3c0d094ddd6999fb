"""The delays of the rules as the unit has set them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.alert_setting import AlertSetting
from cef_desk.rules.alerts import DELAYS, AlertCode, Delays, set_delays


def delays(session: Session) -> Delays:
    """The delay of each rule that speaks; a rule that was switched off has none."""
    rows = session.execute(select(AlertSetting.code, AlertSetting.count, AlertSetting.active))
    return set_delays({AlertCode(code): count if active else None for code, count, active in rows if code in DELAYS})
