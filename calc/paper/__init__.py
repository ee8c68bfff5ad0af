"""Parts common to all papers: the press, the code, the record, the label and the leaflet."""
