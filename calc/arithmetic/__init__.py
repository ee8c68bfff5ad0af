"""Exact figures with proved units: units, formulas, rounding, and how a figure is written."""
