"""Published dates typed for this preparation: days, where it was kept, and who found it."""

from typing import Any

from tests.second_engine.order import Study
from tests.second_engine.reader import Reader

KEPT = ("refrigerator", "room temperature", "freezer")
NAMES = ("days", "storage", "reference")
MOST = 8


def read_studies(reader: Reader, beyond_use: dict[str, Any]) -> tuple[Study, ...]:
    """The studies of an order, every part of each required."""
    items = beyond_use.get("studies")
    if items is None:
        return ()
    if not isinstance(items, list):
        reader.fault("wrong_type", "beyond_use.studies")
        return ()
    if len(items) > MOST:
        reader.fault("list_too_long", "beyond_use.studies")
        return ()
    found = []
    for index, item in enumerate(items):
        path = f"beyond_use.studies.{index}"
        if not isinstance(item, dict):
            reader.fault("wrong_type", path)
            continue
        reader.unknown(item, f"{path}.", NAMES)
        for name in NAMES:
            if item.get(name) is None:
                reader.fault("required", f"{path}.{name}")
        days = reader.count(item, f"{path}.days", like="beyond_use.studies.days")
        storage = reader.choice(item, f"{path}.storage", KEPT)
        reader.text(item, f"{path}.reference")
        if days is not None and storage is not None:
            found.append(Study(days, storage))
    return tuple(found)
