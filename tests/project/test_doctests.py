"""The examples of the front door run as they stand, each name of it has one, and a wrong one would be seen."""

import doctest
import importlib
import inspect

import pytest

import mrio

#: Names that need no example of their own: a number of options, a text, and what the walkthrough of the estimate shows.
WITHOUT = {"EstimatorOptions", "__version__", "estimate_table"}
FRONT_DOOR = {name: getattr(mrio, name) for name in mrio.__all__ if name not in WITHOUT}
MODULES = sorted({thing.__module__ for thing in FRONT_DOOR.values()} | {"mrio.units"})


@pytest.fixture(autouse=True)
def _at_the_root(repo, monkeypatch):
    """Examples name files of the project from its root, and make nothing."""
    monkeypatch.chdir(repo)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_run(name):
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0 and result.attempted > 0


@pytest.mark.parametrize("name", sorted(FRONT_DOOR))
def test_every_public_name_has_an_example(name):
    thing = FRONT_DOOR[name]
    texts = [inspect.getdoc(thing), inspect.getdoc(getattr(thing, "from_arrays", None))]
    assert any("Examples\n--------" in text and ">>> " in text for text in texts if text)


def test_a_wrong_example_is_seen():
    test = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    assert doctest.DocTestRunner(verbose=False).run(test, out=lambda text: None).failed == 1
