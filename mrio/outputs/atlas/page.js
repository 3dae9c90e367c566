// What a reader does: language, choices, sliders, tables; and what the address says of them.
const KEYS = {
  province: "regions",
  definition: "definitions",
  resolution: "resolutions"
};

function sayWords() {
  document.documentElement.lang = ["en", "zh-CN"][state.language];
  document.title = t("title");
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = t(place.dataset.t);
  for (const place of document.querySelectorAll("[data-t-label]"))
    place.setAttribute("aria-label", t(place.dataset.tLabel));
  for (const button of document.querySelectorAll("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === ["en", "zh"][state.language]));
  byId("sankey-level").options[1].textContent = t("sankey_provinces", { count: LARGEST });
  const names = D.absent.map((region) => pick(region.name)).join(state.language ? "、" : ", ");
  byId("map-note").textContent = t("map_note", { absent: names ? t("absent", { names }) : "" });
  byId("sources").textContent = pick(D.sources);
}

function drawChoices() {
  const options = { definition: D.definitions, resolution: D.resolutions };
  for (const [id, list] of Object.entries(options)) {
    byId(id).replaceChildren(...list.map((item, i) => element("option", { value: i, text: pick(item.name) })));
    byId(id).value = state[id];
  }
  byId("province")
    .replaceChildren(...D.groups.map(
      (group) => element("optgroup", { label: pick(group.name) },
        ...D.regions.flatMap(
          (region, r) =>
            (region.group === group.key ? [element("option", { value: r, text: pick(region.name) })] : [])))));
  byId("province").value = state.province;
  if (!D.curve) return;
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
  drawCharts();
}

function chooseProvince(region, keepFocus = false) {
  state.province = Number(region);
  byId("province").value = state.province;
  drawMapChoice();
  drawProvince();
  drawMap();
  markRow();
  if (keepFocus) byId("map").querySelector(`[data-region="${region}"]`).focus();
  remember();
  // the outlines follow in the next frame: the numbers come first
  if (ready() && byId("matrix").data) requestAnimationFrame(outlineMatrix);
}

function chooseVariant(id, index) {
  state[id] = Number(index);
  state.sort = null;
  drawMapChoice();
  drawProvince();
  drawMap();
  drawTable();
  drawCharts();
  remember();
}

// Sliders: a number field beside each takes what the slider cannot reach.
const isChosen = (curve) => ["a", "b", "G", "pearl"].every((key) => curve[key] === state[key]);
const matching = () => Object.entries(D.curve.presets).find((preset) => isChosen(preset[1]));
function showSliders() {
  for (const [key, id] of [
         ["price", "price"], ["price", "price-number"], ["b", "b"], ["b", "b-number"], ["a", "a"], ["G", "G"]]) {
    if (document.activeElement !== byId(id)) byId(id).value = state[key];
  }
  byId("preset").value = matching() ? matching()[0] : "";
  byId("money-warning").textContent = state.pearl ? t("pearl_note") : "";
}
function changeMoney(changes) {
  const bad = Object.entries(changes).some(([key, value]) => typeof value === "number" &&
      (!Number.isFinite(value) || value < 0 || (key === "G" && value === 0)));
  if (bad) {
    byId("money-warning").textContent = t("not_a_number");
    return;
  }
  Object.assign(state, changes);
  showSliders();
  drawCards();
  if (byId("map-column").value.startsWith("table3")) drawMap();
  if (D.tables[state.table].key === "table3_compensation") drawTable();
  drawCharts(["money"]);
}

// The address keeps the choices: a link shows what its sender saw.
function remember() {
  const said = Object.entries(KEYS).map(([id, list]) => [id, D[list][state[id]].key]);
  history.replaceState(null, "", `#${new URLSearchParams([...said, ["lang", ["en", "zh"][state.language]]])}`);
}
function recall() {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const [id, list] of Object.entries(KEYS)) {
    const found = D[list].findIndex((item) => item.key === said.get(id));
    if (found >= 0) state[id] = found;
  }
  const opened = document.documentElement.lang.startsWith("zh") || (navigator.language || "").startsWith("zh");
  state.language = said.has("lang") ? Number(said.get("lang") === "zh") : Number(opened);
}

function listen() {
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      state.language = Number(button.dataset.language === "zh");
      drawAll();
      remember();
    });
  }
  byId("province").addEventListener("change", (event) => chooseProvince(event.target.value));
  for (const id of ["definition", "resolution"])
    byId(id).addEventListener("change", (event) => chooseVariant(id, event.target.value));
  byId("map-column").addEventListener("change", drawMap);
  byId("map").addEventListener("keydown", moveOnMap);
  byId("show-all").addEventListener("click", (event) => {
    event.target.setAttribute("aria-expanded", String(event.target.getAttribute("aria-expanded") !== "true"));
    drawProvince();
  });
  byId("matrix").addEventListener("keydown", moveOnMatrix);
  byId("matrix-level").addEventListener("change", (event) => {
    state.level = event.target.value;
    cursor = null;
    byId("matrix-cell").textContent = "";
    drawCharts(["matrix"]);
  });
  byId("sankey-level").addEventListener("change", () => drawCharts(["sankey"]));
  byId("all-columns").addEventListener("change", drawTable);
  byId("download").addEventListener("click", download);
  if (D.curve) listenToMoney();
  window.addEventListener("beforeprint", () => forPaper(680));
  window.addEventListener("afterprint", () => forPaper(0));
}

function listenToMoney() {
  for (const [id, key] of [
         ["price", "price"], ["price-number", "price"], ["b", "b"], ["b-number", "b"], ["a", "a"], ["G", "G"]]) {
    byId(id).addEventListener(
      "input", (event) => changeMoney({ [key]: event.target.value === "" ? NaN : Number(event.target.value) }));
  }
  byId("preset").addEventListener("change", (event) => {
    if (event.target.value) changeMoney(D.curve.presets[event.target.value]);
  });
  byId("reset").addEventListener("click", () => {
    const { price, a, b, G, pearl } = D.curve;
    changeMoney({ price, a, b, G, pearl });
  });
}

// The words and tables first; the chart library only once they are on the screen.
function start() {
  if (!D.curve)
    for (const id of ["money-section", "note-social"]) byId(id).remove();
  recall();
  listen();
  drawAll();
  document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(() => {
    document.body.append(element("script", { text: byId("plotly").textContent }));
    drawCharts();
  })));
}
start();
