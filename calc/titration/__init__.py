"""A schedule of doses as capsules, in two ways side by side; each batch is an order of capsules with its own plan.

- `schedule`: what is asked, validated: the steps, doses a day, the first day, and the order that every batch follows.
- `plan`: what is answered, complete data. `planning`: `titrate(schedule, library)`; `acknowledging`: matches override
  reasons to the stops of each batch.
- `contract`, `answer`: the JSON answer and its types. `sheet`, `leaflet`: finished strings for page and leaflet.
"""
