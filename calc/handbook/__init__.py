"""The program laid open as pages to read: its formulas, its limits, what it knows of a drug, what was measured.

- `methods`: every formula by subject, from the registry itself; `example`: the figures of its worked example.
- `bounds`: every bound and default with unit, source and why.
- `drugs`: the file of one drug. `evidence`: the published figures.

Each is finished strings; a template only writes them down.
"""
