// A province: what it shifts and carries, its ledger, its partners, and the map it is chosen on.
const SHOWN_PARTNERS = 10;
const PRODUCTION_PARTS = ["home", "outflow", "exports", "excluded", "residual", "zero_output", "reshipped"];
const CARDS = ["net_transfer", "share", "shared", "coefficient", "amount"];

function drawProvince() {
  const p = state.province;
  const province = regionName(p);
  const net = account("net_transfer")[p];
  byId("province-title").textContent = province;
  const pays = account("net_transfer_p_pays");
  const certain = !pays || pays[p] >= 0.9 || pays[p] <= 0.1;
  const said = net > 0 ? "net_out" : net < 0 ? "net_in" : "net_none";
  byId("verdict").textContent =
    certain ? t(said, { province }) : t("net_uncertain", { province, chance: percent(pays[p], 0) });
  byId("mixed").textContent = D.mixed.includes(D.regions[p].key) ? t("mixed") : "";
  drawCards();
  drawLedger(p);
  drawSchemes(p);
  byId("emits-for-title").textContent = t("emits_for", { province });
  byId("emitted-for-title").textContent = t("emitted_for", { province });
  drawPartners("emits-for", false);
  drawPartners("emitted-for", true);
  const all = byId("show-all");
  all.textContent = t(all.getAttribute("aria-expanded") === "true" ? "show_fewer" : "show_all");
  all.hidden = D.regions.length <= SHOWN_PARTNERS + 1;
}

function drawCards() {
  const found = CARDS.flatMap((quantity) => {
    for (const table of D.tables) {
      const made = valuesOf(table.key, quantity);
      if (made) return [{...made, interval: intervalOf(table, made.column, state.province) }];
    }
    return [];
  });
  byId("figures").replaceChildren(...found.map(
    ({ column, values, interval }) => element("div", {}, element("dt", { text: pick(column.head) }),
      element("dd", { "data-quantity": column.quantity, text: cellText(column, values[state.province]) + interval }))));
}

function drawLedger(p) {
  const of = (name) => (account(name) ? account(name)[p] : 0);
  const ever = (name) => account(name) && account(name).some((value) => Math.abs(value) > 1e-12);
  const row = (key, value, kind) => element("tr", { class: kind }, element("th", { scope: "row", text: t(key) }),
    element("td", { class: "number", "data-account": key, text: number(value, 2, key === "net_transfer") }));
  const production = PRODUCTION_PARTS.filter((part) => ["home", "outflow"].includes(part) || ever(part));
  byId("ledger").tBodies[0].replaceChildren(
    ...production.map((part) => row(`production_${part}`, part === "reshipped" ? -of(part) : of(part), "part")),
    row("production", of("production"), "sum"),
    row("consumption_home", of("home"), "part"),
    row("consumption_inflow", of("inflow"), "part"),
    ...(ever("reshipped") ? [row("consumption_reshipped", -of("reshipped"), "part")] : []),
    row("consumption", of("consumption"), "sum"),
    row("net_transfer", of("net_transfer"), "sum"),
    row("household", of("household"), "beside"),
    ...(account("imports") ? [row("imports", of("imports"), "beside")] : []),
  );
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
                  element("td", { class: "number", text: number(value, 2) })));
  byId("schemes").tBodies[0].replaceChildren(
    ...(at < 0 ? [element("tr", {}, element("td", { text: t("schemes_none") }))] : rows));
}

function drawPartners(id, outward) {
  const all = partners(outward);
  const whole = sum(all.map(({ value }) => value));
  const expanded = byId("show-all").getAttribute("aria-expanded") === "true";
  const shown = expanded || all.length <= SHOWN_PARTNERS ? all : all.slice(0, SHOWN_PARTNERS);
  const largest = all.length ? Math.max(all[0].value, 1e-12) : 1;
  const line = (head, value, region = null, kind = null) =>
    element("tr", { class: kind, "data-region": region }, element("th", { scope: "row" }, head),
      element("td", { class: "bar" },
        element("span",
          { class: outward ? "out" : "in", style: `width:${kind ? 0 : Math.max(0, (100 * value) / largest)}%` })),
      element("td", { class: "number", text: number(value, 2) }),
      element("td", { class: "number", text: percent(value / whole) }));
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
        element("th", { scope: "col", class: "number", text: t("megatonnes") }),
        element("th", { scope: "col", class: "number", text: t("part") }))),
    element("tbody", {}, ...shown.map((one) => line(choose(one), one.value, one.region)),
      ...(shown.length < all.length ? [line(t("others", { count: all.length - shown.length }), rest, null, "rest")]
                                    : [])),
    element("tfoot", {}, line(t("all_partners"), whole, null, "sum")),
  );
}

