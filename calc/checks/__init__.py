"""Checks on finished capsules: what is asked, what a sample weighs or holds, the verdict, and the answer to it.

- `asked`: the masses or contents of a sample, complete and validated. `working`: the shown work of one check.
- `weights`: the fills against the theoretical fill. `uniformity`: contents by assay, USP <905>.
- `ordered`: the order that the capsules were made by. `dose`: how sure the dose of one is; `shown`: that as answered.
- `answers`: either check as the endpoint answers it. `plot`: its dots against the limits, to scale; `doubts`: how sure
  the dose is, in words.
"""
