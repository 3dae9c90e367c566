// Charts of the provinces: the ledger as bars, net transfers with what is known of their certainty, money, sectors.
const PARTS = ["home", "outflow", "inflow", "exports", "rest"];
const PAINT = {
  home: "var(--home)",
  outflow: "var(--others)",
  inflow: "var(--drawn)",
  exports: "var(--exports)",
  rest: "var(--rest)"
};
const nameWidth = (names) => Math.min(narrow() ? 84 : 150, 10 + widest(names));

// Bars from zero on, one after another; what is negative goes to the left of zero.
function stackOf(scale, y, height, parts, marks) {
  let [ahead, behind] = [0, 0];
  return parts.filter(({ value }) => value).map(({ value, name, tip, region }) => {
    const from = value > 0 ? ahead : behind;
    if (value > 0)
      ahead += value;
    else
      behind += value;
    return box(Math.min(scale(from), scale(from + value)), y, Math.abs(scale(value) - scale(0)), height,
      { fill: PAINT[name], "data-region": region, "data-tip": tip, ...marks });
  });
}
function partsOf(r) {
  const at = (name) => (account(name) ? perUnit(r, account(name)[r]) : 0);
  const rest = at("excluded") + at("residual") + at("zero_output");
  const own = at("home");
  return {
    production:
      [["home", own - at("reshipped")], ["outflow", at("outflow")], ["exports", at("exports")], ["rest", rest]],
    consumption: [["home", own - at("reshipped")], ["inflow", at("inflow")]]
  };
}
function drawEmissions() {
  const total = (r) => perUnit(r, account("production")[r]);
  const order = D.regions.map((_, r) => r).sort((x, y) => total(y) - total(x));
  const left = nameWidth(order.map(label)), width = widthOf("emissions"), row = 26, top = narrow() ? 78 : 62;
  const bars = order.map((r) => ({ r, ...partsOf(r) }));
  const ends =
    bars.flatMap(({ production, consumption }) => [production, consumption].flatMap(
                   (parts) => [1, -1].map((sign) => sum(parts.map(([, value]) => Math.max(0, sign * value))) * sign)));
  const scale = d3.scaleLinear([Math.min(0, ...ends), Math.max(...ends)], [left, width - 12]);
  const tip = (r, side, name, value) => t("tip_part", {
    province: regionName(r),
    side: t(`${side}_short`),
    part: t(`part_${name}`),
    value: number(value, places()),
    unit: unit()
  });
  const half = (r, side, parts, y) =>
    stackOf(scale, y, 10, parts.map(([name, value]) => ({ name, value, region: r, tip: tip(r, side, name, value) })));
  const bottom = top + row * order.length;
  show("emissions", bottom + 26, [
    keyOf(PARTS.filter((name) => name !== "rest" || SHOWN_LINES.production_rest()).map((name) =>
      ({ text: t(`part_${name}`), paint: { fill: PAINT[name] } })), 8, 14, width - 16),
    axis(scale, top - 4, bottom, unit()),
    ...bars.flatMap(({ r, production, consumption }, i) => [
      words(label(r), left - 6, top + row * i + 14, { "text-anchor": "end", "data-region": r, class: "name" }),
      ...half(r, "production", production, top + row * i + 1), ...half(r, "consumption", consumption, top + row * i + 12)])
  ], [["province", "side", ...PARTS], ...bars.flatMap(({ r, production, consumption }) =>
      Object.entries({ production, consumption }).map(([side, parts]) =>
        [D.regions[r].key, side, ...PARTS.map((name) => Object.fromEntries(parts)[name] ?? null)]))]);
}

