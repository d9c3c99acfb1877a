"""Wrong answers that nobody wrote down: the reference with one thing changed, by the families of changes that people
make. Called by `naming`."""

import ast
import copy
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

SENTENCES = {
    "transpose": "A transpose is missing, or one too many. Write the shape beside each factor: do they fit, also where "
    "no two sizes are the same?",
    "sign": "A sign is turned: a plus for a minus, or a minus that got lost. Go through the formula term by term.",
    "term": "A term or a factor of the formula is left out. Compare your line with the formula, piece by piece.",
    "factor": "Something is multiplied or divided by a number that doesn't belong there, or isn't where it should be. "
    "What is it averaged over, and how often?",
    "axis": "A sum, mean or maximum runs along the wrong axis, or over everything. Which axis are the samples on?",
    "activation": "One function stands where another belongs, is called twice, or not at all: look at what each value "
    "is before and after it.",
    "layer": "A layer is left out, or has another layer's values. Go through the loop by hand with three layers: what "
    "is the index in each round?",
    "argument": "One value stands where another belongs, or an argument plays no part. What does each name in your "
    "line hold at that moment?",
    "bound": "It is off by one, or wrong at an edge: the ends of a range, an odd number, a value that is exactly at "
    "the boundary.",
    "constant": "A number differs from the one that is asked for. Compare each number in your code with the formula.",
    "order": "Parts are taken or returned in another order than they are meant. Compare with the signature, and with "
    "the line that begins with Returns.",
    "step": "A value is used before or after the step at which it is meant. In which order do the lines of one round "
    "run?",
}  # by family

TWINS = {
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt,
}  # fmt: skip
KIN = {
    "sin": ("cos",),
    "cos": ("sin",),
    "sum": ("mean", "max"),
    "mean": ("sum", "median"),
    "max": ("min", "sum"),
    "maximum": ("minimum",),
    "std": ("var",),
    "log": ("log2", "log10", "log1p"),
    "exp": ("exp2", "expm1"),
    "floor": ("ceil", "round"),
}  # functions that are taken for each other
FAMILY_OF_KIN = {"sum": "factor", "mean": "factor", "log": "factor"}


@dataclass(frozen=True)
class Variation:
    family: str
    node: ast.FunctionDef


def variations(source: ast.FunctionDef, functions: Collection[str]) -> Iterator[Variation]:
    """Each one-place change of a definition. `functions`: names that are taken for each other, of one array each."""
    arguments = {argument.arg for argument in source.args.args}
    local = sorted(
        {child.id for child in ast.walk(source) if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store)}
    )
    text = ast.unparse(source)
    source = _parsed(text)
    edges = {id(node) for parent in ast.walk(source) if _is_range(parent) for node in ast.walk(parent)}
    for place, node in enumerate(ast.walk(source)):
        for change in _changes(node, arguments, local, functions, id(node) in edges):
            tree = _parsed(text)
            family = change(tree, place)
            yield Variation(family, ast.fix_missing_locations(tree))
            is_swap = isinstance(node, ast.Name)  # there are too many of them
            for rounds in ROUNDS if not is_swap and _loop_of(source, node) else ():
                yield Variation(family, _only_in(rounds, source, text, change, place))


Change = Callable[[ast.FunctionDef, int], str]  # changes the tree at a place; its family

ROUNDS = ("__i == 0", "__i > 0", "__i == __n - 1", "__i < __n - 1")  # of a loop: in which the change is made


def _loop_of(source: ast.FunctionDef, place: ast.AST) -> tuple[ast.For, int] | None:
    """The loop among the function's own statements that a node is in, and in which of its statements."""
    for loop in source.body:
        if isinstance(loop, ast.For):
            for i, statement in enumerate(loop.body):
                if any(node is place for node in ast.walk(statement)):
                    return loop, i
    return None


