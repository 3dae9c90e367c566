// What a reader does: language, year, choices, sliders, tables; every step is kept in the address.
function sayWords() {
  document.documentElement.lang = ["en", "zh-CN"][state.language];
  document.documentElement.dataset.theme = state.theme;
  document.title = t("title");
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = t(place.dataset.t);
  for (const place of document.querySelectorAll("[data-t-label]"))
    place.setAttribute("aria-label", t(place.dataset.tLabel));
  for (const button of document.querySelectorAll("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === LANGUAGES[state.language]));
  byId("theme").textContent = t(dark() ? "theme_light" : "theme_dark");
  byId("sankey-level").options[1].textContent = t("sankey_provinces", { count: LARGEST });
  byId("since-note").textContent = state.since ? t("since_note", { since: state.since, now: D.year }) : "";
  byId("copied").textContent = "";
  byId("link").hidden = true;
  const names = D.absent.map((region) => pick(region.name)).join(state.language ? "、" : ", ");
  byId("map-note").textContent = t("map_note", { absent: names ? t("absent", { names }) : "" });
  byId("sources").textContent = pick(D.sources);
}

// A list to choose from; one with nothing to choose is not shown.
function fill(id, items, chosen, fewest = 2) {
  byId(id).replaceChildren(...items.map(([value, text]) => element("option", { value, text })));
  byId(id).value = chosen;
  byId(id).closest("label").hidden = items.length < fewest;
}
const byGroup = () => D.groups.map(
  (group) => element("optgroup", { label: pick(group.name) },
    ...D.regions.flatMap(
      (region, r) => (region.group === group.key ? [element("option", { value: r, text: pick(region.name) })] : []))));

function drawChoices() {
  fill("year", ALL.years.map((year) => [year, year]), D.year);
  fill("since", [["", t("since_none")], ...ALL.years.filter((year) => year !== D.year).map((year) => [year, year])],
    state.since);
  fill("definition", D.definitions.map(({ name }, i) => [i, pick(name)]), state.definition, 1);
  fill("resolution", D.resolutions.map(({ name }, i) => [i, pick(name)]), state.resolution, 1);
  fill("per", ["total", ...Object.keys(D.per)].map((per) => [per, t(`per_${per}`)]), state.per);
  fill("stressor", D.stressors.map((name, i) => [i, name]), state.stressor);
  byId("province").replaceChildren(...byGroup());
  byId("province").value = state.province;
  byId("with").replaceChildren(element("option", { value: -1, text: t("with_none") }), ...byGroup());
  byId("with").value = state.with;
  byId("matrix-level").value = state.level;
  byId("sankey-level").value = state.sankey;
  for (const id of ["money-section", "payments-section", "note-social"]) byId(id).hidden = !D.curve;
  byId("sectors-section").hidden = !D.sectors;
  if (!D.curve) return;
  byId("fund").value = state.fund;
  const presets = Object.keys(D.curve.presets).map((name) => element("option", { value: name, text: name }));
  byId("preset").replaceChildren(element("option", { value: "", text: t("preset_own") }), ...presets);
  showSliders();
}

function drawAll() {
  sayWords();
  drawChoices();
  drawMapChoice();
  drawProvince();
  drawMap();
  drawTableChoice();
  drawTable();
  drawFileButtons();
  drawCharts();
}

function chooseProvince(region, keepFocus = false) {
  state.province = Number(region);
  state.flow = null;
  byId("province").value = state.province;
  drawMapChoice();
  drawProvince();
  drawMap();
  markRow();
  if (keepFocus) byId("map").querySelector(`[data-region="${region}"]`).focus();
  remember();
  // charts follow in the next frame: the numbers come first
  requestAnimationFrame(outlineMatrix);
  drawCharts(["sectors"]);
}
// A mark of a chart: of a province, or of a flow between two, whose sectors are then shown.
function chooseMark(region, to) {
  const flow = to !== null && to !== region ? [region, to] : null;
  state.province = region;
  state.flow = flow;
  byId("province").value = region;
  drawMapChoice();
  drawProvince();
  drawMap();
  markRow();
  outlineMatrix();
  remember();
  drawCharts(["sectors"]);
}

function choose(name, value) {
  state[name] = value;
  state.sort = null;
  drawAll();
  remember();
}
// Another year: the same provinces, definitions and resolutions by their keys; sliders stand where that year does.
function chooseYear(year) {
  const keys =
    Object.entries({ province: "regions", with: "regions", definition: "definitions", resolution: "resolutions" })
      .map(([name, list]) => [name, list, D[list][state[name]]?.key]);
  const own = moved();
  D = ALL.results[year];
  for (const [name, list, key] of keys) state[name] = Math.max(name === "with" ? -1 : 0, found(D[list], key));
  if (!own) Object.assign(state, moneyOf(D));
  Object.assign(state, {
    flow: null,
    sort: null,
    table: Math.min(state.table, D.tables.length - 1),
    since: state.since === String(year) ? "" : state.since
  });
  drawAll();
  remember();
}

// Sliders: a number field beside each takes what the slider cannot reach.
const isChosen = (curve) => ["a", "b", "G", "pearl"].every((key) => curve[key] === state[key]);
const matching = () => {
  const same = Object.entries(D.curve.presets).filter((preset) => isChosen(preset[1]));
  return same.find(([name]) => name === D.curve.text) || same[0];
};
const SLIDERS = [["price", "price"], ["price", "price-number"], ["b", "b"], ["b", "b-number"], ["a", "a"], ["G", "G"]];
function showSliders() {
  for (const [key, id] of SLIDERS)
    if (document.activeElement !== byId(id)) byId(id).value = state[key];
  byId("preset").value = matching() ? matching()[0] : "";
  byId("money-warning").textContent = state.pearl ? t("pearl_note") : "";
}
function changeMoney(changes) {
  if (!Object.entries(changes).every(([key, value]) => typeof value === "boolean" || usable(key, value))) {
    byId("money-warning").textContent = t("not_a_number");
    return;
  }
  Object.assign(state, changes);
  showSliders();
  drawCards();
  if (state.map.startsWith("table3")) drawMap();
  if (D.tables[state.table].key === "table3_compensation") drawTable();
  drawCharts(["money", "payments"]);
}

const CHOICES = {
  with: ["with", Number],
  since: ["since", String],
  definition: ["definition", Number],
  resolution: ["resolution", Number],
  per: ["per", String],
  stressor: ["stressor", Number]
};
function listen() {
  for (const button of document.querySelectorAll("[data-language]"))
    button.addEventListener("click", () => {
      state.language = LANGUAGES.indexOf(button.dataset.language);
      drawAll();
      remember();
    });
  byId("theme").addEventListener("click", () => {
    state.theme = dark() ? "light" : "dark";
    drawAll();
    remember();
  });
  prefersDark.addEventListener("change", drawAll);
  byId("copy").addEventListener("click", copyLink);
  byId("year").addEventListener("change", (event) => chooseYear(event.target.value));
  byId("province").addEventListener("change", (event) => chooseProvince(event.target.value));
  for (const [id, [name, as]] of Object.entries(CHOICES))
    byId(id).addEventListener("change", (event) => choose(name, as (event.target.value)));
  byId("map").addEventListener("keydown", moveOnMap);
  byId("matrix").addEventListener("keydown", moveOnMatrix);
  // controls of one chart or table: what they say, and what is drawn anew
  const own = (id, name, of, draw) => byId(id).addEventListener("change", (event) => {
    state[name] = of(event.target);
    draw();
    remember();
  });
  own("map-column", "map", ({ value }) => value, () => {
    drawMap();
    drawFileButtons();
  });
  own("sankey-level", "sankey", ({ value }) => value, () => drawCharts(["sankey"]));
  own("fund", "fund", ({ value }) => value, () => drawCharts(["payments"]));
  own("columns", "columns", ({ checked }) => (checked ? "all" : "chosen"), drawTable);
  own("matrix-level", "level", ({ value }) => value, () => {
    cursor = null;
    byId("matrix-cell").textContent = "";
    drawCharts(["matrix"]);
  });
  byId("show-all").addEventListener("click", () => {
    state.partners = state.partners === "all" ? "largest" : "all";
    drawProvince();
    remember();
  });
  byId("all-flows").addEventListener("click", () => {
    state.flow = null;
    outlineMatrix();
    drawCharts(["sectors"]);
    remember();
  });
  byId("download").addEventListener("click", download);
  listenToMoney();
  linked();
  for (const name of ["popstate", "hashchange"]) window.addEventListener(name, followAddress);
  window.addEventListener("beforeprint", () => forPaper(680));
  window.addEventListener("afterprint", () => forPaper(0));
}

function listenToMoney() {
  for (const [key, id] of SLIDERS) {
    byId(id).addEventListener(
      "input", (event) => changeMoney({ [key]: event.target.value === "" ? NaN : Number(event.target.value) }));
    byId(id).addEventListener("change", remember);
  }
  byId("preset").addEventListener("change", (event) => {
    if (event.target.value) changeMoney(D.curve.presets[event.target.value]);
    remember();
  });
  byId("reset").addEventListener("click", () => {
    changeMoney(moneyOf(D));
    remember();
  });
}

// The words and tables first; the charts once they are on the screen, and anew when the page changes its width.
function start() {
  recall();
  listen();
  drawAll();
  let width = byId("results").clientWidth;
  new ResizeObserver(() => {
    if (byId("results").clientWidth === width || paper) return;
    width = byId("results").clientWidth;
    drawCharts();
  }).observe(byId("results"));
}
document.addEventListener("DOMContentLoaded", start);
