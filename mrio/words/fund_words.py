"""Who pays whom: the literal fund beside the balanced one, and why they differ."""

from __future__ import annotations

from mrio.words.door import Words

FUND = Words({
    "title": ("{year}: who pays whom (10⁸ {money})", "{year}年谁向谁支付（亿{money}）"),
    "matrix_title": ("{year}: who pays whom, balanced fund (10⁸ {money})", "{year}年谁向谁支付：平衡基金（亿{money}）"),
    "sheet": ("Who pays whom", "谁向谁支付"),
    "sheet_title": ("Who pays whom, balanced fund (10⁸ {money})", "谁向谁支付：平衡基金（亿{money}）"),
    "literal": ("Literal fund", "字面基金"),
    "balanced": ("Balanced fund", "平衡基金"),
    "fund": ("Fund", "基金"),
    "kept": ("Stays in the fund", "留在基金"),
    "lacking": ("Lacking", "缺口"),
    "others": ("{count} others", "其余{count}省"),
    "payer": ("Payer", "支付省份"),
    "receiver": ("Receiver", "受偿省份"),
    "pays": ("Pays", "支付合计"),
    "gets_balanced": ("Gets, balanced fund", "所得（平衡基金）"),
    "gets_literal": ("Gets, literal fund (Table 3)", "所得（字面基金，表3）"),
    "keeps": (
        "The literal fund keeps {gap:,.1f} of {payments:,.1f} (10⁸ {money}): {same}each side is valued at its own "
        "coefficient, on average {payer:.3f} for payers and {receiver:.3f} for receivers, who get {receipts:,.1f}. The "
        "balanced fund gives everything out: every receipt is multiplied by {factor:.3f}.",
        "字面基金收入{payments:,.1f}，留存{gap:,.1f}（亿{money}）：{same}双方各按本省系数计价，支付省份系数平均为{payer:.3f}，"
        "受偿省份为{receiver:.3f}，所得{receipts:,.1f}。平衡基金全部发放：各受偿额乘以{factor:.3f}。",
    ),
    "lacks": (
        "The literal fund lacks {gap:,.1f} (10⁸ {money}): {same}each side is valued at its own coefficient, on average "
        "{payer:.3f} for payers, who pay {payments:,.1f}, and {receiver:.3f} for receivers, who are owed "
        "{receipts:,.1f}. The balanced fund gives out what is paid: every receipt is multiplied by {factor:.3f}.",
        "字面基金缺口{gap:,.1f}（亿{money}）：{same}双方各按本省系数计价，支付省份系数平均为{payer:.3f}，支付{payments:,.1f}；"
        "受偿省份为{receiver:.3f}，应得{receipts:,.1f}。平衡基金按支付额发放：各受偿额乘以{factor:.3f}。",
    ),
    "same": ("payers and receivers shift and carry the same emissions, but ", "双方转出与承担的排放相同，但"),
    "one_sided": ("All provinces are on one side, so that nobody pays anybody.", "各省均在同一方，无相互支付。"),
})  # fmt: skip
