"""The trial period against the law, on odd days too."""

from datetime import date

import pytest

from cef_desk.rules.kinds import Form
from cef_desk.rules.trial_period import last_trial_day

STARTS = date(2006, 2, 1)


@pytest.mark.parametrize(
    ("form", "planned_end_on", "last"),
    [
        (Form.CDD, date(2006, 2, 3), date(2006, 2, 1)),
        (Form.CDD, date(2006, 3, 7), date(2006, 2, 5)),
        (Form.CDD, date(2006, 5, 2), date(2006, 2, 13)),
        (Form.CDD, date(2006, 5, 31), date(2006, 2, 14)),
        (Form.CDD, date(2006, 7, 31), date(2006, 2, 14)),
        (Form.CDD, date(2006, 8, 1), date(2006, 2, 28)),
        (Form.CDD, date(2006, 8, 20), date(2006, 2, 28)),
        (Form.CTT, date(2006, 2, 28), date(2006, 2, 2)),
        (Form.CTT, date(2006, 3, 1), date(2006, 2, 3)),
        (Form.CTT, date(2006, 3, 3), date(2006, 2, 3)),
        (Form.CTT, date(2006, 3, 31), date(2006, 2, 3)),
        (Form.CTT, date(2006, 4, 20), date(2006, 2, 5)),
    ],
)
def test_the_trial_of_a_term(form: Form, planned_end_on: date, last: date) -> None:
    assert last_trial_day("CDD", form, STARTS, planned_end_on) == last


def test_a_ci_rma_is_tried_for_a_month() -> None:
    assert last_trial_day("CIRMA_CDD", Form.CDD, STARTS, date(2006, 7, 31)) == date(2006, 2, 28)
    assert last_trial_day("CIRMA_CDD", Form.CDD, STARTS, date(2006, 2, 10)) == date(2006, 2, 10)


def test_the_trial_of_a_cdi_is_the_agreements_matter() -> None:
    assert last_trial_day("CDI", Form.CDI, STARTS, None) is None
