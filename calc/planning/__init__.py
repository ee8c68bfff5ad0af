"""What every plan is worked out with: its steps, codes, parts, stops, the source of the drug."""
