"""A template that reaches for what it is made of is told so, and not what that is.

Kind: sentences in which Python speaks.
"""

import pytest


@pytest.mark.parametrize("reached", ["__globals__", "__init__.__globals__", "nosuch"])
def test_a_macro_has_nothing_to_be_asked_for(place, reached):
    template = place.register / "templates" / "minutes" / "evil.md"
    template.parent.mkdir(parents=True)
    macro = "{% macro m() %}{{ caller." + reached + " }}{% endmacro %}{% call m() %}x{% endcall %}"
    template.write_text(macro)
    said = place.refused(4, "minutes", "show", "inaugural", "--template", "evil")
    assert "it reaches for Python" in said
    assert "jinja2" not in said
