"""Services for every edge of the program: one order or many, preparations, internal errors, the clock."""
