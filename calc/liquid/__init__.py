"""Oral liquids: a suspension of crushed tablets, or of bulk powder, brought to volume with a vehicle.

- `order`: what is asked, validated. `plan`: what is answered, complete data.
- `planning`: `plan_liquid(order, library)`, which knows all rules of a liquid; `source`: the tablets or the powder;
  `measuring`: the dose on a syringe, the bottle, the volumes that take whole tablets.
- `contract`, `answer`: the JSON answer and its types. `bench`, `sheet`, `papers`: finished strings for page and paper.
"""
