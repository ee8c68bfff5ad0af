"""JSON text beside the standard library's: the same bytes, whatever a tree holds."""

import json

from hypothesis import given
from hypothesis import strategies as st

from calc.answers.json_text import canonical, written

TEXTS = st.text() | st.text(st.characters(min_codepoint=0, max_codepoint=0x7F)) | st.sampled_from(["\x7f", "\ud800"])
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda part: st.lists(part, max_size=4) | st.dictionaries(TEXTS, part, max_size=4),
    max_leaves=20,
)


@given(TREES)
def test_a_line_is_what_the_standard_library_writes(tree):
    said = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
    assert written(tree) == said


@given(TREES)
def test_the_canonical_text_is_what_the_standard_library_writes(tree):
    said = json.dumps(tree, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")
    assert canonical(tree) == said
