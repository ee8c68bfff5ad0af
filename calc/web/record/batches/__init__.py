"""The pages of a batch: start page, list, opening, record, blind check, release, and what happens to it afterwards."""
