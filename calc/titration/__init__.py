"""A schedule of rising or falling doses as capsules, in two ways side by side, with a calendar; neither is preferred.

- `asked`: what is asked, validated: the schedule, doses a day, the first day, and the order that every batch follows.
- `titrated`: what comes out, as complete data. `working`: `titrate(asked, library)`, which finds it; it plans each
  batch with `calc.capsule.planning`. `reasons`: which acknowledgement lets which stop of which batch pass.
- `contract`, `answer`: the answer of the endpoint and its types. `sheet`: finished strings for page and leaflet.
"""

from __future__ import annotations

from calc.titration.planning import titrate
from calc.titration.schedule import Titration

__all__ = ["Titration", "titrate"]
