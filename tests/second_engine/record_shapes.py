"""Four shapes of a batch, worked out by hand: their steps, what each is aimed at, and what is read at each point.

From `docs/record.md` ("Points") and the design of the record, 1.4. Masses are milligrams, volumes milliliters.
"""

from dataclasses import dataclass, field
from fractions import Fraction

PRESCRIBED = ("drug", "form", "dose", "quantity")
TABLETS = ("source_drug", "source_strength", "immediate", "source_lot", "source_expiry")
CONTAINERS = ("diluent.name", "diluent.lot", "size", "capsule.lot")
LABEL = ("label_number", "label_drug", "label_strength", "label_quantity", "label_until")
#: Fill of a capsule, and of thirty.
ONE_FILL = Fraction("137.6")
FILL = 30 * ONE_FILL


@dataclass(frozen=True)
class Point:
    """A point: entries and lots that it waits for, the first step that uses up what is read, and what is read."""

    key: str
    needs: tuple
    components: tuple
    before: str
    reads: tuple


@dataclass(frozen=True)
class Shape:
    """A shape: its order, steps in the order of the work, points, components, what is made, and how long it keeps."""

    order: dict
    steps: tuple
    points: tuple
    components: tuple
    planned: int
    unit: str
    days: int
    right: dict
    tablets: int = 0
    strength: Fraction = Fraction(0)
    wide: tuple = ()
    drug_masses: tuple = ()
    wanted: tuple = ()
    before: tuple = ()
    targets: dict = field(default_factory=dict)

    @property
    def most(self):
        """What may be made at most: no capsule more, of a liquid 3 % more."""
        return self.planned * (Fraction(103, 100) if self.unit == "mL" else 1)

    def target(self, step, mass):
        """What a step is aimed at, with so many mg of tablets together; None while it is not known."""
        found = self.targets.get(step)
        if callable(found):
            return None if mass is None else found(mass)
        return found


_NALTREXONE = {"drug": "naltrexone", "form": "capsules", "dose": "4.5 mg", "quantity": "30"}
_BOTTLE = {"source_drug": "naltrexone", "source_strength": "50 mg", "immediate": "yes"}
_BOXES = {"diluent.name": "microcrystalline cellulose PH-101", "size": "3"}
_LABELS = {"label_number": "26-000123", "label_drug": "naltrexone", "label_strength": "4.5 mg"}
_CAPSULE = {"size": "3", "fill_mass": "137.6 mg"}
_THIRTY = {"components": ("source", "diluent", "capsule"), "planned": 30, "unit": "capsules", "days": 179}
_RELEASE = Point("release", (), (), "", ("made", *LABEL))


def _crushing(before):
    """The point before the tablets, counted and weighed, are crushed by a step."""
    weighed = ("count_tablets", "all_tablets")
    return Point("crushing", weighed, ("source",), before, (*PRESCRIBED, *TABLETS, *weighed))


#: 2.7 of three tablets of 50 mg for thirty capsules of 4.5 mg: nine tenths of their powder.
PLAIN = Shape(
    order={"dose": "4.5 mg", "quantity": 30, "source": {"strength": "50 mg"}, "capsule": _CAPSULE},
    steps=(
        "protect",
        "shells",
        "count_tablets",
        "all_tablets",
        "crush",
        "portion",
        "diluent",
        "begin_blend",
        "end_point",
    ),
    points=(
        _crushing("crush"),
        Point(
            "mixing", ("portion", "diluent"), ("diluent", "capsule"), "begin_blend", ("portion", "diluent", *CONTAINERS)
        ),
        _RELEASE,
    ),
    **_THIRTY,
    right={**_NALTREXONE, **_BOTTLE, **_BOXES, **_LABELS},
    tablets=3,
    strength=Fraction(50),
    wide=("diluent",),
    drug_masses=("portion",),
    targets={
        "count_tablets": Fraction(3),
        "shells": Fraction(40),
        "portion": lambda mass: mass * Fraction(9, 10),
        "diluent": lambda mass: FILL - mass * Fraction(9, 10),
    },
)

