// A province: what it shifts and carries and how certain that is, its ledger, its partners, and another beside it.
const SHOWN_PARTNERS = 10;
const CARDS = ["net_transfer", "share", "shared", "coefficient", "amount"];
const signedText = (value, decimals = 1) => number(value, decimals, true);

function verdictText(p) {
  const { net, uncertain, split, variants, paying, interval, chance } = certainty(p);
  const province = regionName(p);
  const depends = variants.length > 1 && split ? t("sign_variants", { paying, count: variants.length }) : null;
  if (!uncertain)
    return [
      t(net > 0     ? "net_out"
          : net < 0 ? "net_in"
                    : "net_none",
        { province }),
      depends && t("sign_depends", { depends })
    ].filter(Boolean)
      .join(state.language ? "" : " ");
  const parts = [t("sign_net", { province, net: signedText(net) })];
  if (interval) parts.push(t("sign_interval", { low: number(interval[0]), high: number(interval[1]) }));
  if (chance !== null) parts.push(t("sign_chance", { chance: percent(chance, 0) }));
  if (variants.length > 1) parts.push(t("sign_variants", { paying, count: variants.length }));
  return parts.join(state.language ? "；" : "; ") + (state.language ? "。" : ".");
}

function drawProvince() {
  const p = state.province;
  const province = regionName(p);
  byId("province-title").textContent = province;
  byId("verdict").textContent = verdictText(p);
  byId("verdict").classList.toggle("uncertain", certainty(p).uncertain);
  byId("mixed").textContent = D.mixed.includes(D.regions[p].key) ? t("mixed") : "";
  drawCards();
  drawLedger();
  drawSchemes(p);
  byId("emits-for-title").textContent = t("emits_for", { province });
  byId("emitted-for-title").textContent = t("emitted_for", { province });
  drawPartners("emits-for", false);
  drawPartners("emitted-for", true);
  const all = byId("show-all");
  all.setAttribute("aria-expanded", String(state.partners === "all"));
  all.textContent = t(state.partners === "all" ? "show_fewer" : "show_all");
  all.hidden = D.regions.length <= SHOWN_PARTNERS + 1;
}

// What a card says below a number whose sign is open: by its interval, or only by another definition or resolution.
const doubtOf = (r) => (certainty(r).uncertain ? t("sign_not_certain")
    : certainty(r).split                       ? t("sign_by_definition")
                                               : "");
const shownProvinces =
  () => [state.province, ...(state.with >= 0 && state.with !== state.province ? [state.with] : [])];

function drawCards() {
  const cards = CARDS.flatMap((quantity) => {
    const table = D.tables.find(({ key }) => valuesOf(key, quantity));
    return table ? [{...valuesOf(table.key, quantity), table }] : [];
  });
  const within = ({ column, table }, r) =>
    (intervalOf(table, column, r) ? [element("dd", { class: "interval", text: intervalOf(table, column, r).trim() })]
                                  : []);
  const doubt = ({ column }, r) => (["net_transfer", "amount"].includes(column.quantity) && doubtOf(r)
      ? [element("dd", { class: "doubt", text: doubtOf(r) })]
      : []);
  byId("figures").replaceChildren(
    ...cards.map((card) => element("div", {}, element("dt", { text: pick(card.column.head) }),
                   ...shownProvinces().flatMap((r, i) => [element("dd", {
                     "data-quantity": i ? null : card.column.quantity,
                     class: i ? "other" : null,
                     text: `${i ? `${regionName(r)} ` : ""}${cellText(card.column, card.values[r])}`
                   }),
                                                 ...within(card, r), ...doubt(card, r)]))));
}

