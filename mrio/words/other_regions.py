"""What is said where the regions are not China's provinces: one word for another, less what holds of China alone.

Every text is written for China's provinces.  A study with regions of its own says the same of regions.
"""

from __future__ import annotations

import re

_BLANK = re.compile(r"(\{[^{}]*\})")
#: English texts: what is said of provinces -> what is said of any regions, in this order.
ENGLISH = (
    ("China's provinces", "regions"),
    ("Taiwan, Hong Kong and Macao are not covered by the data.", ""),
    ("Six sectors or 42: the table added up before computing, as the study did, or after.",
     "In fewer sectors the table is added up before computing, as the study did, in its own after."),
    ("Not covered: Taiwan, Hong Kong, Macao. Regions outside", "Regions outside"),
    ("Direct emissions, as shipped: CEADs inventories of the provinces, CO₂ of energy use and cement; where their "
     "sectors are coarser than the table's they are split by purchases of energy.",
     "Direct emissions are those of the emission file beside the table."),
    ("Flows between eight regions", "Flows between groups of regions"),
    ("flows between eight regions", "flows between groups of regions"),
    ("eight regions", "groups of regions"),
    ("Interprovincial", "Interregional"),
    ("interprovincial", "interregional"),
    ("Province", "Region"),
    ("province", "region"),
    ("Provincial", "Regional"),
    ("provincial", "regional"),
)  # fmt: skip
#: Chinese texts likewise.
CHINESE = (
    ("数据未涵盖台湾、香港和澳门。", ""),
    ("六部门为先合并部门后计算（与原文一致），42部门为计算后再合并；",
     "较粗部门为先合并后计算（与原文一致），自身部门为计算后再合并；"),
    ("中国省际", "地区间"),
    ("未涵盖：台湾、香港、澳门。", ""),
    ("直接排放（默认数据）：CEADs省级排放清单（能源活动与水泥的CO₂）；清单部门粗于投入产出表部门时，按能源投入拆分。",
     "直接排放取自投入产出表旁的排放文件。"),
    ("八大区域间", "区域组间"),
    ("八大区域", "区域组"),
    ("中国省域", "地区间"),
    ("省际", "地区间"),
    ("省域", "地区"),
    ("省份", "地区"),
    ("各省", "各地区"),
    ("本省", "本地区"),
    ("他省", "其他地区"),
    ("外省", "其他地区"),
    ("省级", "地区"),
    ("省", "地区"),
)  # fmt: skip


def of_any_regions(text: str, language: str) -> str:
    """Return a text about provinces as it is said of any regions; names of blanks are left alone."""
    parts = _BLANK.split(text)
    for of_china, of_any in ENGLISH if language == "en" else CHINESE:
        parts[::2] = [part.replace(of_china, of_any) for part in parts[::2]]
    return "".join(parts)