def _only_in(rounds: str, source: ast.FunctionDef, text: str, change: Change, place: int) -> ast.FunctionDef:
    """The change in some rounds of its loop, and the original in all others."""
    found = _loop_of(source, _node(source, place))
    assert found
    (loop, at), tree, changed = found, _parsed(text), _parsed(text)
    change(changed, place)
    where = source.body.index(loop)
    new, theirs = tree.body[where], changed.body[where]
    assert isinstance(new, ast.For)
    assert isinstance(theirs, ast.For)
    start = ast.parse("__all = list(x)\n__n = len(__all)").body
    start[0].value.args[0] = new.iter  # type: ignore[attr-defined]
    new.iter = ast.parse("enumerate(__all)", mode="eval").body
    new.target = ast.Tuple([ast.Name("__i", ast.Store()), new.target], ast.Store())
    statement = theirs.body[at : at + 1 + len(theirs.body) - len(new.body)] or [ast.Pass()]
    new.body[at] = ast.If(ast.parse(rounds, mode="eval").body, statement, [new.body[at]])
    tree.body[where:where] = start
    return ast.fix_missing_locations(tree)


def _parsed(text: str) -> ast.FunctionDef:
    return ast.parse(text).body[0]  # type: ignore[return-value]


def _is_range(node: ast.AST) -> bool:
    """Whether numbers in it are ends or places."""
    called = node.func if isinstance(node, ast.Call) else None
    name = getattr(called, "id", getattr(called, "attr", ""))
    return name in ("range", "linspace") or isinstance(node, (ast.Slice, ast.Compare))


def _node(tree: ast.AST, place: int) -> Any:
    return next(node for i, node in enumerate(ast.walk(tree)) if i == place)


def _put(tree: ast.AST, place: int, make: Callable[[Any], ast.AST | None]) -> None:
    """Replace a node by what `make` gives of it; a statement goes where it gives None."""
    target = _node(tree, place)
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, make(target))
                return
            if isinstance(value, list) and any(item is target for item in value):
                new = make(target)
                at = next(i for i, item in enumerate(value) if item is target)
                value[at : at + 1] = [new] if new is not None else []
                if not value and field == "body":
                    value.append(ast.Pass())
                return


def _by(family: str, make: Callable[[Any], ast.AST | None]) -> Change:
    def change(tree: ast.FunctionDef, place: int) -> str:
        _put(tree, place, make)
        return family

    return change


def _changes(
    node: ast.AST, arguments: Collection[str], local: Collection[str], functions: Collection[str], is_edge: bool
) -> Iterator[Change]:
    if isinstance(node, ast.BinOp):
        yield from _of_operation(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield _by("sign", lambda n: n.operand)
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in TWINS:
        twin = TWINS[type(node.ops[0])]
        yield _by("bound", lambda n: ast.Compare(n.left, [twin()], n.comparators))
        yield _by("sign", lambda n: ast.Compare(n.comparators[0], n.ops, [n.left]))
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield from _of_number(node, is_edge)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from _of_name(node, arguments, local, functions)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        if not isinstance(node.slice, (ast.Slice, ast.Tuple, ast.Constant)):
            for index in (0, -1):
                yield _by("layer", lambda n, index=index: ast.Subscript(n.value, ast.Constant(index), n.ctx))  # type: ignore[misc]
    elif isinstance(node, (ast.For, ast.comprehension)):
        yield from _of_loop()
    elif isinstance(node, (ast.Assign, ast.AugAssign)):
        yield _by("step" if isinstance(node, ast.Assign) else "term", lambda n: None)  # the value stays as it was
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) == 2:
        yield _by("order", lambda n: ast.Tuple(n.elts[::-1], n.ctx))


def _of_operation(node: ast.BinOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Div):
        yield _by("factor" if _counts(node.right) else "term", lambda n: n.left)
        yield _by("factor", lambda n: ast.BinOp(n.left, ast.Mult(), n.right))
    elif isinstance(node.op, ast.Mult):
        for side, other in (("left", "right"), ("right", "left")):
            family = "factor" if _counts(getattr(node, other)) else "term"
            yield _by(family, lambda n, side=side: getattr(n, side))  # type: ignore[misc]
    elif isinstance(node.op, (ast.Add, ast.Sub)):
        yield _by("term", lambda n: n.left)
        yield _by("term", lambda n: n.right)
        twin = ast.Sub if isinstance(node.op, ast.Add) else ast.Add
        yield _by("sign", lambda n: ast.BinOp(n.left, twin(), n.right))
    elif isinstance(node.op, ast.MatMult):
        yield _by("term", lambda n: n.left)
        yield _by("term", lambda n: n.right)
        yield _by("transpose", lambda n: ast.BinOp(n.right, n.op, n.left))
    elif isinstance(node.op, ast.FloorDiv):
        up = lambda n: ast.UnaryOp(ast.USub(), ast.BinOp(ast.UnaryOp(ast.USub(), n.left), n.op, n.right))  # noqa: E731
        yield _by("bound", up)
    elif isinstance(node.op, ast.Pow):
        yield _by("term", lambda n: n.left)