// The one ledger. Its lines are rounded together, up or down, so that they add up as printed and are, all in all, as
// near to the unrounded as can be.
const LEDGER_PLACES = 2;
const FREE = ["home", "outflow", "inflow", "exports", "rest", "reshipped"];
const summed = ({ home, outflow, inflow, exports, rest, reshipped }) => ({
  production: home + outflow + exports + rest - reshipped,
  consumption: home + inflow - reshipped,
  net: inflow - outflow
});
function roundedTogether(exact) {
  const totals = summed(exact);
  const candidates = [...Array(2 ** FREE.length).keys()].map(
    (mask) => Object.fromEntries(
      FREE.map((name, bit) => [name, mask & (2 ** bit) ? Math.ceil(exact[name]) : Math.floor(exact[name])])));
  const far = (made) => sum(FREE.map((name) => (made[name] - exact[name]) ** 2)) +
    sum(Object.entries(summed(made)).map(([name, value]) => (value - totals[name]) ** 2));
  return candidates.reduce((best, made) => (far(made) < far(best) ? made : best));
}
function ledgerOf(r, accountOf, of = D) {
  const scale = 10 ** LEDGER_PLACES;
  const at = (name) => {
    const values = accountOf(name);
    return values === null || values[r] === null ? 0 : perUnit(r, values[r], of) * scale;
  };
  const rest = at("excluded") + at("residual") + at("zero_output");
  const made = roundedTogether({...Object.fromEntries(FREE.map((name) => [name, at(name)])), rest });
  const { home, outflow, inflow, exports, reshipped } = made;
  const lines = {
    ...summed(made),
    production_home: home,
    production_outflow: outflow,
    production_exports: exports,
    production_rest: made.rest,
    production_reshipped: -reshipped,
    consumption_home: home,
    consumption_inflow: inflow,
    consumption_reshipped: -reshipped,
    net_inflow: inflow,
    net_outflow: -outflow,
    ...Object.fromEntries(["household", "imports", "net_transfer"].map((name) => [name, Math.round(at(name))]))
  };
  return Object.fromEntries(Object.entries(lines).map(([key, value]) => [key, value / scale]));
}
const LEDGER = [
  ["production_home", "part"], ["production_outflow", "part"], ["production_exports", "part"],
  ["production_rest", "part"], ["production_reshipped", "part"], ["production", "sum"], ["consumption_home", "part"],
  ["consumption_inflow", "part"], ["consumption_reshipped", "part"], ["consumption", "sum"], ["net_inflow", "part"],
  ["net_outflow", "part"], ["net", "sum"], ["net_transfer", "beside"], ["household", "beside"], ["imports", "beside"]
];
// What a line of the ledger needs to be worth a line at all.
const ever = (name) => account(name) && account(name).some((value) => Math.abs(value) > 1e-12);
const otherScope = () =>
  account("net_transfer").some((value, r) => Math.abs(value - account("inflow")[r] + account("outflow")[r]) > 1e-6);
const SHOWN_LINES = {
  production_exports: () => ever("exports"),
  production_rest: () => ["excluded", "residual", "zero_output"].some(ever),
  production_reshipped: () => ever("reshipped"),
  consumption_reshipped: () => ever("reshipped"),
  net_transfer: otherScope,
  imports: () => account("imports")
};

function drawLedger() {
  const columns = shownProvinces().flatMap((r) => {
    const now = ledgerOf(r, account);
    if (!state.since) return [{ head: regionName(r), values: now, r }];
    const then = ledgerOf(r, thenAccount, thenOf());
    const known = thenAccount("production")[r] !== null;
    const change = Object.fromEntries(Object.keys(now).map((key) => [key, now[key] - then[key]]));
    const head = shownProvinces().length > 1 ? `${regionName(r)} ` : "";
    return [
      { head: head + state.since, values: known ? then : {}, r }, { head: head + D.year, values: now, r },
      { head: t("change"), values: known ? change : {}, r, change: true }
    ];
  });
  const cell = (key, { values, change }) => element("td", {
    class: "number",
    "data-account": key,
    text: values[key] === undefined ? "–" : number(values[key], LEDGER_PLACES, change || key.startsWith("net"))
  });
  const lines = LEDGER.filter(([key]) => !SHOWN_LINES[key] || SHOWN_LINES[key]());
  byId("ledger").caption.textContent = t("ledger", { unit: unit() });
  byId("ledger").tHead.replaceChildren(...(columns.length > 1
      ? [element("tr", {}, element("td"),
          ...columns.map(({ head }) => element("th", { scope: "col", class: "number", text: head })))]
      : []));
  byId("ledger").tBodies[0].replaceChildren(
    ...lines.map(([key, kind]) => element("tr", { class: kind }, element("th", { scope: "row", text: t(key) }),
                   ...columns.map((column) => cell(key, column)))));
}

