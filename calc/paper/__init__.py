"""What every paper is made of: the press, the code, the record, the label and the leaflet."""