def _counts(node: ast.AST) -> bool:
    """Whether it is a number such as m, 2 or len(x), and no array."""
    return isinstance(node, (ast.Constant, ast.Subscript)) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
    )


def _with(node: Any, field: str, value: ast.AST) -> Any:
    setattr(node, field, value)
    return node


def _transposed(node: Any) -> ast.AST:
    return ast.Attribute(node, "T", ast.Load())


def _of_attribute(node: ast.Attribute) -> Iterator[Change]:
    if node.attr == "T":
        yield _by("transpose", lambda n: n.value)
    for other in KIN.get(node.attr, ()):
        family = FAMILY_OF_KIN.get(node.attr, "activation")
        yield _by(family, lambda n, other=other: ast.Attribute(n.value, other, n.ctx))  # type: ignore[misc]
    if node.attr == "pi":
        yield _by("constant", lambda n: ast.BinOp(n, ast.Mult(), ast.Constant(2)))


def _of_number(node: ast.Constant, is_edge: bool) -> Iterator[Change]:
    value = node.value
    assert isinstance(value, (int, float))
    near = {value + 1, value - 1} if isinstance(value, int) else set()
    for other in sorted(near | {value * 2, value / 2 if isinstance(value, float) else value, value * 0}, key=float):
        if other != value:
            family = "bound" if is_edge else "constant"
            yield _by(family, lambda n, other=other: ast.Constant(other))  # type: ignore[misc]


def _of_name(
    node: ast.Name, arguments: Collection[str], local: Collection[str], functions: Collection[str]
) -> Iterator[Change]:
    if node.id in functions:
        for other in functions:
            if other != node.id:
                yield _by("activation", lambda n, other=other: ast.Name(other, n.ctx))  # type: ignore[misc]
    elif node.id in arguments or node.id in local:
        for other in sorted({*arguments, *local} - {node.id, "self"}):
            yield _by("argument", lambda n, other=other: ast.Name(other, n.ctx))  # type: ignore[misc]
        yield _by("axis", lambda n: ast.Call(ast.Attribute(n, "sum", ast.Load()), [], []))
        yield _by("transpose", _transposed)


def _of_call(node: ast.Call) -> Iterator[Change]:
    if len(node.args) == 1 and not node.keywords:
        adds = isinstance(node.func, ast.Attribute) and node.func.attr == "append"
        yield _by("layer" if adds else "activation", lambda n: n.args[0])
        if isinstance(node.func, (ast.Name, ast.Attribute)):
            yield _by("activation", lambda n: ast.Call(n.func, [copy.deepcopy(n)], []))
    for i, keyword in enumerate(node.keywords):
        if keyword.arg == "axis":
            for axis in (0, 1, None):
                yield _by("axis", lambda n, i=i, axis=axis: _with_keyword(n, i, axis))  # type: ignore[misc]
        elif keyword.arg in ("keepdims", "endpoint"):
            family = "axis" if keyword.arg == "keepdims" else "bound"
            value = not getattr(keyword.value, "value", False)
            yield _by(family, lambda n, i=i, value=value: _with_keyword(n, i, value))  # type: ignore[misc]
    if len(node.args) == 2 and not any(isinstance(argument, ast.Starred) for argument in node.args):
        yield _by("order", lambda n: ast.Call(n.func, n.args[::-1], n.keywords))


def _with_keyword(node: ast.Call, place: int, value: Any) -> ast.Call:
    node.keywords[place].value = ast.Constant(value)
    return node


def _of_loop() -> Iterator[Change]:
    for first, last in ((1, None), (None, -1)):
        bounds = [ast.Constant(end) if end is not None else None for end in (first, last)]

        def shorter(n: Any, bounds: list[Any] = bounds) -> Any:
            everything = ast.Call(ast.Name("list", ast.Load()), [n.iter], [])
            n.iter = ast.Subscript(everything, ast.Slice(*bounds), ast.Load())
            return n

        yield _by("layer", shorter)
    yield _by("layer", lambda n: _with(n, "iter", ast.Call(
        ast.Name("reversed", ast.Load()), [ast.Call(ast.Name("list", ast.Load()), [n.iter], [])], [])))  # fmt: skip
