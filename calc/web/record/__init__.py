"""The pages and endpoints of the record: people, batches, checks, the log."""