// Colours: blue to vermilion through white at zero (receives, pays), or white to blue.
const mix = (from, to, part) => from.map((channel, i) => Math.round(channel + (to[i] - channel) * part));
const WHITE = [255, 255, 255], BLUE = [0, 114, 178], VERMILION = [213, 94, 0];
const rgb = (colour) => `rgb(${colour.join(",")})`;
function luminance(colour) {
  const [r, g, b] = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function scaleOf(values) {
  const finite = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const signed = least < 0 && most > 0;
  const reach = Math.max(Math.abs(least), Math.abs(most)) || 1;
  const from = signed ? -reach : Math.min(0, least), to = signed ? reach : Math.max(0, most);
  const colour = (value) => (signed ? mix(WHITE, value < 0 ? BLUE : VERMILION, Math.abs(value) / reach)
                                    : mix(WHITE, BLUE, (value - from) / (to - from || 1)));
  return { from, to, signed, colour };
}

// What the map may show: every numeric column of the tables, and the flows of the province chosen.
function mapColumns() {
  const columns = D.tables.flatMap(
    (table) => table.columns.filter((c) => c.number && fits(c))
      .map((column) =>
             ({ value: `${table.key}|${column.quantity}`, group: pick(table.number), text: pick(column.head) })));
  const province = regionName(state.province);
  const own = ["emits-for", "emitted-for"].map((key) => ({
    value: `flows|${key}`,
    group: t("map_chosen", { province }),
    text: `${t(key.replace("-", "_"), { province })} (Mt)`
  }));
  return [...columns, ...own];
}
function mapValues() {
  const [key, quantity] = byId("map-column").value.split("|");
  if (key !== "flows") return valuesOf(key, quantity);
  const column = { number: true, decimals: 1, signed: false };
  const p = state.province;
  return {
    column,
    values: D.regions.map((_, r) => (r === p             ? null
                              : quantity === "emits-for" ? flows()[r][p]
                                                         : flows()[p][r]))
  };
}

function drawMapChoice() {
  const select = byId("map-column");
  const before = select.value || D.tables.map((table) => `${table.key}|net_transfer`)[0];
  const groups = new Map();
  for (const { value, group, text } of mapColumns()) {
    if (!groups.has(group)) groups.set(group, element("optgroup", { label: group }));
    groups.get(group).append(element("option", { value, text }));
  }
  select.replaceChildren(...groups.values());
  select.value = before;
  if (!select.value) select.selectedIndex = 0;
}

function drawMap() {
  const { column, values } = mapValues();
  const scale = scaleOf(values);
  const label = byId("map-column").selectedOptions[0].textContent;
  const first = Math.min(...[...D.regions, ...D.absent].map((r) => r.tile[1]));
  const place = (region) => `grid-row:${region.tile[0] + 1};grid-column:${region.tile[1] - first + 1};`;
  const inside = (region,
    text) => [element("span", { class: pick(region.name).length > 8 ? "full long" : "full", text: pick(region.name) }),
    element("span", { class: "short", text: state.language ? pick(region.name) : region.short }),
    element("span", { class: "value", text })];
  const tile = (region, r) => {
    const text = values[r] === null ? "" : cellText(column, values[r]);
    const colour = values[r] === null ? WHITE : scale.colour(values[r]);
    const style = `${place(region)}background:${rgb(colour)};color:${luminance(colour) > 0.18 ? "#000" : "#fff"}`;
    const chosen = r === state.province;
    return element("button", {
      type: "button",
      style,
      class: "tile",
      "data-region": r,
      tabindex: chosen ? "0" : "-1",
      "aria-pressed": String(chosen),
      "aria-label": `${pick(region.name)}: ${text || t("no_value")}`,
      title: `${label}: ${text}`,
      onclick: () => chooseProvince(r, true)
    },
      ...inside(region, shortText(column, values[r])));
  };
  const absent = D.absent.map((region) => element("div", {
    class: "tile absent",
    style: place(region),
    role: "img",
    "aria-label": `${pick(region.name)}: ${t("not_in_study")}`,
    title: t("not_in_study")
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
