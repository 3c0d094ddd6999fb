"""The one entry for people: sets up what is missing, then runs, shows or tests the program.

Standard library only. python3 build_spec/dev.py demo | test | run ... | bench | torture | setup | lint | messages
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "build_spec" / "requirements.lock"
OUTPUT = ROOT / "demo-output"
NO_RIGHTS = 3

LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libnss3.so": "libnss3",
}
"""What Qt needs of the system on Linux: library -> Debian package."""


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


def venv_python(root: Path, platform: str) -> Path:
    """Where the interpreter of the environment lies on a platform, as `sys.platform` names it."""
    return root / ".venv" / ("Scripts/python.exe" if platform == "win32" else "bin/python")


def missing_packages(platform: str) -> list[str]:
    """Debian packages that this machine lacks; none where the system brings what Qt needs."""
    if not platform.startswith("linux"):
        return []
    found = [] if importlib.util.find_spec("ensurepip") else [f"python3.{sys.version_info.minor}-venv"]
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            found.append(package)
    return found


def install_packages(packages: Sequence[str]) -> None:
    """Installs by apt as root or through sudo; without rights says the one line to run and ends with code 3."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        print(f"Install what gives these Debian packages, then run this again: {' '.join(packages)}", file=sys.stderr)
        sys.exit(NO_RIGHTS)
    prefix = [] if os.geteuid() == 0 else sudo()
    if prefix is None:
        print(f"No rights to install. Run as root, then run this again:\n{line}", file=sys.stderr)
        sys.exit(NO_RIGHTS)
    say(f"system libraries by apt: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        if subprocess.run([*prefix, "apt-get", *command], env=environment, check=False).returncode:
            print(f"apt-get failed. Run as root, then run this again:\n{line}", file=sys.stderr)
            sys.exit(NO_RIGHTS)


def sudo() -> list[str] | None:
    """How to become root: sudo that asks on a terminal, or none."""
    if not shutil.which("sudo"):
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    allowed = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    return ["sudo", "-n"] if allowed else None


def set_up() -> Path:
    """Makes the environment that the lock asks for, if it is not there yet, and gives its interpreter."""
    if sys.version_info < (3, 11):
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        sys.exit(NO_RIGHTS)
    packages = missing_packages(sys.platform)
    if packages:
        install_packages(packages)
    python = venv_python(ROOT, sys.platform)
    stamp = ROOT / ".venv" / "lock.sha256"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not (python.exists() and stamp.exists() and stamp.read_text() == wanted):
        started = time.monotonic()
        say("Python environment in .venv, every file checked against build_spec/requirements.lock (about 1 GB)")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ROOT / ".venv")], check=True)
        install = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        locked = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK)]
        if subprocess.run([*install, *locked], check=False).returncode:
            print("The environment could not be installed: see pip's words above.", file=sys.stderr)
            sys.exit(NO_RIGHTS)
        stamp.write_text(wanted)
        say(f".venv is ready: {size_of(ROOT / '.venv')} MB in {time.monotonic() - started:.0f} s")
    subprocess.run([str(python), str(ROOT / "build_spec" / "build_data.py")], check=True)
    return python


def size_of(folder: Path) -> int:
    """Megabytes of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 1_000_000


def environment(**more: str) -> dict[str, str]:
    """The environment of a program run from this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def program(python: Path, *words: str, **more: str) -> int:
    """Runs the program from this checkout and gives its exit code."""
    return subprocess.run([str(python), "-m", "cef_desk", *words], env=environment(**more), check=False).returncode


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """True where a window can be shown."""
    return platform in {"win32", "darwin"} or bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def demo(python: Path) -> int:
    """Writes the demonstration file once and opens the window on it, or saves pictures without a display."""
    OUTPUT.mkdir(exist_ok=True)
    file, sheet = OUTPUT / "demo.cefdesk", OUTPUT / "fiche-2006-11.pdf"
    if file.exists():
        say(f"{file} is there already and kept; remove it to begin anew")
    elif code := program(python, "demo", str(file)):
        return code
    shutil.copyfile(ROOT / "resources" / "demo" / "suivi-cef-2006.csv", OUTPUT / "suivi-cef-2006.csv")
    code = program(python, "--database", str(file), "sheet", "--month", "2006-11", "--output", str(sheet))
    if code:
        return code
    if has_display(sys.platform, os.environ):
        return program(python, "--database", str(file))
    pictures = ["--screenshots", str(OUTPUT), "--quit"]
    code = program(python, "--database", str(file), *pictures, QT_QPA_PLATFORM="offscreen")
    say(f"no display: the demonstration file, the month's PDF and pictures of the screens are in {OUTPUT}")
    for made in sorted(OUTPUT.iterdir()):
        print(f"    {made.name}  {made.stat().st_size // 1000} kB")
    return code


