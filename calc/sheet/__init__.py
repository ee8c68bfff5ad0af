"""What every sheet is made of: lines, names, the work at the bench on the source."""
