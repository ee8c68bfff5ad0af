"""Typed values out of a tree, field by field, with the faults gathered on the way."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.numbers import has_hidden, read_date, read_quantity
from tests.second_engine.order import Acknowledgement

ACKNOWLEDGEMENT = frozenset(("code", "value", "reason"))
LONGEST_TEXT = 40
LONGEST_LIST = 20
#: Hyphens of web pages, which the papers cannot print.
UNPRINTABLE = "\u2010\u2011"


class Reader:
    """Reads typed values out of a tree and gathers the faults."""

    def __init__(self) -> None:
        self.faults: list[dict[str, str]] = []

    def fault(self, code: str, field: str) -> None:
        """Note one fault, once."""
        entry = {"code": code, "field": field}
        if entry not in self.faults:
            self.faults.append(entry)

    def part(self, tree: dict[str, Any], name: str, names: Collection[str]) -> dict[str, Any]:
        """An object inside the tree; empty when absent or no object."""
        value = tree.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault("wrong_type", name)
            return {}
        self.unknown(value, f"{name}.", names)
        return value

    def unknown(self, tree: dict[str, Any], prefix: str, names: Collection[str]) -> None:
        """Fault every name that the contract does not have."""
        for name in tree:
            if name not in names:
                self.fault("unknown_field", f"{prefix}{name}")

    def _string(self, tree: dict[str, Any], field: str) -> str | None:
        """A string at the last name of a field's path, without the spaces around it."""
        value = tree.get(field.rpartition(".")[2])
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault("wrong_type", field)
            return None
        return value.strip(" ")

    def amount(
        self, tree: dict[str, Any], field: str, dimension: str = "mass", like: str | None = None
    ) -> Fraction | None:
        """A quantity: a mass in mg, a volume in mL, or a ratio in per cent, within the range of a field `like` it."""
        text = self._string(tree, field)
        if text is None:
            return None
        low, high = tables.RANGES[like or field]
        value, code = read_quantity(text, dimension, zero=low == 0)
        if value is None:
            self.fault(code or "number_format", field)
            return None
        if field == "allowance" and 0 < value < tables.LEAST_ALLOWANCE:
            self.fault("factor_not_percent", field)
            return None
        if not low <= value <= high:
            self.fault("out_of_range", field)
            return None
        return value

    def count(self, tree: dict[str, Any], field: str, like: str | None = None) -> int | None:
        """A JSON number that is whole, whichever way it is written."""
        value = tree.get(field.rpartition(".")[2])
        if value is None:
            return None
        if type(value).__name__ == "float" and value % 1 == 0:
            value = int(value)  # 30.0 is 30
        if type(value) is not int:
            self.fault("wrong_type", field)
            return None
        low, high = tables.RANGES[like or field]
        if not low <= value <= high:
            self.fault("out_of_range" if value else "zero_not_allowed", field)
            return None
        return value

    def text(self, tree: dict[str, Any], field: str, longest: int = LONGEST_TEXT) -> str | None:
        """Free text of printable characters."""
        value = self._string(tree, field)
        if value is None:
            return None
        if not value:
            self.fault("required", field)
        elif has_hidden(value):
            self.fault("hidden_character", field)
        elif any(sign in value for sign in UNPRINTABLE):
            self.fault("not_printable", field)
        elif len(value) > longest:
            self.fault("text_too_long", field)
        else:
            return value
        return None

    def choice(self, tree: dict[str, Any], field: str, choices: Collection[str]) -> str | None:
        """One of a closed list."""
        value = self._string(tree, field)
        if value is None:
            return None
        if value in choices:
            return value
        self.fault("unknown_choice" if value else "required", field)
        return None

    def day(self, tree: dict[str, Any], field: str, month: bool = False) -> date | None:
        """A date; an expiry may be a month."""
        text = self._string(tree, field)
        if text is None:
            return None
        day, code = read_date(text, month)
        if day is None:
            self.fault(code or "date_format", field)
        return day

    def drug(self, tree: dict[str, Any]) -> tuple[bool, str | None]:
        """Whether the drug has a file, and the name of one that has none."""
        drug = tree.get("drug")
        if isinstance(drug, dict):
            self.unknown(drug, "drug.", ("name",))
            if drug.get("name") is None:
                self.fault("required", "drug.name")
                return False, None
            name = self.text(drug, "drug.name")
            if name is not None and name.casefold() == tables.DEFAULT_DRUG:
                self.fault("drug_has_file", "drug.name")
            return False, name
        if isinstance(drug, str) and drug.strip(" ").casefold() == tables.DEFAULT_DRUG:
            return True, None  # a key in whatever case
        if drug is not None:
            self.choice(tree, "drug", (tables.DEFAULT_DRUG,))
        return True, None

    def acknowledgements(self, tree: dict[str, Any]) -> list[Acknowledgement]:
        """The list of acknowledgements, each complete."""
        items = tree.get("acknowledgements")
        if items is None:
            return []
        if not isinstance(items, list):
            self.fault("wrong_type", "acknowledgements")
            return []
        if len(items) > LONGEST_LIST:
            self.fault("list_too_long", "acknowledgements")
            return []
        read = []
        for index, item in enumerate(items):
            path = f"acknowledgements.{index}"
            if not isinstance(item, dict):
                self.fault("required" if item is None else "wrong_type", path)
                continue
            self.unknown(item, f"{path}.", ACKNOWLEDGEMENT)
            for name in ("code", "value", "reason"):
                if item.get(name) is None:
                    self.fault("required", f"{path}.{name}")
            code = self.choice(item, f"{path}.code", tables.HARD_STOPS | tables.SOFT_STOPS.keys())
            value = self.text(item, f"{path}.value")
            reason = self.choice(item, f"{path}.reason", tables.SOFT_STOPS.get(code or "", tables.REASONS))
            if code and value and reason:
                read.append(Acknowledgement(code, value, reason))
        return read
