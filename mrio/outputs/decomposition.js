// The page of the decomposition: choices in the address, a waterfall of the chosen province or flow, and its numbers.
"use strict";
const DATA = JSON.parse(document.getElementById("data").textContent);
const SAID = DATA.said;
const CHOICES = ["quantity", "province", "destination", "definition", "step"];
const byId = id => document.getElementById(id);

// Two decimals with a true minus; a change carries its sign.
function written(value, signed) {
  const text = Math.abs(value).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  if (Number(text.replaceAll(",", "")) === 0) return text;
  return (value < 0 ? "−" : signed ? "+" : "") + text;
}

function option(value, text) {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = text;
  return made;
}

function chosen() {
  const [quantity, province, destination, definition, step] = CHOICES.map(id => byId(id).value);
  const flow = quantity === "flow";
  const of =
    flow ? DATA.flows[definition][step][province][destination] : DATA.accounts[definition][quantity][step][province];
  const count = DATA.factors.length;
  const name = flow
    ? SAID.flow_of.replace("{one}", DATA.regions[province]).replace("{other}", DATA.regions[destination])
    : DATA.regions[province];
  const title = SAID.title_of.replace("{quantity}", DATA.quantities[quantity]).replace("{name}", name);
  return {
    title: title.replace("{years}", DATA.steps[step]).replace("{definition}", DATA.definitions[definition]),
    start: of[0],
    end: of[1],
    terms: of.slice(2, 2 + count),
    gaps: flow ? null : of.slice(2 + count),
    flow
  };
}

function svg(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Bars from the first year to the last, one below the other, so that names have room on any screen.
function waterfall(of) {
  const names = [SAID.start, ...DATA.factors, SAID.end];
  const width = Math.min(Math.max(byId("chart").clientWidth, 320), 900);
  const left = 150, row = 30, right = 75, height = row * names.length + 30;
  let at = of.start;
  const bars = [[0, of.start], ...of.terms.map(term => [at, at += term]), [0, of.end]];
  // the order of factors moves the end of a bar by half the gap either way
  const gaps = [0, ...(of.gaps || of.terms.map(() => 0)), 0].map(gap => gap / 2);
  const reach = bars.flatMap(([from, to], k) => [from, to - gaps[k], to + gaps[k]]).concat(0);
  const low = Math.min(...reach), high = Math.max(...reach);
  const x = value => left + (width - left - right) * (value - low) / (high - low || 1);
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": of.title });
  chart.append(svg("title", {}, of.title));
  chart.append(svg("line", { x1: x(0), x2: x(0), y1: 0, y2: height - 24, stroke: "var(--line)" }));
  bars.forEach(([from, to], k) => {
    const y = k * row + 4, whole = k === 0 || k === names.length - 1;
    const fill = whole ? "var(--end)" : to >= from ? "var(--more)" : "var(--less)";
    const
      box = { x: Math.min(x(from), x(to)), y, width: Math.max(Math.abs(x(to) - x(from)), 1), height: row - 10, fill };
    chart.append(svg("text", { x: left - 10, y: y + 15, "text-anchor": "end" }, names[k]), svg("rect", box));
    if (gaps[k]) {
      const ends = { x1: x(to - gaps[k]), x2: x(to + gaps[k]), y1: y + (row - 10) / 2, y2: y + (row - 10) / 2 };
      chart.append(svg("line", {...ends, stroke: "var(--ink)", class: "gap" }));
    }
    const value = whole ? to : to - from;
    chart.append(svg("text", { x: Math.max(x(from), x(to + gaps[k])) + 8, y: y + 15 }, written(value, !whole)));
  });
  chart.append(svg("text", { x: left, y: height - 6 }, SAID.unit));
  return chart;
}

function cells(kind, texts) {
  const row = document.createElement("tr");
  for (const text of texts) {
    const cell = document.createElement(kind);
    cell.textContent = text;
    row.append(cell);
  }
  return row;
}

function numbers(of) {
  const change = of.end - of.start;
  const share = term => change ? `${written(100 * term / change, true)}%` : "";
  const rows =
    of.terms.map((term, k) => [DATA.factors[k], written(term, true), of.gaps ? written(of.gaps[k]) : "", share(term)]);
  return [
    [SAID.start, written(of.start), "", ""], ...rows, [SAID.change, written(change, true), "", share(change)],
    [SAID.end, written(of.end), "", ""]
  ];
}

function draw() {
  const of = chosen();
  byId("to").hidden = !of.flow;
  byId("heading").textContent = of.title;
  byId("chart").replaceChildren(waterfall(of));
  const kept = texts => texts.filter((text, k) => of.gaps || k !== 2); // gaps are known of provinces, not of flows
  byId("head").replaceChildren(...cells("th", kept([SAID.factor, SAID.term, SAID.gap, SAID.of_change])).children);
  byId("rows").replaceChildren(...numbers(of).map(texts => cells("td", kept(texts))));
  document.body.dataset.drawn = Number(document.body.dataset.drawn || 0) + 1;
}

// What stands in the address, where it is one of the choices; else the first of them.
function fromAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const id of CHOICES) {
    const options = [...byId(id).options].map(one => one.value);
    byId(id).value = options.includes(asked.get(id)) ? asked.get(id) : id === "destination" ? "1" : options[0];
  }
  draw();
}

for (const [value, text] of Object.entries(DATA.quantities)) byId("quantity").append(option(value, text));
for (const id of ["province", "destination"]) DATA.regions.forEach((name, k) => byId(id).append(option(k, name)));
DATA.definitions.forEach((name, k) => byId("definition").append(option(k, name)));
DATA.steps.forEach((years, k) => byId("step").append(option(k, years)));
for (const id of CHOICES)
  byId(id).addEventListener("change", () => {
    location.hash = new URLSearchParams(CHOICES.map(one => [one, byId(one).value])).toString();
  });
addEventListener("hashchange", fromAddress);
addEventListener("resize", draw);
fromAddress();
