"""Exact figures with proved units: units, formulas, rounding, notation."""
