"""Returns an object that takes the place of NumPy's own functions where it is an argument.

Must hold: it doesn't cross."""

GOAL = "mark"


class Anything:
    def __array_function__(self, function, types, args, kwargs):
        return None

    def __array_ufunc__(self, function, method, *args, **kwargs):
        return True


def attack():
    return Anything()
