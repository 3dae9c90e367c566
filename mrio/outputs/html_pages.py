"""Web pages from the templates of this room: whatever a label holds, it is text (autoescape)."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent


def rendered(name: str, **values: object) -> str:
    """Return a page.

    Parameters
    ----------
    name : str
        Template, relative to this room (``atlas/page.html``).
    **values
        What its blanks are filled with: text is escaped, ``tojson`` writes data that cannot end the element it stands
        in, :class:`markupsafe.Markup` is left as it is.

    Raises
    ------
    jinja2.UndefinedError
        If a blank is not given.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False, "allow_nan": False, "separators": (",", ":"),
    }  # fmt: skip
    return environment.get_template(name).render(**values)
