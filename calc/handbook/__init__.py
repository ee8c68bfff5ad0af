"""Reference pages generated from the program's own data: formulas, limits, drugs, published figures.

- `methods`: every formula by subject, from the registry itself; `example`: the figures of its worked example.
- `bounds`: every bound and default with its unit, source and reason.
- `drugs`: the file of one drug. `evidence`: the published figures.

Each returns finished strings; a template only writes them down.
"""
