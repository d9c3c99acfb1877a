"""The support code that students get: runs their code, checks what comes back and says what is wrong in their words."""

import importlib.util
import sys

if importlib.util.find_spec("numpy") is None:  # another Python than the one that was made ready, most often
    raise ModuleNotFoundError(
        f"NumPy is not installed for the Python that runs this: {sys.executable}. "
        "In a terminal: activate the environment that README.md tells of, or install what requirements.txt lists. "
        "In a notebook: choose that environment's kernel."
    )
