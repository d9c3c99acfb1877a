"""Answers with an error that only the grader may find, such as "timeout", to be called again or excused.

Must hold: such a claim ends the process."""

import tools

GOAL = "mark"


def attack():
    serving, wire = tools.worker()
    notes = {"changed_arguments": (), "changed_results": False, "output": "", "warned": ()}
    error = {"kind": "timeout", "type_names": (), "message": "", "trace": ""}
    data = tools.forged(1) if serving is None else wire.encode(serving.request, "call", (1, error, notes))
    import os

    os.write(3, data)
    os._exit(1)
