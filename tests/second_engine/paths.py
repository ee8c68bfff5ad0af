"""Values of a tree by dotted paths of one or two names."""

from typing import Any

Tree = dict[str, Any]


def put(tree: Tree, path: str, value: Any) -> None:
    """Set a value at a dotted path, making the part where it is missing."""
    part, _, name = path.rpartition(".")
    place = tree
    if part:
        if not isinstance(tree.get(part), dict):
            tree[part] = {}
        place = tree[part]
    place[name] = value


def get(tree: Tree, path: str) -> Any:
    """The value at a dotted path, or None."""
    part, _, name = path.rpartition(".")
    place = tree.get(part) if part else tree
    return place.get(name) if isinstance(place, dict) else None