// Net transfers by size: a dot each, its 90% interval, the other definitions and resolutions as faint dots.
function drawNet() {
  const at = D.regions.map((_, r) => ({ r, ...certainty(r) })).map((one) => ({
    ...one,
    now: perUnit(one.r, one.net),
    then: state.since ? perUnit(one.r, thenAccount("net_transfer")[one.r], thenOf()) : null,
    ends: one.interval ? one.interval.map((end) => perUnit(one.r, end)) : null,
    faint: state.since ? [] : one.variants.map((value) => perUnit(one.r, value))
  }));
  at.sort((x, y) => y.now - x.now);
  const left = nameWidth(at.map(({ r }) => label(r))), width = widthOf("net"), row = 22, top = narrow() ? 82 : 64;
  const all =
    at.flatMap(({ now, then, ends, faint }) => [now, then, ...(ends || []), ...faint]).filter(Number.isFinite);
  const scale = d3.scaleLinear([Math.min(0, ...all), Math.max(0, ...all)], [left + 6, width - 12]).nice();
  const bottom = top + row * at.length;
  const one = ({ r, now, then, ends, faint, uncertain }, i) => {
    const y = top + row * i + 11;
    const colour = uncertain ? "var(--soft)" : now > 0 ? "var(--vermilion)" : "var(--blue)";
    const tip = netTip(r);
    return mark("g", { "data-region": r, "data-tip": tip, class: "name" },
      box(0, y - 10, width, 20, { fill: "transparent" }),
      words(label(r), left - 6, y + 4, { "text-anchor": "end", "font-style": uncertain ? "italic" : null }),
      ...faint.map((x) => mark("circle", { cx: scale(x), cy: y, r: 3, fill: "var(--soft)", opacity: 0.35 })),
      ends && !state.since && line(scale(ends[0]), y, scale(ends[1]), y, { stroke: colour, "stroke-width": 2 }),
      Number.isFinite(then) && line(scale(then), y, scale(now), y, { stroke: colour, "stroke-width": 2 }),
      Number.isFinite(then) && mark("circle", { cx: scale(then), cy: y, r: 3, fill: "var(--soft)" }), mark("circle", {
        cx: scale(now),
        cy: y,
        r: 5,
        stroke: colour,
        "stroke-width": 2,
        fill: uncertain ? "var(--paper)" : colour,
        class: uncertain ? "uncertain" : "certain"
      }));
  };
  const dot = (fill, stroke) => ({ fill, stroke, "stroke-width": 2, rx: 6 });
  show("net", bottom + 26,
    [
      keyOf(
        [
          { text: t("key_pays"), paint: dot("var(--vermilion)", "var(--vermilion)") },
          { text: t("key_receives"), paint: dot("var(--blue)", "var(--blue)") },
          { text: t("sign_not_certain"), paint: dot("var(--paper)", "var(--soft)") },
          state.since ? { text: t("key_then", { since: state.since }), paint: dot("var(--soft)", "none") }
                      : { text: t("key_variants"), paint: {...dot("var(--soft)", "none"), opacity: 0.35 } }
        ],
        8, 14, width - 16),
      axis(scale, top - 4, bottom, `${t("net_axis")}${bracketed(unit())}`), ...at.map(one)
    ],
    [
      [
        "province", "net_transfer", "p05", "p95", "probability_pays", "variants_that_pay", "variants",
        "sign_not_certain", ...(state.since ? [`net_transfer_${state.since}`] : [])
      ],
      ...at.map(({ r, now, ends, chance, paying, variants, uncertain, then }) => [D.regions[r].key, now,
                  ...(ends || [null, null]), chance, paying, variants.length, uncertain ? "yes" : "no",
                  ...(state.since ? [then] : [])])
    ]);
}
function netTip(r) {
  const { net, interval, chance, paying, variants } = certainty(r);
  const value = (x, signed = true) => number(perUnit(r, x), places(), signed);
  const parts = [t("tip_net", { province: regionName(r), value: value(net), unit: unit() })];
  if (state.since) {
    const then = thenAccount("net_transfer")[r];
    if (then !== null)
      parts.push(t("tip_then", { since: state.since, value: number(perUnit(r, then, thenOf()), places(), true) }));
    return parts.join(state.language ? "；" : "; ");
  }
  if (interval) parts.push(t("sign_interval", { low: value(interval[0], false), high: value(interval[1], false) }));
  if (chance !== null) parts.push(t("sign_chance", { chance: percent(chance, 0) }));
  if (variants.length > 1) parts.push(t("sign_variants", { paying, count: variants.length }));
  if (doubtOf(r)) parts.push(doubtOf(r));
  return parts.join(state.language ? "；" : "; ");
}

