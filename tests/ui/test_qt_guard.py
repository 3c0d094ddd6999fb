import subprocess
import sys

SCRIPT = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for number in range(30_000):
    label.setText("x")
    label.setEnabled(True)
"""


def test_this_qt_does_not_lose_references_to_none() -> None:
    """PySide6 6.12.0 aborts Python 3.11 after some thousand void calls."""
    ended = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-500:]
