"""Inputs with one thing changed."""


def changed(path, old, new, count=1):
    """Replace text of a file that must be in it, and return its path."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return path
