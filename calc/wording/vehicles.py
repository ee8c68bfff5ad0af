"""The words on vehicles: what the table of vehicles knows of them and what it does not."""

from __future__ import annotations

from calc.faults import NoticeCode

NOTICES = {
    NoticeCode.VEHICLE_OPEN: "Neither the order nor the table of vehicles says of {vehicles} whether a preservative "
    "works in it, or whether there is water in it at all. It counts as with water and not preserved. Read the bottle, "
    "and say so if it is otherwise.",
    NoticeCode.VEHICLE_UNLIKE_TABLE: "\u201c{vehicle}\u201d: by the table of vehicles it is {known}; the order says "
    "otherwise. The order counts: read the label of the bottle.",
    NoticeCode.MIXTURE_PRESERVED: "The mixture counts as preserved because the order says so, though not every part "
    "with water is. Have the formulation at hand that says it.",
}
#: What the table says of a vehicle, by fact and value.
KNOWN = {
    ("aqueous", "yes"): "with water",
    ("aqueous", "no"): "without water",
    ("preserved", "yes"): "preserved",
    ("preserved", "no"): "not preserved",
}
BY_TABLE, BY_PARTS = "by the table of vehicles", "as its parts are"
#: What the fields of an order and an answer mean, for the description of the endpoint.
FIELDS_OF_VEHICLES = {
    "LiquidPlanShown.vehicle": "The vehicle: what is measured of its parts, and what the table knows of it.",
    "VehicleShown.sugar_free": "Whether it is free of sugar by the table; null where that is not known of every part.",
    "VehicleShown.contains": "What is in it by the table that some patients must avoid.",
    "VehicleShown.mixed": "What its parts come to, mixed before use by their shares; null otherwise.",
    "VehicleShown.parts": "Its parts in the order of work; [] for a vehicle that is not mixed.",
    "PartOfVehicleShown.name": "What it is.",
    "PartOfVehicleShown.volume": "What is measured of it; null for the part that brings the whole to volume.",
    "in_table": "Whether the table of vehicles has it.",
    "VehiclePart.name": "As on its label.",
    "VehiclePart.share": "Whole parts of the mixture, in every part of it.",
    "VehiclePart.volume": "The volume that is measured, before another part brings the whole to volume.",
    "VehiclePart.to_volume": "Yes for the one part that brings the whole to volume.",
    "VehiclePart.lot": "Its lot.",
    "VehiclePart.expiry": "Its expiry, which bounds the date of the liquid.",
}
UNITS_OF_VEHICLES = {"VehicleShown.mixed": ("mL",), "PartOfVehicleShown.volume": ("mL",)}
