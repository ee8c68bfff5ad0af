"""Capsules from tablets or bulk powder: what the program exists for.

- `order`: what is asked, validated. `plan`: what is answered, complete data.
- `planning`: `plan(order, library)`, which knows all rules of a capsule and the order in which they apply.
- `contract`, `conditions`, `answer`: the JSON answer, its types, and what its uncertainty rests on.
- `sheet`, `components`, `papers`: finished strings for page, preparation sheet, label and leaflet. `fhir`: FHIR R5.
"""
