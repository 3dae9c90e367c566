// Charts: drawn by plotly, without its own controls, so that nothing on them is in one language only.
const COLOURS = {
  production: "#0072B2",
  consumption: "#E69F00",
  pays: "#D55E00",
  receives: "#0072B2"
};
const GROUP_COLOURS = ["#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7", "#999999", "#7A5C00"];
const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';
const CONFIG = {
  displayModeBar: false,
  responsive: true,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
  showAxisDragHandles: false
};
const LARGEST = 30;
let paper = 0; // width of the paper while printing, else 0
let cursor = null; // cell of the matrix a reader stands on, [row, column]

// Labels are shown as written: plotly reads a little HTML.
const shown = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const narrow = () => byId("results").clientWidth < 640;
const label = (r) => shown(narrow() && !state.language ? D.regions[r].short : regionName(r));

function layout(more) {
  const axis = { fixedrange: true, automargin: true, zeroline: false };
  const { xaxis, yaxis, ...rest } = more;
  return {
    font: { family: FONT, size: 12, color: "#222" },
    dragmode: false,
    showlegend: false,
    hoverlabel: { font: { family: FONT } },
    paper_bgcolor: "#fff",
    plot_bgcolor: "#fff",
    autosize: !paper,
    ...(paper ? { width: paper } : {}),
    ...rest,
    xaxis: {...axis, ...xaxis },
    yaxis: {...axis, ...yaxis }
  };
}
function plot(id, traces, more) {
  const place = byId(id);
  if (!place.data) place.replaceChildren();
  Plotly.react(place, traces, layout(more), CONFIG);
  // what a chart shows is said by its label and by the tables; its single marks are noise to a screen reader
  for (const marks of [place.querySelector(".plot-container"), byId("js-plotly-tester")]) {
    if (marks) marks.setAttribute("aria-hidden", "true");
  }
}

function drawEmissions() {
  const order = D.regions.map((_, r) => r).sort((x, y) => account("production")[y] - account("production")[x]);
  const trace = (name) => ({
    type: "bar",
    name: t(`${name}_short`),
    marker: { color: COLOURS[name] },
    x: order.map((_, i) => i),
    y: order.map((r) => account(name)[r]),
    hovertemplate: "%{customdata}<extra></extra>",
    customdata: order.map((r) => `${shown(regionName(r))}<br>${t(`${name}_short`)}: ${number(account(name)[r])} Mt`),
  });
  plot("emissions", [trace("production"), trace("consumption")], {
    barmode: "group",
    bargap: 0.2,
    height: 380,
    margin: { l: 50, r: 10, t: 30, b: 60 },
    showlegend: true,
    legend: { orientation: "h", x: 1, xanchor: "right", y: 1.02, yanchor: "bottom" },
    xaxis: {
      tickmode: "array",
      tickvals: order.map((_, i) => i),
      ticktext: order.map(label),
      tickangle: -90,
      tickfont: { size: narrow() ? 9 : 11 }
    },
    yaxis: { title: { text: t("megatonnes"), standoff: 8 }, gridcolor: "#ddd", separatethousands: true },
  });
}

function matrixParts() {
  const regions = state.level === "regions";
  const order = regions ? D.groups.map((_, g) => g) : ordered();
  const values = regions ? groupFlows() : flows();
  const names = order.map((i) => (regions ? shown(pick(D.groups[i].name)) : label(i)));
  const full = order.map((i) => (regions ? pick(D.groups[i].name) : regionName(i)));
  return { regions, order, names, full, value: (row, column) => values[order[row]][order[column]] };
}

