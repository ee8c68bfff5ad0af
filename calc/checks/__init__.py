"""Checks on finished capsules: the validated sample, its shown work, the verdict, and the answer.

- `sample`: the masses of a sample; `assayed`: contents. `from_order`: the sample of an order, with its fill.
- `weights`: the fills against the theoretical fill; `mass_balance`: all of them against what was weighed in.
- `uniformity`: contents by assay, USP <905>; `contents_rule`: by mass, BP and Ph. Eur. `work`: shown work.
- `uncertainty`: the uncertainty of the dose of one capsule; `uncertainty_answer`, `uncertainty_sheet`: as shown.
- `contract`, `answer`: the JSON answers and their types. `sheet`: finished strings for the page; `plot`: the dots
  against the limits, to scale.
"""
