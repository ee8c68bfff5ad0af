"""Capsules: the order, its plan, the answer, the sheet and the papers."""
