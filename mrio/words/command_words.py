"""What ``mrio diff`` and ``mrio verify`` say."""

from __future__ import annotations

from mrio.words.door import Words

DIFF = Words({
    "moved": ("{file}: {count} cells differ", "{file}：{count}个单元格不同"),
    "same": ("{file}: no cell differs", "{file}：无差异"),
    "only": ("{file}: only in {folder}", "{file}：仅见于{folder}"),
    "more": ("... and {count} more; --all or --out lists them", "……另有{count}处；用--all或--out查看全部"),
    "behind": ("Inputs, options and versions that differ:", "输入、选项与版本的差异："),
    "nothing": ("Inputs, options and versions are the same.", "输入、选项与版本相同。"),
    "absent": ("(none)", "（无）"),
})  # fmt: skip
VERIFY = Words({
    "input": (
        "input     {name} is not the file these results were made from", "输入    {name}与生成该结果时的文件不同",
    ),
    "gone": ("input     {name} is no longer there", "输入    {name}已不存在"),
    "code": ("behind    {name}: {one} then, {other} now", "环境    {name}：当时为{one}，现为{other}"),
    "edited": ("edited    {name} was changed after it was made", "改动    {name}在生成后被修改"),
    "equal": ("equal     {name}", "一致    {name}"),
    "bytes": (
        "equal     {name} (every cell within {tolerance:g}; other bytes)",
        "一致    {name}（各单元格相差不超过{tolerance:g}，字节不同）",
    ),
    "differs": (
        "differs   {name}: {count} cells, the largest at {place}: {one} here, {other} recomputed{size}",
        "不一致  {name}：{count}个单元格，最大处{place}：此处{one}，重算{other}{size}",
    ),
    "missing": ("missing   {name}", "缺失    {name}"),
    "good": ("{folder}: all {count} files are equal to a new run.", "{folder}：{count}个文件均与重算结果一致。"),
    "bad": (
        "{folder}: {bad} of {count} files differ from a new run.",
        "{folder}：{count}个文件中有{bad}个与重算结果不一致。",
    ),
})  # fmt: skip
