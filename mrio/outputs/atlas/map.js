// The map on which a province is chosen: a tile for each, coloured by what a reader asks.
// Colours: blue to vermilion through the colour of the page at zero (receives, pays), or from that to blue.
const mix = (from, to, part) => from.map((channel, i) => Math.round(channel + (to[i] - channel) * part));
const BLUE = [0, 114, 178], VERMILION = [213, 94, 0];
let exporting = false; // files of charts have the light colours
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const dark = () => !exporting && !paper && (state.theme === "dark" || (state.theme === "auto" && prefersDark.matches));
const blank = () => (dark() ? [28, 31, 36] : [255, 255, 255]);
const inkOn = (colour) => (luminance(colour) > 0.18 ? "#000" : "#fff");
const rgb = (colour) => `rgb(${colour.join(",")})`;
function luminance(colour) {
  const [r, g, b] = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function scaleOf(values) {
  const finite = values.filter((value) => Number.isFinite(value));
  const [least, most] = finite.length ? [Math.min(...finite), Math.max(...finite)] : [0, 0];
  const signed = least < 0 && most > 0;
  const reach = Math.max(Math.abs(least), Math.abs(most)) || 1;
  const from = signed ? -reach : Math.min(0, least), to = signed ? reach : Math.max(0, most);
  const colour = (value) => (signed ? mix(blank(), value < 0 ? BLUE : VERMILION, Math.abs(value) / reach)
                                    : mix(blank(), BLUE, (value - from) / (to - from || 1)));
  return { from, to, signed, colour };
}

// What the map may show: every numeric column of the tables, and the flows of the province chosen.
function mapColumns() {
  const columns = D.tables.flatMap((table) => table.columns.filter((c) => c.number && fits(c)).map((column) => ({
    value: `${table.key}|${column.quantity}`,
    group: pick(table.number),
    text: [
      column.stressor,
      divides(column) ? `${pick(column.head).replace(/\s*[(（][^(（]*[)）]$/, "")}${bracketed(unit())}`
                      : pick(column.head)
    ].filter(Boolean)
      .join(" ")
  })));
  const province = regionName(state.province);
  const own = ["emits-for", "emitted-for"].map((key) => ({
    value: `flows|${key}`,
    group: t("map_chosen", { province }),
    text: `${t(key.replace("-", "_"), { province })}${bracketed(t("unit_total"))}`
  }));
  return [...columns, ...own];
}
// Tonnes of the tables are shown per head or GDP as the ledger is.
const divides = (column) => state.per !== "total" && column.unit === "Mt" && ofCO2(column);
function mapValues() {
  const [key, quantity] = state.map.split("|");
  if (key === "flows") {
    const p = state.province, of = shownFlows();
    const values = D.regions.map((_, r) => (r === p ? null : quantity === "emits-for" ? of[r][p] : of[p][r]));
    return { column: { number: true, decimals: 1, signed: Boolean(state.since) }, values };
  }
  const table = tableAt(key);
  const column = table.columns.find((c) => c.quantity === quantity && fits(c));
  const at = table.columns.indexOf(column);
  const own = rowsOf(table).slice(0, D.regions.length).map((row) => row[at]);
  const shown = (values, of) => (divides(column) ? values.map((value, r) => perUnit(r, value, of)) : values);
  const decimals = divides(column) ? 2 : column.decimals;
  if (!state.since) return { column: {...column, decimals }, values: shown(own, D) };
  const then = shown(thenColumn(key, column), thenOf());
  return {
    column: {...column, decimals, signed: true },
    values: shown(own, D).map((value, r) => less(value, then[r]))
  };
}
// The same column of the year compared with; nothing where a reader moved the sliders, which are of the year shown.
function thenColumn(key, { name }) {
  const table = thenOf().tables.find((one) => one.key === key);
  const at = table ? table.columns.findIndex((c) => c.name === name) : -1;
  const known = at >= 0 && !(key === "table3_compensation" && moved());
  return D.regions.map((region) => {
    const row = known ? table.rows.find((each) => each[0] === region.key) : null;
    return row ? row[at] : null;
  });
}

function drawMapChoice() {
  const groups = new Map();
  const columns = mapColumns();
  for (const { value, group, text } of columns) {
    if (!groups.has(group)) groups.set(group, element("optgroup", { label: group }));
    groups.get(group).append(element("option", { value, text }));
  }
  if (!columns.some(({ value }) => value === state.map)) state.map = initial().map;
  byId("map-column").replaceChildren(...groups.values());
  byId("map-column").value = state.map;
}
// Whether the map shows what pays and what receives, and of a province it is not certain which.
const doubtful = ({ quantity }, r) =>
  !state.since && ["net_transfer", "amount", "balanced"].includes(quantity) && certainty(r).uncertain;
const mapLabel = () => (state.since ? t("change_of", { what: byId("map-column").selectedOptions[0].textContent })
                                    : byId("map-column").selectedOptions[0].textContent);

function drawMap() {
  const { column, values } = mapValues();
  const scale = scaleOf(values);
  byId("map-title").textContent = mapLabel();
  const first = Math.min(...[...D.regions, ...D.absent].map((r) => r.tile[1]));
  const place = (region) => `grid-row:${region.tile[0] + 1};grid-column:${region.tile[1] - first + 1};`;
  const inside = (region,
    text) => [element("span", { class: pick(region.name).length > 8 ? "full long" : "full", text: pick(region.name) }),
    element("span", { class: "short", text: state.language ? pick(region.name) : region.short }),
    element("span", { class: "value", text })];
  const tile = (region, r) => {
    const known = Number.isFinite(values[r]);
    const text = known ? cellText(column, values[r]) : "";
    const colour = known ? scale.colour(values[r]) : blank();
    const open = doubtful(column, r);
    const told = (text || t("no_value")) + (open ? `${state.language ? "，" : ", "}${t("sign_not_certain")}` : "");
    const chosen = r === state.province;
    return element("button", {
      type: "button",
      style: `${place(region)}background:${rgb(colour)};color:${inkOn(colour)}`,
      class: open ? "tile open" : "tile",
      "data-region": r,
      "data-tip":
        `${pick(region.name)}${state.language ? "，" : ", "}${mapLabel()}${state.language ? "：" : ": "}${told}`,
      tabindex: chosen ? "0" : "-1",
      "aria-pressed": String(chosen),
      "aria-label": `${pick(region.name)}${state.language ? "：" : ": "}${told}`,
      onclick: () => chooseProvince(r, true)
    },
      ...inside(region, known ? shortText(column, values[r]) : ""));
  };
  const absent = D.absent.map((region) => element("div", {
    class: "tile absent",
    style: place(region),
    role: "img",
    "aria-label": `${pick(region.name)}${state.language ? "：" : ": "}${t("not_in_study")}`,
    "data-tip": `${pick(region.name)}${state.language ? "：" : ": "}${t("not_in_study")}`
  },
                                ...inside(region, "–")));
  byId("map").replaceChildren(...D.regions.map(tile), ...absent);
  const ends = [scale.from, scale.to].map((value) => cellText(column, value));
  const colours =
    (scale.signed ? [scale.from, 0, scale.to] : [scale.from, scale.to]).map((value) => rgb(scale.colour(value)));
  byId("legend").replaceChildren(element("span", { text: ends[0] }),
    element("span", { class: "ramp", style: `background:linear-gradient(to right,${colours.join(",")})` }),
    element("span", { text: ends[1] }));
}
// The map as a picture and as rows, for its files.
function pictureOfMap() {
  const { column, values } = mapValues();
  const scale = scaleOf(values);
  const all = [...D.regions, ...D.absent];
  const [top, left] = [0, 1].map((i) => Math.min(...all.map((region) => region.tile[i])));
  const [rows, columns] = [0, 1].map((i) => 1 + Math.max(...all.map((region) => region.tile[i])) - [top, left][i]);
  const size = 72;
  const tiles = all.flatMap((region, r) => {
    const [x, y] = [(region.tile[1] - left) * size, (region.tile[0] - top) * size];
    const known = r < D.regions.length && Number.isFinite(values[r]);
    const colour = known ? scale.colour(values[r]) : blank();
    const middle = { "text-anchor": "middle", fill: inkOn(colour) };
    return [
      box(x + 1, y + 1, size - 2, size - 2, { fill: rgb(colour), stroke: "#999", rx: 3 }),
      words(pick(region.name), x + size / 2, y + 32, {...middle, "font-size": pick(region.name).length > 8 ? 8 : 11 }),
      words(known ? shortText(column, values[r]) : "–", x + size / 2, y + 50, middle)
    ];
  });
  const key = [scale.from, ...(scale.signed ? [0] : []), scale.to].map(
    (value) => ({ text: cellText(column, value), paint: { fill: rgb(scale.colour(value)), stroke: "#999" } }));
  return mark("svg", { viewBox: `0 0 ${columns * size} ${rows * size + 26}` }, ...tiles,
    keyOf(key, 8, rows * size + 18, columns * size));
}
function mapRows() {
  const { column, values } = mapValues();
  const name = column.name || `${state.map.replace("flows|", "")}_${D.regions[state.province].key}_Mt`;
  const divided = divides(column) ? name.replace(/_Mt$/, `_t_per_${state.per}`) : name;
  return [
    ["province", "province_zh", state.since ? `${divided}_change` : divided],
    ...D.regions.map(({ key, name }, r) => [key, name[1], values[r]])
  ];
}
// On a tile there is room for four digits.
function shortText(column, value) {
  if (value === null) return "";
  if (column.percent) return percent(value, column.decimals, column.signed);
  const size = Math.abs(value);
  return number(value, size >= 100 ? 0 : Math.min(column.decimals, size >= 10 ? 1 : 2), column.signed);
}

function moveOnMap(event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const from = event.target.closest && event.target.closest("button.tile");
  if (!step || !from) return;
  event.preventDefault();
  const [row, column] = D.regions[from.dataset.region].tile;
  const ahead = D.regions.map((region, r) => ({
    r,
    along: (region.tile[0] - row) * step[0] + (region.tile[1] - column) * step[1],
    aside: Math.abs((region.tile[0] - row) * step[1]) + Math.abs((region.tile[1] - column) * step[0])
  }));
  const next =
    ahead.filter(({ along }) => along > 0).sort((x, y) => x.along + 2 * x.aside - (y.along + 2 * y.aside))[0];
  if (!next) return;
  from.tabIndex = -1;
  const to = byId("map").querySelector(`[data-region="${next.r}"]`);
  to.tabIndex = 0;
  to.focus();
}
