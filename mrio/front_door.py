"""Public names of a package, imported when they are first asked for, so that the package itself loads quickly."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

from mrio.errors import needing_extras


def importing_late(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package: name -> what the module in `homes` has by that name.

    Raises
    ------
    AttributeError
        (the function returned) For a name that is not public.
    MissingPackageError
        (the function returned) If the module needs a package that is not installed.
    """

    def __getattr__(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        with needing_extras(f"{package}.{name}"):
            value: object = getattr(import_module(homes[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
