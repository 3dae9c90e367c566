"""The faces figures are set in: Arimo, as wide as Arial, and WenQuanYi Micro Hei for Chinese; both are dependencies.

Figures so look the same on every machine.  Where the Chinese face is lacking, one of the machine's own serves.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

LATIN, HAN = "Arimo", "WenQuanYi Micro Hei"
#: Face -> the package that brings it and the file in it.
SHIPPED = {
    LATIN: ("fontpkg_arimo", "files/Arimo[wght].ttf"),
    HAN: ("paperang_p2_fonts_cjk", "fonts/wqy-microhei.ttc"),
}
#: Families with Chinese glyphs on Windows, macOS and Linux, in order of preference.
CJK_FAMILIES = (
    HAN, "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "SimHei", "PingFang SC",
    "Heiti SC", "WenQuanYi Zen Hei", "Arial Unicode MS",
)  # fmt: skip
#: What an editor or browser that lacks a face takes for it.
INSTEAD = {LATIN: "Arial, Helvetica", HAN: "'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC'"}
NO_CHINESE_FACE = (
    "no Chinese font was found, so figures with Chinese words (_zh) are not made; "
    "install paperang-p2-fonts-cjk with pip, or any Chinese font, and run again"
)


def shipped(face: str) -> Path | None:
    """Return the file of a face that came as a dependency, None where it did not."""
    package, name = SHIPPED[face]
    found = find_spec(package)
    places = list(found.submodule_search_locations or ()) if found else []
    files = [Path(place) / name for place in places]
    return next((path for path in files if path.is_file()), None)


def chinese_possible() -> bool:
    """Return whether Chinese can be drawn; matplotlib is asked only where the face of ours is lacking."""
    return shipped(HAN) is not None or han_family() is not None


@cache
def families() -> tuple[str, ...]:
    """Return the families figures are set in, in order; what none of them has is set in matplotlib's own."""
    from matplotlib import font_manager

    for path in filter(None, map(shipped, SHIPPED)):
        font_manager.fontManager.addfont(path)
    latin = [LATIN] if shipped(LATIN) else []
    return (*latin, *filter(None, [han_family()]), "DejaVu Sans")


@cache
def han_family() -> str | None:
    """Return the family Chinese is set in: ours, or the first one of the machine's; None where there is none."""
    if shipped(HAN):
        return HAN
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    if not known & set(CJK_FAMILIES):
        # fonts installed since matplotlib built its cache: look at the files themselves
        for path in font_manager.findSystemFonts():
            try:
                font_manager.fontManager.addfont(path)
            except (OSError, RuntimeError):
                continue
        known = {font.name for font in font_manager.fontManager.ttflist}
    return next((family for family in CJK_FAMILIES if family in known), None)


def with_instead(svg: str) -> str:
    """Return an SVG in which every face is followed by those that stand in for it."""
    for face, others in INSTEAD.items():
        svg = svg.replace(f"'{face}'", f"'{face}', {others}")
    return svg.replace("'DejaVu Sans'", "'DejaVu Sans', sans-serif")
