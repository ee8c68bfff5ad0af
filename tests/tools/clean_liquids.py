"""Orders of liquids that nobody need question: usual doses, a month or a fortnight of them, as the vehicle keeps."""

NALTREXONE = (  # dose, drug in 1 mL, volume; tablets of 50 mg, in a preserved vehicle
    *(
        ("4.5 mg", "1 mg", "100 mL"),
        ("4.5 mg", "1 mg", "150 mL"),
        ("3 mg", "1 mg", "100 mL"),
        ("3 mg", "1 mg", "90 mL"),
    ),
    *(("1.5 mg", "1 mg", "50 mL"), ("4.5 mg", "5 mg", "30 mL"), ("3 mg", "5 mg", "20 mL"), ("2 mg", "1 mg", "60 mL")),
    *(("0.5 mg", "0.5 mg", "30 mL"), ("4.5 mg", "1.5 mg", "100 mL"), ("1 mg", "1 mg", "30 mL")),
    *(
        ("6 mg", "3 mg", "60 mL"),
        ("2.5 mg", "1 mg", "75 mL"),
        ("1.5 mg", "0.5 mg", "100 mL"),
        ("4 mg", "2 mg", "60 mL"),
    ),
)
NOT_PRESERVED = (("4.5 mg", "1 mg", "60 mL"), ("1.5 mg", "1 mg", "20 mL"), ("3 mg", "1 mg", "42 mL"))
WEIGHED = (("4.5 mg", "1 mg", "135 mL", 3, "0.480 g"), ("2.5 mg", "1 mg", "80 mL", 2, "0.322 g"))
OTHERS = (  # dose, drug in 1 mL, volume, drug in a tablet, doses a day: drugs without a file
    *(("10 mg", "5 mg", "120 mL", "25 mg", 2), ("10 mg", "5 mg", "60 mL", "25 mg", 1)),
    *(("2.5 mg", "1 mg", "75 mL", "5 mg", 1), ("5 mg", "5 mg", "90 mL", "10 mg", 3)),
    *(("50 mg", "25 mg", "120 mL", "250 mg", 2), ("12.5 mg", "5 mg", "75 mL", "50 mg", 1)),
    *(("20 mcg", "20 mcg", "30 mL", "0.1 mg", 1), ("30 mg", "10 mg", "90 mL", "100 mg", 1)),
    *(("0.5 mg", "0.5 mg", "60 mL", "1 mg", 2), ("40 mg", "20 mg", "60 mL", "300 mg", 1)),
)
BULK = (("4.5 mg", "1 mg", "150 mL"), ("4.5 mg", "5 mg", "30 mL"), ("3 mg", "1 mg", "105 mL"))


def clean_liquids():
    """Thirty-odd orders, each made on the day on which its tablets were weighed."""
    for dose, strength, volume in NALTREXONE:
        yield liquid(dose, strength, volume, "yes", strength_of_tablet="50 mg")
    for dose, strength, volume in NOT_PRESERVED:
        yield liquid(dose, strength, volume, "no", strength_of_tablet="50 mg")
    yield liquid("4.5 mg", "1 mg", "0.3 L", "no", strength_of_tablet="50 mg", aqueous="no")
    for dose, strength, volume, tablets, mass in WEIGHED:
        tree = liquid(dose, strength, volume, "yes", strength_of_tablet="50 mg")
        tree["source"] |= {"tablets_weighed": tablets, "total_mass": mass}
        yield tree
    for dose, strength, volume, tablet, doses_per_day in OTHERS:
        tree = liquid(dose, strength, volume, "yes", strength_of_tablet=tablet)
        yield {**tree, "drug": {"name": "Example drug"}, "doses_per_day": doses_per_day}
    for dose, strength, volume in BULK:
        yield {**liquid(dose, strength, volume, "yes"), "source": {"kind": "powder", "assay": "98.5 %"}}
    bulk = {"kind": "powder", "assay": "99 %"}
    yield {**liquid("20 mg", "10 mg", "60 mL", "yes"), "drug": {"name": "Example drug"}, "source": bulk}


def liquid(dose, strength, volume, preserved, *, strength_of_tablet=None, aqueous="yes"):
    """One order, from tablets where their strength is given."""
    tree = {"preparation": "liquid", "dose": dose, "strength": strength, "volume": volume, "prepared_on": "2026-11-23"}
    tree["vehicle"] = {"name": "suspending vehicle", "aqueous": aqueous, "preserved": preserved}
    if strength_of_tablet is not None:
        tree["source"] = {"strength": strength_of_tablet}
    return tree
