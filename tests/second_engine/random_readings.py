"""Random readings of a point of a batch: as things are, as they may be written otherwise, or one of them wrong."""

from fractions import Fraction

#: The same, written otherwise.
OTHERWISE = {
    "drug": "Naltrexone HCl",
    "source_drug": "naltrexone hydrochloride",
    "label_drug": "NALTREXONE",
    "dose": {"4.5 mg": "4500 mcg", "0.1 mg": "100 mcg"},
    "source_strength": {"50 mg": "0.05 g"},
    "label_strength": {"4.5 mg": "4500 mcg", "0.1 mg": "100 mcg"},
}
#: What a wrong reading says.
WRONG = {
    "drug": "ketamine",
    "source_drug": "ketamine",
    "label_drug": "ketamine",
    "form": "tablets",
    "dose": "45 mg",
    "quantity": "31",
    "source_strength": "25 mg",
    "immediate": "no",
    "zeroed": "no",
    "size": "4",
    "diluent.name": "lactose",
    "strength": "10 mg/mL",
    "volume": "10 mL",
    "assay": "89.5 %",
    "basis": "base",
    "vehicle.name": "juice",
    "bottles": "2",
    "label_number": "26-000132",
    "label_strength": "45 mg",
    "label_until": "2029-01-01",
    "all_of_the_powder": "a part of it",
    "made": "17",
}


def readings(rng, model, key):
    """The values of a point, right or one of them wrong."""
    points = [point for point in model.shape.points if point.key == key]
    names = model.reads(points[0])
    values = {}
    for name in names:
        try:
            there = model.truth(name)
        except (KeyError, TypeError):
            there = "1"
        values[name] = written(rng, model, name, there)
    if rng.random() < (0.6 if model.tries.get(key) else 0.25) and names:
        weighed = [name for name in names if name in model.shape.steps]
        name = rng.choice(weighed if weighed and rng.random() < 0.4 else names)
        if rng.random() < 0.1:
            values[name] = ""
        elif name in model.shape.steps and name != "count_tablets":
            values[name] = values[name].replace("mg", "g") if rng.random() < 0.3 else f"1{values[name]}"
        elif name.endswith(".boat"):
            values[name] = "9"
        elif "lot" in name:
            values[name] = "Z9"
        elif "expiry" in name:
            values[name] = "2029-03-31"
        else:
            liquid = model.shape.unit == "mL" and name == "label_quantity"
            values[name] = "7 mL" if liquid else WRONG.get(name, "7")
    return values


def written(rng, model, name, there):
    """A right reading, written one way or another."""
    if isinstance(there, list):
        shown = [each.lower() if "lot" in name and rng.random() < 0.5 else each for each in there]
        rng.shuffle(shown)
        return "\n".join(shown)
    if name in model.shape.steps and there.endswith("mg"):
        mass = round(Fraction(there.split()[0]))
        return f"{mass + rng.choice((0, 0, 0, 1, -1, 2))} mg"
    other = OTHERWISE.get(name)
    if other is None or rng.random() < 0.5:
        return there
    return other.get(there, there) if isinstance(other, dict) else other
