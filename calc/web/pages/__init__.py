"""The HTML pages and the papers that they link to."""
