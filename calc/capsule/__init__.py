"""Capsules from tablets or bulk powder: the preparation for which the program exists.

- `order`: the validated order. `plan`: the complete plan, as data.
- `planning`: `plan(order, library)`, which holds all rules of capsules and the order in which they apply.
- `contract`, `conditions`, `answer`: the types of the JSON answer, the conditions of its uncertainty, the answer.
- `sheet`, `components`, `papers`: finished strings for page, preparation sheet, label and leaflet. `fhir`: FHIR R5.
"""
