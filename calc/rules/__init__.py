"""The formulas of the pharmacy by subject. They take figures, never an order, and know nothing of one another."""
