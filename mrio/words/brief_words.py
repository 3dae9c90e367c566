"""The brief: five findings, three figures, what is not known."""

from __future__ import annotations

from mrio.words.door import Words

BRIEF = Words({
    "title": ("Who emits for whom: China's provinces in {year}", "谁为谁排放：{year}年中国各省隐含碳"),
    "lead": (
        "Numbers are of {variant}, in brackets their 90% intervals. The definition decides what a flow counts; where "
        "another one says something else, the range is told.",
        "数值取{variant}，方括号内为90%区间。口径决定流量的含义，其他口径结论不同时一并给出范围。",
    ),
    "lead_plain": (
        "Numbers are of {variant}. Intervals were not computed.",
        "数值取{variant}，未计算区间。",
    ),
    "findings": ("Five findings", "五项结论"),
    "figures": ("Three figures", "三幅图"),
    "unknown": ("What is not known", "尚不清楚之处"),
    "shares": (
        "Of {production} Mt that production emits, {home}% serve the emitting province's own demand, {others}% demand "
        "of other provinces and {exports}% foreign exports. Over all definitions and sector divisions the share for "
        "other provinces lies between {least} and {most}%.",
        "生产排放{production}百万吨，其中{home}%满足本省需求，{others}%满足外省需求，{exports}%用于出口。各口径与部门划分下，外省需求占比"
        "在{least}%至{most}%之间。",
    ),
    "payers": (
        "{first} shifts most to others, a net {amount} Mt{before}. {count} provinces shift more than they carry, and "
        "would pay{sure}.",
        "{first}净转出最多，为{amount}百万吨{before}。共{count}省转出多于承担，应支付{sure}。",
    ),
    "receivers": (
        "{first} carries most for others, a net {amount} Mt{before}. {count} provinces carry more than they shift, and "
        "would receive{sure}.",
        "{first}替他省承担最多，净额为{amount}百万吨{before}。共{count}省承担多于转出，应受偿{sure}。",
    ),
    "before": (", before {names}", "，其次为{names}"),
    "sure": ("; of {count} of them that is certain", "，其中{count}省方向确定"),
    "only_flips": (
        "{flips} provinces have another sign under at least one of the {variants} definitions and sector divisions.",
        "{flips}省在{variants}种口径与部门划分中至少有一种方向相反。",
    ),
    "uncertain": (
        "Of {count} provinces the sign is not certain: {names}. {flips} provinces have another sign under at least one "
        "of the {variants} definitions and sector divisions.",
        "{count}省方向不确定：{names}。{flips}省在{variants}种口径与部门划分中至少有一种方向相反。",
    ),
    "certain": (
        "No province's sign hangs on the draws. {flips} provinces have another sign under at least one of the "
        "{variants} definitions and sector divisions.",
        "各省方向均不因抽样而变。{flips}省在{variants}种口径与部门划分中至少有一种方向相反。",
    ),
    "money": (
        "At {price:g} {money} per tonne {payer} would pay {paid} and {receiver} receive {received} (10⁸ {money}). "
        "{sentence}",
        "碳价{price:g}{money}/吨时，{payer}支付{paid}，{receiver}受偿{received}（亿{money}）。{sentence}",
    ),
    "flow": (
        "The largest flow is what {origin} emits for {destination}: {amount} Mt.",
        "最大的流动是{origin}为{destination}的排放：{amount}百万吨。",
    ),
    "estimated": (
        "Every flow between provinces is an estimate; output and value added are official. Intervals hold the errors "
        "that were thought of (docs/intervals.md), not those that were not.",
        "省际流量均为估算值，总产出与增加值为官方值。区间只包含已考虑到的误差（docs/intervals.md）。",
    ),
    "given": (
        "The flows are those of the table that was given; its errors are not known here.",
        "省际流量取自所给的投入产出表，其误差在此未知。",
    ),
    "spread": (
        "Which definition is right is not a question of data: {name}'s net transfer is {least} to {most} Mt, by what "
        "is counted.",
        "口径之选并非数据问题：{name}的净转移量依口径不同为{least}至{most}百万吨。",
    ),
    "residual": (
        "{share}% of the emissions are embodied in the table's residual, which nobody demands.",
        "{share}%的排放隐含在投入产出表的误差项中，不属于任何需求。",
    ),
    "abroad": (
        "What imports emitted abroad is not in the numbers, nor what is emitted in regions outside the study.",
        "进口品在国外的排放以及研究范围以外地区的排放不在数值之内。",
    ),
    "price": (
        "Neither price nor growth curve is anybody's decision yet; amounts move in proportion to the price.",
        "碳价与生长曲线尚非既定政策；额度与碳价成正比。",
    ),
    "source": (
        "Computed from the inputs listed in provenance.json beside this page; every number is in the CSV files there.",
        "根据同目录provenance.json所列数据计算，全部数值见同目录各CSV文件。",
    ),
    "enumeration": (", ", "、"),
})  # fmt: skip
