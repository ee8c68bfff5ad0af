"""What every edge of the program calls: one order or many, its preparation, internal errors, the clock."""
