"""The long harnesses, one table: `python3 build_spec/dev.py torture [SHARE]`, SHARE of the full counts, 1 unless said.

Each row: what was done to the program, how often, how many promises were broken. The control rows must break some: they
prove that the simulator sees a loss.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cef_desk.i18n import set_language
from cef_desk.store import key
from tests.store.keyed import copied, made_in
from tests.torture import damages, faults, full_disk, kills, migrations, power, shim, soak
from tests.torture.told import Found

_PEOPLE, _LOCKS, _FEWEST_LOCKS = 20_000, 60, 20
_KILLS, _CUTS, _CONTROL, _LAST_CALL, _DAMAGES, _DISKS = 1000, 1000, 200, 200, 1000, 10
_SHOWN = 5


def main(share: float) -> int:
    """Runs everything and prints the table; 1 when a promise was broken or a control saw nothing."""
    set_language("fr")
    key.calibrated = lambda: key.Cost(memory_kib=64, passes=1, lanes=1)
    failed = False
    with tempfile.TemporaryDirectory(prefix="cef-torture-") as name:
        folder = Path(name)
        os.environ["CEF_DESK_HOME"] = str(folder / "home")
        source = made_in(folder)

        def place(what: str) -> Path:
            made = folder / what
            made.mkdir()
            return made

        def times(whole: int) -> int:
            return max(1, round(whole * share))

        rows: list[tuple[Callable[[], Found], bool]] = [
            (lambda: kills.run(source, place("kills"), times(_KILLS)), False),
            (lambda: damages.run(copied(source, place("damages")), times(_DAMAGES)), False),
            (lambda: migrations.run(place("migrations")), False),
            (lambda: full_disk.run(source, place("disk"), times(_DISKS)), False),
            (lambda: soak.run(place("soak"), times(_PEOPLE), max(_FEWEST_LOCKS, times(_LOCKS))), False),
        ]
        if shim.is_possible():
            rows += [
                (lambda: power.run(source, place("power"), times(_CUTS)), False),
                (lambda: power.run(source, place("normal"), times(_CONTROL), synchronous="NORMAL"), True),
                (lambda: power.run(source, place("off"), times(_CONTROL), synchronous="OFF"), True),
                (lambda: faults.run(source, place("faults"), times(_LAST_CALL)), False),
            ]
        print(f"{'harness':44}{'tried':>7}{'broken':>8}{'seconds':>9}  what else")
        for run, control in rows:
            started = time.monotonic()
            found = run()
            failed |= bool(found.broken) is not control
            label = f"{found.name}{' (control: must break)' if control else ''}"
            seconds = time.monotonic() - started
            print(f"{label:44}{found.tried:7}{len(found.broken):8}{seconds:9.0f}  {found.detail}", flush=True)
            for words in found.broken[:_SHOWN] if not control else ():
                print(f"    {words}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0))
