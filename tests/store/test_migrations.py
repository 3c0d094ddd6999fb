"""Files of every released schema are brought up with what they hold."""

import shutil
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from cef_desk.store.dialect import connect, engine_of, writing
from cef_desk.store.upgrade import MIGRATIONS, bring_up

FIRST_WALK = "8f3a1c20d5b7"
ROWS = (
    "INSERT INTO counsellor (id, uid, version, code, name, is_manager, active) VALUES (1, 'c', 1, 'CEF01', '', 0, 1)",
    (
        "INSERT INTO beneficiary (id, uid, version, last_name, first_name, postcode, city, phone, sort_key) "
        "VALUES (4, 'b', 1, 'Essai', 'Ada', '', '', '', 'essai ada')"
    ),
    (
        "INSERT INTO pathway (id, uid, version, beneficiary_id, counsellor_id, entered_on, entered_on_estimated) "
        "VALUES (7, 'p', 1, 4, 1, '2006-01-09', 0), (9, 'q', 1, 4, 1, '2006-02-09', 0)"
    ),
    "DELETE FROM pathway WHERE id = 9",
    "INSERT INTO company (id, uid, version, name, match_key, sort_key) VALUES (2, 'e', 1, 'Épi', 'epi', 'epi')",
    "INSERT INTO placement (id, uid, version, pathway_id, company_id) VALUES (3, 's', 1, 7, 2)",
    (
        "INSERT INTO list_entry (uid, version, list_name, code, label, position, active, form) VALUES "
        "('l1', 1, 'contract_kind', 'CIRMA_CDD', 'CI-RMA CDD', 1, 1, 'CDD'), "
        "('l2', 1, 'contract_kind', 'PRO', 'Pro', 2, 1, NULL), ('l3', 1, 'rupture_reason', 'POS_CDI', 'x', 1, 1, NULL)"
    ),
    (
        "INSERT INTO contract (id, uid, version, pathway_id, company_id, placement_id, counsellor_id, kind_code, "
        "signed_on, signed_on_estimated, starts_on, planned_end_on) VALUES "
        "(5, 'k', 1, 7, 2, 3, 1, 'CIRMA_CDD', '2006-02-01', 0, '2006-02-01', '2006-07-31'), "
        "(6, 'm', 1, 7, 2, 3, 1, 'PRO', '2006-08-01', 0, '2006-08-01', NULL)"
    ),
    (
        "INSERT INTO interaction (id, uid, version, kind, medium, outcome, at, minutes, note, counsellor_id, "
        "pathway_id) VALUES (8, 'i', 1, 'meeting', 'office', 'held', '2006-03-01 09:00:00', 30, 'bonjour', 1, 7)"
    ),
)


def file_of_the_first_walk(folder: Path) -> Engine:
    """A file with one person, as the first schema kept it."""
    old = folder / "migrations"
    (old / "versions").mkdir(parents=True)
    shutil.copy(MIGRATIONS / "env.py", old)
    shutil.copy(next(MIGRATIONS.glob(f"versions/*{FIRST_WALK}*.py")), old / "versions")
    file = folder / "old.cefdesk"
    file.touch()
    engine = engine_of(partial(connect, file, None))
    bring_up(engine, old)
    with writing(engine).begin() as connection:
        for row in ROWS:
            connection.exec_driver_sql(row)
    return engine


def test_a_file_of_the_first_walk_is_brought_up_with_what_it_holds(tmp_path: Path) -> None:
    engine = file_of_the_first_walk(tmp_path)
    bring_up(engine)
    with engine.connect() as connection:

        def rows(query: str) -> list[tuple[object, ...]]:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

        assert rows("SELECT pathway_id, counsellor_id, from_on, to_on FROM holder") == [(7, 1, "2006-01-09", None)]
        assert rows("SELECT counsellor_id, from_on, to_on FROM presence") == [(1, None, None)]
        assert rows("SELECT id, beneficiary_id, uid FROM pathway") == [(7, 4, "p")]
        assert rows("SELECT id, form FROM contract") == [(5, "CDD"), (6, "CDI")]
        assert rows("SELECT note, company_id FROM interaction") == [("bonjour", None)]
        assert rows("SELECT aided, sheet_group FROM list_entry WHERE code = 'CIRMA_CDD'") == [(1, "CIRMA_CDD")]
        assert rows("SELECT counts_net, in_trial FROM list_entry WHERE code = 'POS_CDI'") == [(0, 0)]
        assert rows("SELECT count(*) FROM list_entry WHERE list_name = 'barrier'") == [(13,)]
        assert rows("SELECT low_base, min_stay_days, loyal_months FROM unit") == []
        assert rows("PRAGMA foreign_keys") == [(1,)], "references are enforced again"
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("INSERT INTO pathway (uid, version, beneficiary_id, entered_on, "
                                   "entered_on_estimated) VALUES ('r', 1, 4, '2006-03-09', 0)")  # fmt: skip
        assert connection.exec_driver_sql("SELECT max(id) FROM pathway").scalar() == 10, "no key is given twice"
    engine.dispose()
