"""The words of the command line: its help, its errors, and the summary of refusals."""

from __future__ import annotations

ABOUT = "A compounding pharmacy's dosing calculator."
SERVE = "serve the page and the endpoint"
HOST = "address to listen on (default: this machine only)"
PORT = "port to listen on, from 0 (any that is free) to {most} (default: {port})"
DATA = "folder of the record of batches (default: TRITURATE_DATA; none without it)"
BAD_PORT = "give a whole number from 0 to {most}"

PLAN = "plan one order from options, or many from a file"
PLAN_ABOUT = (
    "Plans one order from options, or many from a CSV or NDJSON file, and writes an answer or a refusal for each, in "
    "order. A refusal stops no other order."
)
PLAN_USAGE = (
    "triturate plan --dose QUANTITY --quantity COUNT [field of the order ...] [output option ...]\n"
    "       triturate plan FILE [--from csv|ndjson] [output option ...]"
)
PLAN_AFTER = """\
A quantity is a number and a unit with a space between them. Fields are those of the endpoint:

  triturate plan --dose "4.5 mg" --quantity 30 --source.strength "50 mg" \\
    --source.tablets_weighed 3 --source.total_mass "0.480 g"
  triturate plan orders.csv --columns plan.tablets_to_crush,plan.portion.text,fingerprint > plans.csv
  cat orders.ndjson | triturate plan - > plans.ndjson

CSV is UTF-8, with commas, semicolons or tabs. Its first line names the fields of an order in whatever case ("dose",
"source.strength", "acknowledgements.0.code"); a unit stands in the cell or in a column of its own ("dose_unit"). Empty
cells, rows of empty cells and empty columns at the end are left out; a cell holds no line end. In the answer a refused
order has its status and says why under "problem"; a text that a spreadsheet would take for a formula has an apostrophe
before it. With --excel the answer begins with a byte-order mark.
NDJSON is one order of the endpoint a line, and one answer or problem a line. Lines are at most 64 KiB.

On standard error: a progress bar where it is a terminal, and at the end how many orders were planned and which codes
refused the others.

exit codes: 0 every order was planned; 1 it could not be done (a file, a setting, a mistake of the program); 2 the
command was not understood; 3 at least one order was refused
"""
FILE = "orders in CSV or NDJSON; - for standard input"
FROM = "what FILE holds (default: by its name; standard input is NDJSON)"
TO = "what is written (default: JSON for one order, else as it is read)"
OUTPUT = "file to write to, whole or not at all (default: standard output)"
FOLLOW_LINK = "let --output be a symbolic link, and write the file that it leads to"
COLUMNS = (
    "figures to write, by their dotted paths in the answer, with commas between; default: all of the answer, in CSV "
    "{default}"
)
JOBS = "processes that share the lines of FILE, from 1 to {most}; the answers keep their order (default: 1)"
BAD_JOBS = "give a whole number from 1 to {most}"
PROCESS_ENDED = "a process that worked on the orders ended before its answers"
ACKNOWLEDGE = "override a soft stop: its code and value as the refusal gave them, and one of the reasons it takes"
ORDER, RANGE, DEFAULT = "fields of one order", "from {low} to {high}", "left out: {default}"

NEEDS_ORDER = "give the fields of one order, or a file of orders"
NOT_BOTH = "give the fields of one order or a file of orders, not both"
WHICH_FORMAT = "{name} names neither CSV nor NDJSON: say which with --from"
LINK = "{name} is a symbolic link: name the file itself, or say --follow-link"
INTERRUPTED = "interrupted: nothing was written, {name} is as it was"
INTERRUPTED_ALONE = "interrupted"
SAME_FILE = "{name} is read and cannot be written to"
COLUMN_IS_GROUP = "column {column} holds more than one value; name one of: {parts}"
NOT_JSON = "JSON is written for one order; for many take csv or ndjson"
UTF_16 = "the file is UTF-16: save it as UTF-8 (in a spreadsheet, as CSV UTF-8)"
LATIN_1 = "the first line is not UTF-8 but Latin-1 or a code page of Windows: save the file as UTF-8 (CSV UTF-8)"
BARE_CR = "the lines end in carriage returns alone, as on old Macs: save the file with line feeds"
LONG_HEADER = "the first line is longer than 64 KiB; do the lines end in carriage returns alone, as on old Macs?"
UNKNOWN_COLUMNS = "the first line names columns that no order has: {names}"
NOT_EXCEL = "--excel goes with CSV; say --to csv"
EXCEL = "begin CSV with a byte-order mark, by which Excel knows that it is UTF-8"
NO_HEADER = "the file has no first line with the names of the fields"
BAD_HEADER = "the first line is not a line of CSV with the names of fields, each once: {name}"

#: Why one row of a file cannot be read as an order.
ROWS = {
    "utf8": "This row is not UTF-8 but Latin-1 or a code page of Windows; save the file as UTF-8 (CSV UTF-8).",
    "cr": "This row holds a carriage return; a row is one line.",
    "csv": "This row is not CSV: a quote is not closed, or more follows it.",
    "cells": "This row has {cells} cells; the first line has {names}.",
}
SUMMARY = "{orders}: {planned} planned, {refused} refused."
ONE_ORDER, ORDERS = "1 order", "{count} orders"
BY_CODE = "{count}  {code}"