function drawMatrix() {
  const { regions, order, names, full, value } = matrixParts();
  const at = order.map((_, i) => i);
  const cells = (of) => at.map((row) => at.map((column) => of(row, column)));
  const blank = (row, column) => row === column;
  const most = Math.max(...cells((row, column) => (blank(row, column) ? 0 : value(row, column))).flat());
  const ticks = [0, 0.05, 0.2, 0.5, 1].map((part) => (part * most).toPrecision(2) * 1);
  const said = (row, column) =>
    t("flow", { origin: full[row], destination: full[column], value: number(value(row, column), 2) });
  const size = narrow() ? 8 : regions ? 12 : 11;
  const height = Math.min(760, Math.max(320, (paper || byId("results").clientWidth) * (regions ? 0.6 : 0.85)));
  plot("matrix", [{
    type: "heatmap",
    x: at,
    y: at,
    z: cells((row, column) => (blank(row, column) ? null : Math.sqrt(Math.max(0, value(row, column))))),
    zmin: 0,
    zmax: Math.sqrt(most) || 1,
    xgap: 1,
    ygap: 1,
    hoverongaps: false,
    colorscale: [[0, "#f7fbff"], [0.25, "#c6dbef"], [0.5, "#6baed6"], [0.75, "#2171b5"], [1, "#08306b"]],
    colorbar: {
      title: { text: "Mt", side: "right" },
      thickness: 12,
      tickvals: ticks.map(Math.sqrt),
      ticktext: ticks.map((tick) => number(tick, tick < 10 && tick > 0 ? 1 : 0)),
      outlinewidth: 0
    },
    showscale: !narrow(),
    text: cells((row, column) => (regions ? number(value(row, column), 0) : "")),
    texttemplate: regions ? "%{text}" : "",
    textfont: { size: narrow() ? 8 : 11 },
    customdata: cells((row, column) => shown(said(row, column))),
    hovertemplate: "%{customdata}<extra></extra>",
  }],
    {
      height,
      margin: { l: 20, r: 10, t: 10, b: 20 },
      shapes: matrixShapes(order),
      xaxis: {
        title: { text: t("matrix_destination"), standoff: 14 },
        tickvals: at,
        ticktext: names,
        tickangle: -90,
        tickfont: { size },
        ticks: "",
        showgrid: false,
        range: [-0.5, order.length - 0.5]
      },
      yaxis: {
        title: { text: t("matrix_origin"), standoff: 14 },
        tickvals: at,
        ticktext: names,
        tickfont: { size },
        ticks: "",
        showgrid: false,
        range: [order.length - 0.5, -0.5]
      },
    });
}

// Outlines of the chosen province's row and column, of the groups, and of the cell a reader stands on.
function matrixShapes(order) {
  const end = order.length - 0.5;
  const box = (x0, x1, y0, y1, color, width) =>
    ({ type: "rect", x0, x1, y0, y1, line: { color, width }, fillcolor: "rgba(0,0,0,0)" });
  const shapes = [];
  if (state.level !== "regions") {
    order.forEach((r, i) => {
      if (i && D.regions[r].group !== D.regions[order[i - 1]].group) {
        const line = { type: "line", line: { color: "#888", width: 1 } };
        shapes.push({...line, x0: i - 0.5, x1: i - 0.5, y0: -0.5, y1: end },
          {...line, x0: -0.5, x1: end, y0: i - 0.5, y1: i - 0.5 });
      }
    });
    const p = order.indexOf(state.province);
    shapes.push(box(-0.5, end, p - 0.5, p + 0.5, COLOURS.pays, 2), box(p - 0.5, p + 0.5, -0.5, end, COLOURS.pays, 2));
  }
  if (cursor) shapes.push(box(cursor[1] - 0.5, cursor[1] + 0.5, cursor[0] - 0.5, cursor[0] + 0.5, "#000", 3));
  return shapes;
}
const outlineMatrix = () => Plotly.relayout(byId("matrix"), { shapes: matrixShapes(matrixParts().order) });

function moveOnMatrix(event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const { regions, order, full, value } = matrixParts();
  if (event.key === "Enter" && cursor && !regions) return chooseProvince(order[cursor[0]]);
  if (!step) return undefined;
  event.preventDefault();
  const start = regions ? 0 : order.indexOf(state.province);
  const inside = (i) => Math.min(order.length - 1, Math.max(0, i));
  cursor = cursor ? [inside(cursor[0] + step[0]), inside(cursor[1] + step[1])] : [start, start];
  byId("matrix-cell").textContent =
    t("flow", { origin: full[cursor[0]], destination: full[cursor[1]], value: number(value(...cursor), 2) });
  return outlineMatrix();
}

function sankeyLinks() {
  const regions = byId("sankey-level").value === "regions";
  const values = regions ? groupFlows() : flows();
  const all = values.flatMap((row, r) => row.map((value, s) => ({ r, s, value }))).filter(({ r,
    s,
    value }) => r !== s && value > 0);
  all.sort((x, y) => y.value - x.value);
  return { regions, all, links: regions ? all : all.slice(0, LARGEST) };
}

