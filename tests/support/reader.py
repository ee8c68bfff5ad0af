"""A second person who reads what is really there: prescription, bottle, tray, balance, containers and label.

`Bench` is what really lies there, whatever the record says of it.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from calc.arithmetic.notation import exact
from calc.arithmetic.units import MG, same_kind
from calc.record.batch.blind import differing, read_values
from calc.record.batch.codes import CHOICES
from calc.record.batch.points import point_named
from calc.record.batch.values import FORM_OF, values_of


def compare(state, point, values, library):
    """The names of the values of a point that differ, of what is typed."""
    return differing(state, point, read_values(state, point, values), library)


@dataclass
class Bench:
    """What lies at the bench of one batch: each thing as it would be read, masses in mg, nets in boats of a tare."""

    prescription: dict = field(default_factory=dict)
    bottle: dict = field(default_factory=dict)
    lots: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)
    masses: dict = field(default_factory=dict)
    boats: dict = field(default_factory=dict)
    containers: dict = field(default_factory=dict)
    label: dict = field(default_factory=dict)

    def read(self, state, key, weigh=lambda mass: mass):
        """The values of a point as they are read; `weigh` gives the reading of a mass in mg."""
        return {each.name: self._one(state, each, weigh) for each in values_of(state, point_named(state, key))}

    def _one(self, state, asked, weigh):
        name = asked.name
        for known in (self.prescription, self.bottle, self.containers, self.label):
            if name in known:
                return known[name]
        if asked.kind in ("lots", "dates"):
            found = self.lots[asked.stands_on.removeprefix("lot.")]
            return "\n".join(each[asked.kind == "dates"] for each in found)
        if name.endswith(".boat"):
            return self.boats[asked.stands_on][0]
        if asked.kind in ("mass", "gross"):
            mass = Fraction(self.masses[name]) + (Fraction(self.boats[name][1]) if asked.kind == "gross" else 0)
            return f"{exact(weigh(mass))} mg"
        return str({"zeroed": "yes", "all_of_the_powder": "all of it", **self.counts}[name])


def bench_of(state):
    """What lies there if the record of a batch is right in all."""
    order, drug = state.order, state.order["drug"]
    name = drug if isinstance(drug, str) else drug["name"]
    source = order["source"]
    bench = Bench()
    bench.prescription = {"drug": name, "form": FORM_OF[state.preparation], "dose": order["dose"]}
    for path in ("quantity", "strength", "volume"):
        if order.get(path) is not None:
            bench.prescription[path] = str(order[path])
    if state.is_liquid and order["strength"] is not None and "/" not in order["strength"]:
        bench.prescription["strength"] = f"{order['strength']}/mL"
    bench.bottle = {"source_drug": name, "immediate": "yes"}
    told = {"strength": "source_strength", "drug_in_gram": "drug_in_gram", "assay": "assay", "water": "water"}
    bench.bottle |= {to: source[path] for path, to in told.items() if source.get(path)}
    bench.bottle |= {"basis": source["basis"]} if source.get("basis") else {}
    for lot in state.lots:
        bench.lots.setdefault(lot.component, []).append((lot.lot, lot.expiry))
    for step, entry in state.entries.items():
        if entry.actual is not None and same_kind(entry.actual.unit, MG):
            bench.masses[step] = entry.actual.to(MG).value
        elif entry.actual is not None:
            bench.counts[step] = exact(entry.actual)
        if entry.boat or entry.tare is not None:
            bench.boats[step] = (entry.boat, Fraction(0) if entry.tare is None else entry.tare.to(MG).value)
    bench.counts["number_crushed"] = order["source"].get("tablets_crushed") or bench.counts.get("count_tablets", 0)
    bench.containers = {"size": order.get("capsule", {}).get("size", "")}
    bench.containers["diluent.name"] = order.get("diluent", {}).get("name", "")
    vehicle = order.get("vehicle", {})
    bench.containers["vehicle.name"] = vehicle.get("name", "")
    for at, part in enumerate(vehicle.get("parts", ())):
        bench.containers[f"vehicle.parts.{at}.name"] = part["name"]
    for at, part in enumerate(order.get("ingredients", ())):
        bench.containers[f"ingredients.{at}.name"] = part["name"]
    made = None if state.made is None else state.made.value
    quantity = bench.prescription.get("quantity", "0")
    bench.counts |= {"made": "" if state.on_hand is None else exact(state.on_hand), "bottles": 1}
    bench.label = {
        "label_number": state.number,
        "label_drug": name,
        "label_strength": bench.prescription.get("strength", order["dose"]),
        "label_quantity": order.get("volume") or str(min(int(quantity), int(made or 0))),
        "label_until": state.use_until or "",
    }
    return bench


#: A reason of each kind, for acts that need one.
REASON = {kind: choices[0] for kind, choices in CHOICES.items()}
