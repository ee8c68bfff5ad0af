"""The words of the record's endpoint: titles and details of its refusals."""

from __future__ import annotations

#: The title of each kind of refusal, beside those of the other endpoints.
TITLES = {
    "key": "This address wants a key of the record",
    "forbidden": "This key may not do that",
    "conflict": "The batch has changed since",
    "request-reused": "The number of the request was used before",
    "not-saved": "Not saved",
    "not-set-up": "There is no record yet",
    "act": "The record refuses that",
}
KEY = "Send the header Authorization: Bearer, and a key that has not ended. No cookie is taken here."
FORBIDDEN = "The key was made without this act, or a setting of the pharmacy is against it."
SIGNATURE_NEEDS_A_PERSON = (
    "A person signs for this, with name and secret, on a page of the record. A machine never does."
)
CONFLICT = "{stream} is at version {version} now. Read it again before you write."
REQUEST_REUSED = "Another body came with this request. Make a new number for each act."
NOT_SAVED = "Nothing of it is kept ({why}). Send the same again, with the same request."
NOT_SET_UP = "On the server, run: {command}."

#: Sentences of what is wrong in a body or a query, by code.
SENTENCES = {
    "unknown_field": "There is no such name here.",
    "no_request_number": "Give a UUID, a new one for each act.",
    "not_whole": "Give a whole number, 0 or more.",
}
