// What the page knows and what a reader chose: words, numbers, accounts, and compensation (equations 7-9).
const D = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const state = {
  language: 0,
  province: 0,
  definition: 0,
  resolution: 0,
  table: 0,
  sort: null,
  level: "provinces"
};
if (D.curve)
  Object.assign(state, { price: D.curve.price, a: D.curve.a, b: D.curve.b, G: D.curve.G, pearl: D.curve.pearl });

// Words: D.words[key] is [English, Chinese]; a pair of names is chosen the same way.
const pick = (pair) => pair[state.language];
const t = (key, values = {}) => filled(pick(D.words[key]), values);
const filled = (text, values) => text.replace(/\{(\w+)\}/g,
  (whole, name) => (name in values ? values[name]
      : name === "year"            ? D.year
                                   : whole));
const regionName = (index) => pick(D.regions[index].name);
const locale = () => ["en-GB", "zh-CN"][state.language];

const formats = new Map();
function number(value, decimals = 1, signed = false) {
  if (value === null || value === undefined) return "";
  const key = `${state.language} ${decimals} ${signed}`;
  if (!formats.has(key)) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    formats.set(key, new Intl.NumberFormat(locale(), {...digits, signDisplay: signed ? "exceptZero" : "negative" }));
  }
  return formats.get(key).format(value).replace("-", "−");
}
const percent = (value, decimals = 1, signed = false) =>
  (Number.isFinite(value) ? `${number(100 * value, decimals, signed)}%` : "");

// Accounts of the definition and resolution chosen; flows()[r][s] is emitted in r for the demand of s, Mt.
const flows = () => D.flows[state.resolution][state.definition];
const account = (name) => (D.accounts[name] ? D.accounts[name][state.resolution][state.definition] : null);
const sum = (values) => values.reduce((total, value) => total + value, 0);

function partners(outward) {
  const p = state.province;
  return D.regions.map((_, r) => ({ region: r, value: outward ? flows()[p][r] : flows()[r][p] }))
    .filter(({ region }) => region !== p)
    .sort((one, other) => other.value - one.value);
}

// Provinces and groups in the order charts show them: by region.
const ordered = () => D.groups.flatMap((g) => D.regions.map((_, r) => r).filter((r) => D.regions[r].group === g.key));
function groupFlows() {
  const at = new Map(D.groups.map((g, i) => [g.key, i]));
  const made = D.groups.map(() => D.groups.map(() => 0));
  flows().forEach((row, r) => row.forEach((value, s) => {
    made[at.get(D.regions[r].group)][at.get(D.regions[s].group)] += value;
  }));
  return made;
}

// Compensation: rho = K / (1 + a exp(-b t)), amount = -NT p rho / 100 (10^8 yuan from Mt and yuan/t), receives +.
function coefficient(gdp, engel, { a, b, G, pearl }) {
  const K = pearl ? 1 : gdp / G;
  return K / (1 + a * Math.exp(-b * (pearl ? 1 / engel - 3 : engel)));
}
function compensate(nets, rho, price) {
  const amount = nets.map((net, r) => -net * price * 0.01 * rho[r]);
  const payments = -sum(amount.filter((x) => x < 0));
  const receipts = sum(amount.filter((x) => x > 0));
  const scale = receipts > 0 ? payments / receipts : 0;
  return {
    amount,
    balanced: amount.map((x) => (x > 0 ? x * scale : x)),
    payments,
    receipts,
    fund: payments - receipts
  };
}
const moved = () => D.curve && ["price", "a", "b", "G", "pearl"].some((key) => state[key] !== D.curve[key]);

// The curve as the notes say it: by its name, or by its values where a reader moved them.
const curveText = () => (moved() ? t(state.pearl ? "curve_pearl" : "curve_values", state) : D.curve.text);

// Tables: the rows of the results, or recomputed where a reader moved the sliders.
const tableAt = (key) => D.tables.find((table) => table.key === key);
const columnAt = (table, quantity, definition = "", resolution = "") =>
  table.columns.findIndex((c) => c.quantity === quantity && c.definition === definition && c.resolution === resolution);
const bodyRows = (table) => (table.total ? table.rows.slice(0, -1) : table.rows);

function rowsOf(table) {
  if (table.key !== "table3_compensation" || !moved()) return table.rows;
  const rows = table.rows.map((row) => [...row]);
  const body = table.total ? rows.slice(0, -1) : rows;
  const rho =
    body.map((row) => coefficient(row[columnAt(table, "gdp_per_capita")], row[columnAt(table, "engel")], state));
  const put = (at, values, total) => {
    if (at < 0) return;
    body.forEach((row, r) => {
      row[at] = values[r];
    });
    if (table.total && total !== undefined) rows[rows.length - 1][at] = total;
  };
  put(columnAt(table, "coefficient"), rho);
  for (const { definition, resolution } of table.columns.filter((c) => c.quantity === "amount")) {
    const at = (quantity) => columnAt(table, quantity, definition, resolution);
    const made = compensate(body.map((row) => row[at("net_transfer")]), rho, state.price);
    put(at("amount"), made.amount, sum(made.amount));
    put(at("balanced"), made.balanced, sum(made.balanced));
    // price and coefficient are factors of the amount, and so of its interval
    for (const quantity of ["amount_p05", "amount_p95", "amount_sd"]) {
      if (at(quantity) < 0) continue;
      const grown = body.map((row, r) => [row[at(quantity)], table.rows[r][at("amount")], made.amount[r]]);
      put(at(quantity), grown.map(([end, was, is]) => (was ? (end * is) / was : null)), null);
    }
    // shares of GDP and amounts per head go with the amount
    for (const quantity of ["gdp_share", "per_head"]) {
      const was = body.map((row, r) => [row[at(quantity)], table.rows[r][at("amount")]]);
      put(at(quantity),
        made.amount.map((x, r) => (was[r][1] ? (was[r][0] * x) / was[r][1]
                            : x === 0        ? 0
                                             : null)),
        null);
    }
    // whether a sign is certain depends on the net transfer, not on price or curve
    const uncertain = "sign not certain";
    put(at("role"),
      made.amount.map((x, r) => (table.rows[r][at("role")] === uncertain && x ? uncertain
                          : x < 0                                             ? "pays"
                          : x > 0                                             ? "receives"
                                                                              : "neither")));
  }
  return rows;
}

// The numeric columns that say something about the choice of definition and resolution.
const chosenKeys = () => [D.definitions[state.definition].key, D.resolutions[state.resolution].key];
function fits(column) {
  const [definition, resolution] = chosenKeys();
  return ["", definition].includes(column.definition) && ["", resolution].includes(column.resolution);
}
function valuesOf(key, quantity) {
  const table = tableAt(key);
  const at = table.columns.findIndex((c) => c.quantity === quantity && fits(c));
  return at < 0 ? null
                : { column: table.columns[at], values: rowsOf(table).slice(0, D.regions.length).map((row) => row[at]) };
}

// Elements: text only ever goes in as text.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text")
      made.textContent = value;
    else if (name.startsWith("on"))
      made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false)
      made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}
