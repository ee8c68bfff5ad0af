"""Published dates typed for this preparation: days or hours, where it was kept, what they rest on, who found them."""

from typing import Any

from tests.second_engine.order import Study
from tests.second_engine.reader import Reader

KEPT = ("refrigerator", "room temperature", "freezer")
KINDS = ("study", "monograph", "recipe")
ANSWERS = ("unknown", "yes", "no")
NAMES = ("days", "hours", "storage", "reference", "container", "kind", "stability_indicating", "microbial")
MOST = 8


def read_studies(reader: Reader, beyond_use: dict[str, Any]) -> list[Study]:
    """Every published date of an order, in its order."""
    items = beyond_use.get("studies")
    if items is None:
        return []
    if not isinstance(items, list):
        reader.fault("wrong_type", "beyond_use.studies")
        return []
    if len(items) > MOST:
        reader.fault("list_too_long", "beyond_use.studies")
        return []
    read = []
    for index, item in enumerate(items):
        path = f"beyond_use.studies.{index}"
        if not isinstance(item, dict):
            reader.fault("wrong_type", path)
            continue
        study = _read(reader, item, path)
        if study is not None:
            read.append(study)
    return read


def _read(reader: Reader, item: dict[str, Any], path: str) -> Study | None:
    """One of them; None where it cannot be read."""
    reader.unknown(item, f"{path}.", NAMES)
    for name in ("storage", "reference"):
        if item.get(name) is None:
            reader.fault("required", f"{path}.{name}")
    if item.get("days") is None and item.get("hours") is None:
        reader.fault("required", f"{path}.days")
    elif item.get("days") is not None and item.get("hours") is not None:
        reader.fault("excludes_each_other", f"{path}.hours")
    days, hours = (reader.count(item, f"{path}.{name}", like=f"beyond_use.studies.{name}") for name in NAMES[:2])
    storage = reader.choice(item, f"{path}.storage", KEPT)
    reader.text(item, f"{path}.reference")
    container = reader.text(item, f"{path}.container")
    kind = reader.choice(item, f"{path}.kind", KINDS) or KINDS[0]
    indicating = reader.choice(item, f"{path}.stability_indicating", ANSWERS) == "yes"
    microbial = reader.choice(item, f"{path}.microbial", ANSWERS) == "yes"
    if storage is None:
        return None
    proven = kind == "study" and indicating and container is not None
    return Study(days, hours, storage, kind, proven, microbial)
