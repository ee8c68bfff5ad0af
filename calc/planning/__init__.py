"""Parts common to all plans: shown work, codes, stops, the source of the drug, the steps at the bench."""
