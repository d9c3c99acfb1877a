"""Which exercises a source defines, and which of them are still stubs: from its syntax tree, nothing is run.

Called by `parsing`, to report it, and by `running`, to drop a stub that would hide what is filled in before it."""

import ast
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Definition:
    name: str  # of the exercise: "relu", "MLP" (its constructor), "MLP.train"
    node: ast.stmt
    stub: bool
    body: list[ast.stmt]  # the statements that the node is one of


def definitions(
    body: list[ast.stmt], names: Collection[str], siblings: Collection[str] = (), owner: str = ""
) -> Iterator[Definition]:
    """In the order of the text; also within if, try, with and loops, but not within functions.

    A name that is imported from one of `siblings` under its own name is defined there, not here."""
    for node in body:
        if isinstance(node, FUNCTIONS):
            if owner + node.name in names:
                yield Definition(owner + node.name, node, is_stub(node), body)
        elif isinstance(node, ast.ClassDef):
            if not owner and node.name in names:
                inits = [n for n in node.body if isinstance(n, FUNCTIONS) and n.name == "__init__"]
                yield Definition(node.name, node, any(map(is_stub, inits)), body)
                yield from definitions(node.body, names, siblings, f"{node.name}.")
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                name = owner + (alias.asname or alias.name)
                if name in names and not (_is_sibling(node, siblings) and alias.asname in (None, alias.name)):
                    yield Definition(name, node, False, body)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target] if node.value else []
            for name in (owner + name for target in targets for name in _targets(target)):
                if name in names:
                    yield Definition(name, node, False, body)
        else:
            for inner in _blocks(node):
                yield from definitions(inner, names, siblings, owner)


def _is_sibling(node: ast.Import | ast.ImportFrom, siblings: Collection[str]) -> bool:
    if isinstance(node, ast.Import):
        return False
    return node.level > 0 or (node.module or "").partition(".")[0] in siblings


def _targets(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):  # MLP.train = train
        yield f"{target.value.id}.{target.attr}"
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from _targets(element)


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list):
            yield block
    for branch in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield branch.body


def is_stub(node: ast.stmt) -> bool:
    """Its body, docstring aside, only raises NotImplementedError."""
    if not isinstance(node, FUNCTIONS):
        return False
    body = _without_docstring(node.body)
    if len(body) != 1 or not isinstance(body[0], ast.Raise):
        return False
    raised = body[0].exc.func if isinstance(body[0].exc, ast.Call) else body[0].exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    is_docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return body[is_docstring:]


def drop_stubs(trees: list[ast.Module], names: Collection[str]) -> None:
    """Take stubs out of the trees where the same source holds a filled-in definition of that name too."""
    found = [definition for tree in trees for definition in definitions(tree.body, names)]
    filled = {d.name for d in found if not d.stub}
    for d in found:
        if isinstance(d.node, ast.ClassDef):
            inner = [d.stub, *(m.stub for m in definitions(d.node.body, names, owner=f"{d.name}."))]
            others = {name for name in filled if name == d.name or name.startswith(f"{d.name}.")}
            unwanted = all(inner) and bool(others)
        else:
            unwanted = d.stub and any(
                o.name == d.name and not o.stub and ("." not in d.name or o.body is d.body) for o in found
            )
        if unwanted:
            d.body[d.body.index(d.node)] = ast.copy_location(ast.Pass(), d.node)


def fingerprint(definition: Definition, names: Collection[str]) -> str:
    """Equal for definitions that differ in layout, comments and docstrings only. A class's is without its exercises."""
    node = definition.node
    for inner in ast.walk(node):
        if isinstance(inner, (*FUNCTIONS, ast.ClassDef)):
            inner.body = _without_docstring(inner.body)
    if isinstance(node, ast.ClassDef):
        own = {id(method.node) for method in definitions(node.body, names, owner=f"{node.name}.")}
        node = ast.ClassDef(**{**vars(node), "body": [n for n in node.body if id(n) not in own]})
    return hashlib.blake2b(ast.dump(node).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
