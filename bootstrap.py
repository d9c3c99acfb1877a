"""Make `.venv` ready, then run a command in it: `python3 bootstrap.py COMMAND [ARGUMENT ...]`.

Needs Python 3.11 or newer with its venv module, and nothing else. The packages are those of requirements.lock,
checked against its hashes; a second start with the same lock file installs nothing.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
INSTALLED = VENV / "installed-from"


def main(command):
    if sys.version_info < (3, 11):
        sys.exit(
            "Python 3.11 or newer is needed, and this is %d.%d: start it as python3.11 bootstrap.py"
            % sys.version_info[:2]
        )
    if not command:
        sys.exit(__doc__.split("\n")[0])
    fingerprint = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not INSTALLED.exists() or INSTALLED.read_text() != fingerprint:
        install()
        INSTALLED.write_text(fingerprint)
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}", "VIRTUAL_ENV": str(VENV)}
    environment.pop("PYTHONHOME", None)
    environment.pop("PYTHONPATH", None)
    program = BIN / (command[0] + (".exe" if os.name == "nt" else ""))
    sys.exit(subprocess.call([str(program) if program.exists() else command[0], *command[1:]], env=environment))


def install():
    try:
        import ensurepip  # noqa: F401  (Debian and Ubuntu ship it in a package of its own)
        import venv
    except ImportError:
        package = "python%d.%d-venv" % sys.version_info[:2]
        sys.exit(f"This Python cannot make virtual environments. Install what it lacks: sudo apt-get install {package}")
    print(f"Installing the locked packages into {VENV} (once, some minutes) ...", file=sys.stderr, flush=True)
    venv.create(VENV, clear=True, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-deps"]  # all are locked
    for arguments in (["--require-hashes", "-r", str(LOCK)], ["--no-build-isolation", "-e", str(ROOT)]):
        if subprocess.call(pip + arguments, env={k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}):
            sys.exit("The installation stopped: pip's message is above. Run the same command again to go on.")


if __name__ == "__main__":
    main(sys.argv[1:])
