"""A schedule of doses as capsules, in two ways side by side; each batch is an order of capsules with its own plan.

- `schedule`: the validated input: steps, doses per day, first day, and the order that every batch follows.
- `plan`: the complete result, as data. `planning`: `titrate(titration, library)`. `acknowledging`: matches override
  reasons to the stops of all batches.
- `contract`, `answer`: the JSON answer and its types. `sheet`, `leaflet`: finished strings for page and leaflet.
"""
