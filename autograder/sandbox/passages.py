"""Syntax trees in, the passages that they are made of out: numbers that are equal where code is, but for names,
constants, comments and layout. Called by `parsing`; `similarity` counts who shares them.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of all runs of LENGTH syntax nodes, the smallest hash in each WINDOW
counts, so that a copied run of LENGTH + WINDOW - 1 nodes, about two statements, is always seen."""

import ast
import zlib
from collections.abc import Iterable, Iterator

import numpy as np

LENGTH, WINDOW = 24, 16
MOST = 5000  # passages of one source
FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that every node of a run counts


def passages(trees: Iterable[ast.Module]) -> list[int]:
    """In 32 bits each, sorted. Sources shorter than a run have none."""
    words = [zlib.crc32(word.encode("utf-8", "surrogatepass")) for tree in trees for word in _words(tree)]
    codes = np.array(words, dtype=np.uint64)
    if len(codes) < LENGTH:
        return []
    runs = np.zeros(len(codes) - LENGTH + 1, dtype=np.uint64)
    for place in range(LENGTH):
        runs = runs * FACTOR + codes[place : place + len(runs)]
    hashes = runs >> np.uint64(32)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, min(WINDOW, len(hashes)))
    chosen: list[int] = np.unique(windows.min(axis=1))[:MOST].tolist()
    return chosen


def _words(node: ast.AST) -> Iterator[str]:
    """In the order of the text. Names and constants are all alike; what is called on a module is not."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring, or nothing
    yield type(node).__name__
    if isinstance(node, ast.Attribute):
        yield node.attr
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr_context):
            yield from _words(child)
