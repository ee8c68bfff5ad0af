"""Oral liquids: crushed tablets or bulk powder, suspended and brought to volume with a vehicle.

- `order`: the validated order. `plan`: the complete plan, as data.
- `planning`: `plan_liquid(order, library)`, which holds all rules of a liquid; `source`: the tablets or the powder;
  `measuring`: the dose on a syringe, the bottle, volumes of whole tablets.
- `contract`, `answer`: the JSON answer and its types. `bench`, `sheet`, `papers`: finished strings for page and paper.
"""