def lint(python: Path) -> int:
    """Style, types and the rule of the house; gives the first exit code that is not 0."""
    checks = (
        ("ruff", ["-m", "ruff", "check", "."]),
        ("format", ["-m", "ruff", "format", "--check", "."]),
        ("types", ["-m", "mypy"]),
        ("rooms", ["-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"]),
    )
    for name, words in checks:
        say(name)
        if code := subprocess.run([str(python), *words], cwd=ROOT, env=environment(), check=False).returncode:
            return code
    return 0


def test(python: Path, words: Sequence[str]) -> int:
    """Everything that must hold before a change lands."""
    if code := lint(python):
        return code
    say("tests")
    command = [str(python), "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", *words]
    return subprocess.run(command, cwd=ROOT, env=environment(QT_QPA_PLATFORM="offscreen"), check=False).returncode


def messages(python: Path) -> int:
    """Takes new messages into the catalogues."""
    template = str(ROOT / "i18n" / "cef_desk.pot")
    babel = [str(python), "-m", "babel.messages.frontend"]
    plain = ["--omit-header", "--width", "110"]
    keywords = ["-k", "N_", "-k", "pgettext:1c,2", "--no-location", "--sort-output"]
    steps = [[*babel, "extract", "-F", "i18n/babel.cfg", "-o", template, *keywords, *plain, "."]]
    for source in sorted((ROOT / "i18n").glob("*/LC_MESSAGES/*.po")):
        into = ["-i", template, "-o", str(source), "-l", source.parts[-3], "--no-fuzzy-matching", "--ignore-obsolete"]
        steps += [[*babel, "update", *into, "--width", "120"]]
    return next((code for step in steps if (code := subprocess.run(step, cwd=ROOT, check=False).returncode)), 0)


def bench(python: Path, words: Sequence[str]) -> int:
    """The benchmarks, each beside its baseline; the bases are made once in the folder named, or in bench-bases/."""
    return subprocess.run([str(python), "-m", "tests.benchmarks.suite", *words], cwd=ROOT, check=False).returncode


def torture(python: Path, words: Sequence[str]) -> int:
    """The long harnesses against loss, one table; a C compiler is installed where there is none."""
    if sys.platform.startswith("linux") and not shutil.which("gcc"):
        install_packages(["gcc", "libc6-dev"])
    command = [str(python), "-m", "tests.torture.suite", *words]
    return subprocess.run(command, cwd=ROOT, env=environment(QT_QPA_PLATFORM="offscreen"), check=False).returncode


def main() -> int:  # noqa: PLR0911  one return a command
    parser = argparse.ArgumentParser(description="Sets up, runs, shows and tests CEF Desk.")
    parser.add_argument("command", choices=["setup", "demo", "run", "test", "bench", "torture", "lint", "messages"])
    parser.add_argument("words", nargs=argparse.REMAINDER, help="words for the program (run) or for pytest (test)")
    chosen = parser.parse_args()
    python = set_up()
    match chosen.command:
        case "demo":
            return demo(python)
        case "run":
            return program(python, *chosen.words)
        case "test":
            return test(python, chosen.words)
        case "bench":
            return bench(python, chosen.words)
        case "torture":
            return torture(python, chosen.words)
        case "lint":
            return lint(python)
        case "messages":
            return messages(python)
    return 0


if __name__ == "__main__":
    sys.exit(main())
