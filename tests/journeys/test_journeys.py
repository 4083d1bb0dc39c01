"""The journeys of a coordinator, told as transcripts beside this file."""

from pathlib import Path

import pytest

from transcript import Transcript

FILES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_typed_is_answered_as_it_is_told(file, tmp_path):
    told = file.read_text(encoding="utf-8")

    assert Transcript(tmp_path).run(told) == told