// Amounts of Table 3 with their intervals; hatched where the sign is not certain.
function drawMoney() {
  const made = valuesOf("table3_compensation", "amount");
  if (!made) return;
  const { values, column } = made;
  const table = tableAt("table3_compensation");
  const rows = bodyRows({...table, rows: rowsOf(table) });
  const ends = values.map((_, r) => ["_p05", "_p95"].map((end) => {
    const at = columnAt(table, `amount${end}`, column.definition, column.resolution, column.stressor);
    return at < 0 ? null : rows[r][at];
  }));
  const known = (r) => ends[r].every((end) => end !== null);
  const order = values.map((_, r) => r).sort((x, y) => values[y] - values[x]);
  const left = nameWidth(order.map(label)), width = widthOf("money"), row = 20, top = narrow() ? 64 : 46;
  const all = [0, ...values, ...ends.flat().filter((end) => end !== null)];
  const room = narrow() ? 0.16 : 0.06, reach = Math.max(...all) - Math.min(...all) || 1;
  const scale = d3.scaleLinear([Math.min(...all) - room * reach, Math.max(...all) + room * reach], [left, width - 8]);
  const bottom = top + row * order.length;
  const text = (r, digits) => number(values[r], digits, true);
  const tip = (r) => t("tip_money", { province: regionName(r), value: text(r, 2), unit: t("unit_money") }) +
    (known(r) ? (state.language ? "；" : "; ") +
          t("sign_interval", { low: number(ends[r][0], 2), high: number(ends[r][1], 2) })
              : "") +
    (doubtOf(r) ? (state.language ? "；" : "; ") + doubtOf(r) : "");
  const one = (r, i) => {
    const y = top + row * i, sure = !certainty(r).uncertain;
    const colour = values[r] < 0 ? "var(--vermilion)" : "var(--blue)";
    const [low, high] = known(r) ? ends[r] : [values[r], values[r]];
    const at = values[r] < 0 ? scale(Math.min(values[r], low)) - 5 : scale(Math.max(values[r], high)) + 5;
    return mark("g", { "data-region": r, "data-tip": tip(r), class: "name" },
      box(0, y, width, row, { fill: "transparent" }),
      words(label(r), left - 6, y + 14, { "text-anchor": "end", "font-style": sure ? null : "italic" }),
      box(Math.min(scale(0), scale(values[r])), y + 3, Math.abs(scale(values[r]) - scale(0)), row - 6, {
        fill: sure ? colour : `url(#hatch-${values[r] < 0 ? "pays" : "receives"})`,
        stroke: colour,
        class: sure ? "certain" : "uncertain"
      }),
      known(r) &&
        line(scale(low), y + row / 2, scale(high), y + row / 2, { stroke: "var(--ink)", "stroke-width": 1.5 }),
      words(text(r, 1), at, y + 14, { "text-anchor": values[r] < 0 ? "end" : "start", "font-size": 10 }));
  };
  show("money", bottom + 26,
    [
      hatches(),
      keyOf(
        [
          { text: t("key_pays"), paint: { fill: "var(--vermilion)" } },
          { text: t("key_receives"), paint: { fill: "var(--blue)" } },
          { text: t("sign_not_certain"), paint: { fill: "url(#hatch-pays)", stroke: "var(--vermilion)" } }
        ],
        8, 14, width - 16),
      axis(scale, top - 2, bottom, t("money_axis")), ...order.map(one)
    ],
    [
      ["province", column.name, "p05", "p95", "sign_not_certain"],
      ...order.map((r) => [D.regions[r].key, values[r], ...ends[r], certainty(r).uncertain ? "yes" : "no"])
    ]);
  const paid = -sum(values.filter((x) => x < 0)), received = sum(values.filter((x) => x > 0));
  byId("fund-note").textContent = t(paid >= received ? "fund_keeps" : "fund_lacks",
    { payments: number(paid), receipts: number(received), gap: number(Math.abs(paid - received)) });
}
function hatches() {
  const one = ([id, colour]) =>
    mark("pattern", { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      box(0, 0, 2, 5, { fill: colour }));
  return mark("defs", {}, ...[["hatch-pays", "var(--vermilion)"], ["hatch-receives", "var(--blue)"]].map(one));
}

// Sectors of one flow: those that emit, and those whose products are delivered.
function drawSectors() {
  if (!D.sectors) return;
  const p = state.province;
  const [origin, destination] = state.flow || [-1, -1];
  const shown = state.flow
    ? [{ title: t("flow_of", { origin: regionName(origin), destination: regionName(destination) }), pair: state.flow }]
    : [
        { title: t("emitted_for", { province: regionName(p) }), pair: [p, -1] },
        { title: t("emits_for", { province: regionName(p) }), pair: [-1, p] }
      ];
  const parts = shown.flatMap(
    ({ title, pair }) => ["flows_by_origin", "flows_by_product"].map(
      (kind) => (
        { title: `${title}${state.language ? "，" : ", "}${t(kind)}`, kind, pair, values: sectorsOf(kind, ...pair) })));
  const names = D.sectors.names.map(pick);
  const wide = !narrow(), width = widthOf("sectors"), block = wide ? width / 2 - 10 : width;
  const left = Math.min(block * 0.58, 14 + widest(names)), row = 20, high = 34 + row * names.length;
  const most = Math.max(...parts.flatMap(({ values }) => values), 1e-12);
  const scale = d3.scaleLinear([0, most], [left, block - 62]);
  const one = ({ title, values }, i) =>
    mark("g", { transform: `translate(${wide ? (i % 2) * (block + 20) : 0} ${high * (wide ? Math.floor(i / 2) : i)})` },
      words(title, 0, 18, { "font-weight": 700, "font-size": narrow() ? 10 : 12 }),
      ...values.flatMap(
        (value, k) => [words(names[k], left - 6, 40 + row * k, { "text-anchor": "end" }),
          box(left, 30 + row * k, scale(Math.max(0, value)) - left, 13, {
            fill: "var(--blue)",
            "data-tip": `${title}${state.language ? "：" : ": "}${names[k]} ${number(value, 2)} ${t("unit_total")}`
          }),
          words(number(value, 2), scale(Math.max(0, value)) + 5, 40 + row * k)]));
  show("sectors", high * (wide ? Math.ceil(parts.length / 2) : parts.length) + 6, parts.map(one), [
    ["from", "to", "by", "sector", "Mt"],
    ...parts.flatMap(
      ({ kind, pair, values }) => values.map((value, k) => [...pair.map((r) => D.regions[r]?.key ?? "others"),
                                               kind.replace("flows_by_", ""), D.sectors.names[k][0], value]))
  ]);
  byId("all-flows").hidden = !state.flow;
}