function drawSankey() {
  const { regions, all, links } = sankeyLinks();
  const count = regions ? D.groups.length : D.regions.length;
  const groupAt = new Map(D.groups.map((g, i) => [g.key, i]));
  const named = (i) => (regions ? pick(D.groups[i].name) : regionName(i));
  const colour = (i) => GROUP_COLOURS[(regions ? i : groupAt.get(D.regions[i].group)) % GROUP_COLOURS.length];
  const used = [...new Set(links.flatMap(({ r, s }) => [r, count + s]))].sort((x, y) => x - y);
  const at = new Map(used.map((node, i) => [node, i]));
  const total = (node) =>
    sum(links.filter(({ r, s }) => (node < count ? r === node : s === node - count)).map(({ value }) => value));
  plot("sankey", [{
    type: "sankey",
    arrangement: "fixed",
    textfont: { size: narrow() ? 10 : 12 },
    node: {
      label: used.map((node) => shown(named(node % count))),
      color: used.map((node) => colour(node % count)),
      pad: regions ? 14 : 8,
      thickness: 14,
      line: { width: 0 },
      customdata: used.map((node) => `${shown(named(node % count))}: ${number(total(node), 1)} Mt`),
      hovertemplate: "%{customdata}<extra></extra>"
    },
    link: {
      source: links.map(({ r }) => at.get(r)),
      target: links.map(({ s }) => at.get(count + s)),
      value: links.map(({ value }) => value),
      color: links.map(({ r }) => `${colour(r)}66`),
      customdata: links.map(
        ({ r, s, value }) => shown(t("flow", { origin: named(r), destination: named(s), value: number(value, 2) }))),
      hovertemplate: "%{customdata}<extra></extra>"
    },
  }],
    { height: regions ? 480 : 620, margin: { l: 8, r: 8, t: 10, b: 10 } });
  const part = sum(links.map(({ value }) => value)) / sum(all.map(({ value }) => value));
  byId("sankey-note").textContent =
    t("sankey_note", { part: percent(part), level: t(regions ? "regions" : "provinces") });
}

function drawMoney() {
  const made = valuesOf("table3_compensation", "amount");
  if (!made) return;
  const { values } = made;
  const order = values.map((_, r) => r).sort((x, y) => values[x] - values[y]);
  plot("money", [{
    type: "bar",
    orientation: "h",
    x: order.map((r) => values[r]),
    y: order.map((_, i) => i),
    marker: { color: order.map((r) => COLOURS[values[r] < 0 ? "pays" : "receives"]) },
    text: order.map((r) => number(values[r], 1, true)),
    textposition: "outside",
    cliponaxis: false,
    textfont: { size: 10 },
    customdata: order.map((r) => `${shown(regionName(r))}: ${number(values[r], 2, true)}`),
    hovertemplate: "%{customdata}<extra></extra>",
  }],
    {
      height: 90 + 20 * order.length,
      margin: { l: 20, r: 20, t: 10, b: 40 },
      bargap: 0.25,
      xaxis: {
        title: { text: t("money_axis") },
        gridcolor: "#ddd",
        zeroline: true,
        zerolinecolor: "#222",
        range: moneyRange(values)
      },
      yaxis: {
        tickvals: order.map((_, i) => i),
        ticktext: order.map((r) => shown(regionName(r))),
        tickfont: { size: 11 },
        ticks: ""
      },
    });
  const amounts = { payments: -sum(values.filter((x) => x < 0)), receipts: sum(values.filter((x) => x > 0)) };
  const gap = amounts.payments - amounts.receipts;
  byId("fund").textContent = t(gap >= 0 ? "fund_keeps" : "fund_lacks",
    { payments: number(amounts.payments), receipts: number(amounts.receipts), gap: number(Math.abs(gap)) });
}
function moneyRange(values) {
  const least = Math.min(0, ...values), most = Math.max(0, ...values);
  const room = (narrow() ? 0.3 : 0.1) * (most - least || 1);
  return [least - room, most + room];
}

// One chart after another, so that the page answers in between.
const CHARTS = {
  emissions: drawEmissions,
  matrix: drawMatrix,
  sankey: drawSankey,
  money: drawMoney
};
let waiting = [];
const ready = () => typeof Plotly !== "undefined";
function drawCharts(names = Object.keys(CHARTS)) {
  if (!ready()) return;
  const idle = waiting.length === 0;
  waiting = [...new Set([...waiting, ...names.filter((name) => name !== "money" || D.curve)])];
  if (idle && waiting.length) setTimeout(drawNext);
}
function drawNext() {
  const name = waiting.shift();
  if (name) CHARTS[name]();
  if (waiting.length)
    setTimeout(drawNext);
  else
    document.body.dataset.drawn = String(Number(document.body.dataset.drawn || 0) + 1);
}

// Paper is narrower than most screens: charts are drawn anew for it, since some of them change size only by and by.
function forPaper(width) {
  if (!ready()) return;
  paper = width;
  for (const [name, draw] of Object.entries(CHARTS)) {
    if (!byId(name) || !byId(name).data) continue;
    Plotly.purge(byId(name));
    draw();
  }
}