function drawSchemes(p) {
  byId("schemes").hidden = !D.schemes;
  if (!D.schemes) return;
  const at = D.schemes.definitions.indexOf(chosenKeys()[0]);
  const amounts = at < 0 ? [] : D.schemes.amount[state.resolution][at].map((row) => row[p]);
  const most = Math.max(...amounts, 1e-12);
  const rows =
    amounts.map((value, i) => element("tr", {}, element("th", { scope: "row", text: pick(D.schemes.schemes[i].name) }),
                  element("td", { class: "bar" },
                    element("span", { class: "scheme", style: `width:${Math.max(0, (100 * value) / most)}%` })),
                  element("td", { class: "number", text: number(value) })));
  byId("schemes").tBodies[0].replaceChildren(
    ...(at < 0 ? [element("tr", {}, element("td", { text: t("schemes_none") }))] : rows));
}

function drawPartners(id, outward) {
  const all = partners(outward);
  const whole = sum(all.map(({ value }) => value));
  const shown = state.partners === "all" || all.length <= SHOWN_PARTNERS ? all : all.slice(0, SHOWN_PARTNERS);
  const largest = all.length ? Math.max(Math.abs(all[0].value), 1e-12) : 1;
  const ends = (region) => (outward ? flowEnds(state.province, region) : flowEnds(region, state.province));
  const bounds = (region) =>
    (region === null || !ends(region) ? "" : `[${ends(region).map((end) => number(end)).join(", ")}]`);
  const within = D.ends.flows && !state.since ? bounds : null;
  const part = (value) => (state.since ? "" : percent(value / whole));
  const line = (head, value, region = null, kind = null) =>
    element("tr", { class: kind, "data-region": region }, element("th", { scope: "row" }, head),
      element("td", { class: "bar" },
        element(
          "span", { class: outward ? "out" : "in", style: `width:${kind ? 0 : (100 * Math.abs(value)) / largest}%` })),
      element("td", { class: "number", text: number(value, 2, Boolean(state.since)) }),
      ...(within ? [element("td", { class: "number interval", text: within(region) })] : []),
      element("td", { class: "number", text: part(value) }));
  const choose = ({ region }) => element("button", {
    type: "button",
    class: "link",
    text: regionName(region),
    onclick: () => {
      chooseProvince(region);
      byId("province-title").focus();
    }
  });
  const rest = whole - sum(shown.map(({ value }) => value));
  byId(id).replaceChildren(
    element("thead", {},
      element("tr", {}, element("th", { scope: "col", text: t("partner") }), element("td"),
        element("th", { scope: "col", class: "number", text: state.since ? t("change_mt") : t("megatonnes") }),
        ...(within ? [element("th", { scope: "col", class: "number", text: t("interval") })] : []),
        element("th", { scope: "col", class: "number", text: state.since ? "" : t("part") }))),
    element("tbody", {}, ...shown.map((one) => line(choose(one), one.value, one.region)),
      ...(shown.length < all.length ? [line(t("others", { count: all.length - shown.length }), rest, null, "rest")]
                                    : [])),
    element("tfoot", {}, line(t("all_partners"), whole, null, "sum")),
  );
}