#: Steps of a trituration; until the tablets are weighed, all of them may yet be crushed and a portion taken.
_STEPS = (
    "protect",
    "shells",
    "count_tablets",
    "all_tablets",
    "diluent",
    "trituration_diluent-1",
    "rub_diluent-1",
    "crush_in_diluent-1",
    "trituration_mix-1",
    "aliquot-1",
    "trituration_diluent-2",
    "trituration_mix-2",
    "aliquot-2",
    "begin_blend",
    "end_point",
)
#: 3 mg for thirty capsules of 0.1 mg: 150 mg of drug in 1500 mg, a tenth of that in 1000 mg, three tenths of that.
TRITURATED = Shape(
    order={"dose": "0.1 mg", "quantity": 30, "source": {"strength": "50 mg"}, "capsule": _CAPSULE},
    steps=_STEPS,
    points=(
        _crushing("crush_in_diluent-1"),
        Point(
            "mixing-1",
            ("trituration_diluent-1",),
            ("diluent", "capsule"),
            "rub_diluent-1",
            ("all_of_the_powder", "trituration_diluent-1", *CONTAINERS),
        ),
        Point(
            "mixing-2",
            ("aliquot-1", "trituration_diluent-2"),
            (),
            "trituration_mix-2",
            ("aliquot-1", "trituration_diluent-2"),
        ),
        Point("mixing", ("aliquot-2", "diluent"), (), "begin_blend", ("aliquot-2", "diluent")),
        _RELEASE,
    ),
    **_THIRTY,
    right={
        **_NALTREXONE,
        **_BOTTLE,
        **_BOXES,
        **_LABELS,
        "dose": "0.1 mg",
        "label_strength": "0.1 mg",
        "all_of_the_powder": "all of it",
    },
    tablets=3,
    strength=Fraction(50),
    before=(*_STEPS[:4], "crush", "portion", *_STEPS[4:]),
    targets={
        "count_tablets": Fraction(3),
        "shells": Fraction(40),
        "diluent": Fraction(3828),
        "trituration_diluent-1": lambda mass: 1500 - mass,
        "aliquot-1": Fraction(100),
        "trituration_diluent-2": Fraction(900),
        "aliquot-2": Fraction(300),
    },
)

#: 135 mg of drug in a powder of which 98.5 % are drug.
POWDER = Shape(
    order={
        "dose": "4.5 mg",
        "quantity": 30,
        "source": {"kind": "powder", "assay": "98.5 %", "assay_basis": "as is"},
        "capsule": _CAPSULE,
    },
    steps=("protect", "shells", "portion", "diluent", "begin_blend", "end_point"),
    points=(
        Point(
            "mixing",
            ("portion", "diluent"),
            ("source", "diluent", "capsule"),
            "begin_blend",
            (
                *PRESCRIBED,
                "source_drug",
                "assay",
                "basis",
                "source_lot",
                "source_expiry",
                "portion",
                "diluent",
                *CONTAINERS,
            ),
        ),
        _RELEASE,
    ),
    **_THIRTY,
    right={
        **_NALTREXONE,
        **_BOXES,
        **_LABELS,
        "source_drug": "naltrexone",
        "assay": "98.5 %",
        "basis": "hydrochloride",
    },
    wide=("diluent",),
    targets={
        "shells": Fraction(40),
        "portion": Fraction(135) / Fraction("0.985"),
        "diluent": FILL - Fraction(135) / Fraction("0.985"),
    },
)

#: 100 mL of 1 mg/mL: two whole tablets, nothing weighed.
LIQUID = Shape(
    order={
        "preparation": "liquid",
        "dose": "4.5 mg",
        "strength": "1 mg/mL",
        "volume": "100 mL",
        "vehicle": {"name": "water", "storage": "refrigerator"},
    },
    steps=("protect", "count_tablets", "crush", "wet", "to_volume", "look"),
    points=(
        Point(
            "crushing",
            ("count_tablets",),
            ("source",),
            "crush",
            ("drug", "form", "strength", "volume", "dose", *TABLETS, "count_tablets"),
        ),
        Point("release", (), ("vehicle",), "", ("vehicle.name", "vehicle.lot", "bottles", *LABEL)),
    ),
    components=("source", "vehicle"),
    planned=100,
    unit="mL",
    days=13,
    right={
        **_NALTREXONE,
        **_BOTTLE,
        **_LABELS,
        "form": "oral liquid",
        "strength": "1 mg/mL",
        "volume": "100 mL",
        "vehicle.name": "water",
        "bottles": "1",
        "label_strength": "1 mg/mL",
        "label_quantity": "100 mL",
    },
    wanted=("to_volume",),
    targets={"count_tablets": Fraction(2), "to_volume": Fraction(100)},
)
SHAPES = {"plain": PLAIN, "triturated": TRITURATED, "powder": POWDER, "liquid": LIQUID}
