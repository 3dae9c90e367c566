// What the page knows and what a reader chose: words, numbers, accounts of provinces and flows between them.
const ALL = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
// The year shown: its definitions, provinces, accounts, tables; and the year it is compared with, if any.
let D = ALL.results[ALL.years.at(-1)];
const thenOf = () => (state.since ? ALL.results[state.since] : null);

// Where a page stands before a reader or an address says otherwise.
const initial = () => ({
  language: Number(document.documentElement.dataset.opened === "zh" || (navigator.language || "").startsWith("zh")),
  province: 0,
  with: -1,
  definition: 0,
  resolution: 0,
  stressor: 0,
  since: "",
  per: "total",
  map: `${D.tables[0].key}|net_transfer`,
  level: "provinces",
  sankey: "regions",
  flow: null,
  fund: "literal",
  table: 0,
  columns: "chosen",
  partners: "largest",
  sort: null,
  theme: "auto",
  ...moneyOf(D)
});
const moneyOf = ({ curve }) =>
  (curve ? { price: curve.price, a: curve.a, b: curve.b, G: curve.G, pearl: curve.pearl } : {});
const state = {};

// Words: D.words[key] is [English, Chinese]; a pair of names is chosen the same way.
const pick = (pair) => pair[state.language];
const t = (key, values = {}) => filled(pick(D.words[key]), values);
const filled = (text, values) => text.replace(/\{(\w+)\}/g,
  (whole, name) => (name in values ? values[name]
      : name === "year"            ? (state.since ? `${state.since}–${D.year}` : D.year)
                                   : whole));
const regionName = (index) => pick(D.regions[index].name);
const locale = () => ["en-GB", "zh-CN"][state.language];

const formats = new Map();
function number(value, decimals = 1, signed = false) {
  if (!Number.isFinite(value)) return "";
  const key = `${state.language} ${decimals} ${signed}`;
  if (!formats.has(key)) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    formats.set(key, new Intl.NumberFormat(locale(), {...digits, signDisplay: signed ? "exceptZero" : "negative" }));
  }
  return formats.get(key).format(value).replace("-", "−");
}
const percent = (value, decimals = 1, signed = false) =>
  (Number.isFinite(value) ? `${number(100 * value, decimals, signed)}%` : "");

// Numbers that came as four-byte floats in base 64, unpacked once.
const unpacked = new Map();
function numbersOf(name, text) {
  const key = `${D.year} ${name}`;
  if (!unpacked.has(key))
    unpacked.set(key, new Float32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer));
  return unpacked.get(key);
}

// Accounts of the definition and resolution chosen; flows()[r][s] is emitted in r for the demand of s, Mt.
const flows = () => D.flows[state.resolution][state.definition];
const account = (name) => (D.accounts[name] ? D.accounts[name][state.resolution][state.definition] : null);
const sum = (values) => values.reduce((total, value) => total + value, 0);

// The same of the year compared with, a province found by its key; null where that year has none.
function thenAt(values) {
  const then = thenOf();
  const find = (list, key) => then[list].findIndex((item) => item.key === key);
  const [definition, resolution] = chosenKeys();
  const at = values && values[find("resolutions", resolution)];
  return at ? at[find("definitions", definition)] || null : null;
}
function thenAccount(name) {
  const values = thenAt(thenOf().accounts[name]);
  return D.regions.map(({ key }) => {
    const r = thenOf().regions.findIndex((region) => region.key === key);
    return values && r >= 0 ? values[r] : null;
  });
}
function thenFlows() {
  const values = thenAt(thenOf().flows);
  const at = D.regions.map(({ key }) => thenOf().regions.findIndex((region) => region.key === key));
  return at.map((r) => at.map((s) => (values && r >= 0 && s >= 0 ? values[r][s] : null)));
}
// What the matrix, the partners and the map of flows show: flows, or their change where years are compared.
const less = (now, then) => (now === null || then === null || then === undefined ? null : now - then);
function shownFlows() {
  if (!state.since) return flows();
  const then = thenFlows();
  return flows().map((row, r) => row.map((value, s) => less(value, then[r][s])));
}

// Per head and per GDP: tonnes per head and per 10^4 of money of Mt, each year by its own figures.
const divisor = (of, key) => {
  if (state.per === "total") return 1;
  const r = of.regions.findIndex((region) => region.key === key);
  return of.per[state.per] && r >= 0 ? of.per[state.per][r] : NaN;
};
const perUnit = (r, value, of = D) => (value === null ? null : value / divisor(of, D.regions[r].key));
const bracketed = (text) => (state.language ? `（${text}）` : ` (${text})`);
const unit = () => t(`unit_${state.per}`);
const places = () => (state.per === "total" ? 1 : 2);

