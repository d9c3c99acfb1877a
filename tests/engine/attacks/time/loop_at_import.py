"""Never ends while it is imported.

Must hold: loading has a limit too."""

GOAL = "endless"
while True:
    pass
