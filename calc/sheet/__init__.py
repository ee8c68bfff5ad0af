"""Parts common to all sheets: lines, names, the work at the bench on the source."""
