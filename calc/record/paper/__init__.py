"""The compounding record on paper: everything that was kept of a batch as finished strings, and set in type."""