function partners(outward) {
  const p = state.province;
  return D.regions.map((_, r) => ({ region: r, value: outward ? shownFlows()[p][r] : shownFlows()[r][p] }))
    .filter(({ region, value }) => region !== p && value !== null)
    .sort((one, other) => Math.abs(other.value) - Math.abs(one.value));
}

// Whether the sign of a province's net transfer is certain by its interval, as tables and figures say; and whether it
// depends on definition and resolution, which is another question.
function certainty(r) {
  const net = account("net_transfer")[r];
  const [chances, low, high, spread] =
    ["_p_pays", "_p05", "_p95", "_sd"].map((end) => account(`net_transfer${end}`)).map((values) => values && values[r]);
  const known = (value) => value !== null && value !== undefined;
  const variants = D.accounts.net_transfer.flat().map((values) => values[r]);
  const paying = variants.filter((value) => value > 0).length;
  const byInterval = known(chances) ? chances > 0.1 && chances < 0.9
    : known(low) && known(high)     ? low < 0 && high > 0
    : known(spread)                 ? Math.abs(net) < 1.645 * spread
                                    : false;
  const interval = known(low) && known(high) ? [low, high]
    : known(spread)                          ? [net - 1.645 * spread, net + 1.645 * spread]
                                             : null;
  const split = paying > 0 && paying < variants.length;
  return {
    net,
    variants,
    paying,
    interval,
    chance: known(chances) ? chances : null,
    uncertain: net !== 0 && byInterval,
    split
  };
}

// Ends of the 90% interval of a flow or payment between two provinces; null where none were computed.
function endsBetween(name, r, s) {
  if (!D.ends[name]) return null;
  const n = D.regions.length, block = state.resolution * D.definitions.length + state.definition;
  const ends =
    D.ends[name].map((_, end) => numbersOf(`ends ${name} ${end}`, D.ends[name][end])[(block * n + r) * n + s]);
  return ends.every(Number.isFinite) ? ends : null;
}
// Those of a flow; of a change between years none were.
const flowEnds = (r, s) => (state.since ? null : endsBetween("flows", r, s));
const endNames = (known) => (known ? ["p05", "p95"] : []);
const endsText = (ends, decimals) => (ends ? (state.language ? "；" : "; ") +
      t("sign_interval", { low: number(ends[0], decimals), high: number(ends[1], decimals) })
                                           : "");

// Provinces and groups in the order charts show them: by region.
const ordered = () => D.groups.flatMap((g) => D.regions.map((_, r) => r).filter((r) => D.regions[r].group === g.key));
function groupFlows() {
  const at = new Map(D.groups.map((g, i) => [g.key, i]));
  const made = D.groups.map(() => D.groups.map(() => 0));
  shownFlows().forEach((row, r) => row.forEach((value, s) => {
    made[at.get(D.regions[r].group)][at.get(D.regions[s].group)] += value || 0;
  }));
  return made;
}

// Flows by sector of origin or of product, four-byte floats by [resolution, definition, region, sector, to_region].
function sectorsOf(kind, r, s) {
  const [R, K] = [D.regions.length, D.sectors.names.length];
  const block = (state.resolution * D.definitions.length + state.definition) * R * K * R;
  const one = (from, to) =>
    D.sectors.names.map((_, k) => numbersOf(kind, D.sectors[kind])[block + (from * K + k) * R + to]);
  const all = (pairs) => pairs.reduce(
    (total, [from, to]) => one(from, to).map((value, k) => value + total[k]), D.sectors.names.map(() => 0));
  const others = D.regions.map((_, i) => i);
  if (s >= 0 && r >= 0) return one(r, s);
  return all(
    r >= 0 ? others.filter((i) => i !== r).map((i) => [r, i]) : others.filter((i) => i !== s).map((i) => [i, s]));
}

// The numeric columns that say something about the choice of definition, resolution and stressor.
const chosenKeys = () => [D.definitions[state.definition].key, D.resolutions[state.resolution].key];
const stressor = () => D.stressors[state.stressor] || "";
function fits(column) {
  const [definition, resolution] = chosenKeys();
  return ["", definition].includes(column.definition) && ["", resolution].includes(column.resolution) &&
    ["", stressor()].includes(column.stressor);
}
// What all but the tables shows is of CO2, whichever stressor the tables show.
const ofCO2 = (column) => ["", "CO2"].includes(column.stressor);
function valuesOf(key, quantity) {
  const table = tableAt(key);
  if (!table) return null;
  const [definition, resolution] = chosenKeys();
  const at = table.columns.findIndex((c) => c.quantity === quantity && ofCO2(c) &&
      ["", definition].includes(c.definition) && ["", resolution].includes(c.resolution));
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
