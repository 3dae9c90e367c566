// Charts of pairs: who emits for whom, as matrix and as flows; and the order in which charts are drawn.
const LARGEST = 30;
const GROUP_COLOURS = ["#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7", "#999999", "#7A5C00"];
let cursor = null; // cell of the matrix a reader stands on, [row, column]

// A flow says itself in one form everywhere, with its interval where one was computed.
const flowText = (origin, destination, value, ends = null) =>
  t(state.since ? "flow_change" : "flow",
    { origin, destination, value: number(value, 2, Boolean(state.since)), since: state.since }) +
  endsText(ends, 2);

function matrixParts() {
  const regions = state.level === "regions";
  const order = regions ? D.groups.map((_, g) => g) : ordered();
  const values = regions ? groupFlows() : shownFlows();
  const names = order.map((i) => (regions ? pick(D.groups[i].name) : label(i)));
  const full = order.map((i) => (regions ? pick(D.groups[i].name) : regionName(i)));
  return {
    regions,
    order,
    names,
    full,
    value: (row, column) => values[order[row]][order[column]],
    ends: (row, column) => (regions || row === column ? null : flowEnds(order[row], order[column]))
  };
}
// Colour goes with the square root of a flow, and with that of a change to either side of none.
function shadeOf(most) {
  return (value) => {
    const part = Math.sqrt(Math.min(1, Math.abs(value) / (most || 1)));
    return mix(blank(), value < 0 ? [0, 114, 178] : state.since ? VERMILION : [8, 65, 128], part);
  };
}

// A grid of cells as wide as `widths` say; `cell` says the colour, tip, text and keys of each.
const edgesOf = (widths, left) => widths.reduce((edges, width) => [...edges, edges.at(-1) + width], [left]);
function grid(left, top, widths, height, rows, cell) {
  const edges = edgesOf(widths, left);
  const one = (of, i, j) => mark("g", { "data-tip": of.tip, "data-region": of.region, "data-to": of.to, class: "cell" },
    box(edges[j] + 0.5, top + height * i + 0.5, widths[j] - 1, height - 1, { fill: of.colour }),
    of.text && words(of.text, (edges[j] + edges[j + 1]) / 2, top + height * (i + 0.5) + 4, {
      "text-anchor": "middle",
      fill: of.ink,
      "font-size": Math.min(11, (widths[j] - 2) / (0.56 * of.text.length))
    }));
  return rows.flatMap((_, i) => widths.map((__, j) => one(cell(i, j), i, j)));
}
const upright = (text, x, y, more) => words(text, 0, 0, { transform: `translate(${x} ${y}) rotate(-90)`, ...more });

function drawMatrix() {
  const { regions, order, names, full, value, ends } = matrixParts();
  const at = order.map((_, i) => i);
  const most = Math.max(...at.flatMap((i) => at.map((j) => (i === j ? 0 : Math.abs(value(i, j) || 0)))));
  const shade = shadeOf(most);
  const width = widthOf("matrix"), small = narrow() ? (regions ? 9 : 8) : 11;
  const edge = widest(names, small) + 26, top = edge;
  const size = (Math.min(width, regions ? 760 : 1180) - edge - 4) / at.length;
  const height = Math.min(size, regions ? 44 : 21);
  const cell = (i, j) => {
    const flow = value(i, j);
    const known = Number.isFinite(flow);
    const colour = i === j || !known ? blank() : shade(flow);
    return {
      tip: known ? flowText(full[i], full[j], flow, ends(i, j)) : t("no_value"),
      colour: rgb(colour),
      ink: inkOn(colour),
      text: regions && known ? number(flow, narrow() ? 0 : 1, Boolean(state.since)) : "",
      region: regions ? null : order[i],
      to: regions ? null : order[j]
    };
  };
  const legend = [0, 0.05, 0.25, 1].map((part) => ({
    text: `${number(part * most, part * most < 10 ? 1 : 0)}`,
    paint: { fill: rgb(shade(part * most)), stroke: "var(--line)" }
  }));
  const bottom = top + height * at.length, within = at.some((i) => at.some((j) => ends(i, j)));
  show("matrix", bottom + 30, [
    words(t("matrix_destination"), edge + (size * at.length) / 2, 11, { "text-anchor": "middle", "font-weight": 700 }),
    upright(t("matrix_origin"), 11, top + (height * at.length) / 2, { "text-anchor": "middle", "font-weight": 700 }),
    ...at.map((i) => words(names[i], edge - 5, top + height * (i + 0.5) + 4, { "text-anchor": "end", "font-size": small,
      "data-region": regions ? null : order[i], class: regions ? null : "name" })),
    ...at.map((j) => upright(names[j], edge + size * (j + 0.5) + 4, top - 5, { "font-size": small,
      "data-region": regions ? null : order[j], class: regions ? null : "name" })),
    ...grid(edge, top, at.map(() => size), height, at, cell),
    mark("g", { class: "outlines", "data-frame": [edge, top, size, height].join(" ") }),
    keyOf([{ text: t("unit_total"), paint: { fill: "none" } }, ...legend], edge, bottom + 20, width - edge)
  ], [["from", "to", "Mt", ...endNames(within)], ...at.flatMap((i) => at.map((j) =>
      [...[i, j].map((k) => (regions ? D.groups[order[k]].key : D.regions[order[k]].key)), value(i, j),
        ...(within ? ends(i, j) || [null, null] : [])]))]);
  outlineMatrix();
}
// Outlines of the chosen province's row and column, of the flow chosen, and of the cell a reader stands on.
function outlineMatrix() {
  const place = byId("matrix").querySelector(".outlines");
  if (!place) return;
  const [left, top, size, height] = place.dataset.frame.split(" ").map(Number);
  const { regions, order } = matrixParts();
  const frame = (i, j, rows, columns, stroke, width = 2) => box(left + size * j, top + height * i, size * columns,
    height * rows, { fill: "none", stroke, "stroke-width": width, "pointer-events": "none" });
  const p = order.indexOf(state.province), n = order.length;
  const borders = regions ? [] : order.flatMap((r, i) => (i && D.regions[r].group !== D.regions[order[i - 1]].group
    ? [line(left + size * i, top, left + size * i, top + height * n, { stroke: "var(--soft)" }),
      line(left, top + height * i, left + size * n, top + height * i, { stroke: "var(--soft)" })] : []));
  place.replaceChildren(...borders,
    ...(regions ? [] : [frame(p, 0, 1, n, "var(--vermilion)"), frame(0, p, n, 1, "var(--vermilion)")]),
    ...(state.flow && !regions ? [frame(...state.flow.map((r) => order.indexOf(r)), 1, 1, "var(--ink)", 3)] : []),
    ...(cursor ? [frame(...cursor, 1, 1, "var(--ink)", 3)] : []));
}
function moveOnMatrix(event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const { regions, order, full, value, ends } = matrixParts();
  if (event.key === "Enter" && cursor && !regions) return chooseMark(order[cursor[0]], order[cursor[1]]);
  if (!step) return undefined;
  event.preventDefault();
  const start = regions ? 0 : order.indexOf(state.province);
  const inside = (i) => Math.min(order.length - 1, Math.max(0, i));
  cursor = cursor ? [inside(cursor[0] + step[0]), inside(cursor[1] + step[1])] : [start, start];
  byId("matrix-cell").textContent = flowText(full[cursor[0]], full[cursor[1]], value(...cursor), ends(...cursor));
  return outlineMatrix();
}

function sankeyLinks() {
  const regions = state.sankey === "regions" || D.regions.length < 2;
  const groupOf = (r) => found(D.groups, D.regions[r].group);
  const values = regions
    ? D.groups.map((_, g) => D.groups.map((__, h) => sum(flows().flatMap(
                                            (row, r) => row.filter((___, s) => groupOf(r) === g && groupOf(s) === h)))))
    : flows();
  const all = values.flatMap((row, r) => row.map((value, s) => ({ r, s, value })))
                .filter(({ r, s, value }) => r !== s && value > 0)
                .sort((x, y) => y.value - x.value);
  return { regions, all, links: regions ? all : all.slice(0, LARGEST) };
}
function drawSankey() {
  const { regions, all, links } = sankeyLinks();
  const count = regions ? D.groups.length : D.regions.length;
  const named = (i) => (regions ? pick(D.groups[i].name) : regionName(i));
  const colour = (i) => GROUP_COLOURS[(regions ? i : found(D.groups, D.regions[i].group)) % GROUP_COLOURS.length];
  const used = [...new Set(links.flatMap(({ r, s }) => [r, count + s]))].sort((x, y) => x - y);
  const width = widthOf("sankey"), height = regions ? 460 : 640;
  const part = sum(links.map(({ value }) => value)) / (sum(all.map(({ value }) => value)) || 1);
  byId("sankey-note").textContent =
    t("sankey_note", { part: percent(part), level: t(regions ? "regions" : "provinces") });
  const rows = [
    ["from", "to", "Mt"],
    ...links.map(({ r, s, value }) => [...[r, s].map((i) => (regions ? D.groups[i].key : D.regions[i].key)), value])
  ];
  if (!links.length) return show("sankey", 40, [words(t("no_flows"), 8, 24)], rows);
  const side = Math.min(width / 3, 12 + widest(used.map((node) => named(node % count))));
  const made = d3.sankey().nodeId(({ id }) => id).nodeWidth(12).nodePadding(regions ? 12 : 7).nodeSort(null).extent([
    [side, 6], [width - side, height - 6]
  ])({
    nodes: used.map((id) => ({ id })),
    links: links.map(({ r, s, value }) => ({ source: r, target: count + s, value }))
  });
  const path = d3.sankeyLinkHorizontal();
  return show("sankey", height, [
    ...made.links.map((link) => mark("path", { d: path(link), fill: "none", stroke: colour(link.source.id),
      "stroke-width": Math.max(1, link.width), "stroke-opacity": 0.42, class: "flow",
      "data-region": regions ? null : link.source.id, "data-to": regions ? null : link.target.id - count,
      "data-tip": t("flow", { origin: named(link.source.id), destination: named(link.target.id - count),
        value: number(link.value, 2) }) +
        (regions ? "" : endsText(endsBetween("flows", link.source.id, link.target.id - count), 2)) })),
    ...made.nodes.flatMap(({ id, x0, x1, y0, y1, value }) => {
      const i = id % count, sender = id < count, region = regions ? null : i;
      return [box(x0, y0, x1 - x0, y1 - y0, { fill: colour(i), "data-region": region,
        "data-tip": `${named(i)}${state.language ? "：" : ": "}${number(value)} ${t("unit_total")}` }),
      words(named(i), sender ? x0 - 5 : x1 + 5, (y0 + y1) / 2 + 4, { "text-anchor": sender ? "end" : "start",
        "data-region": region, class: regions ? null : "name" })];
    })
  ], rows);
}

// One chart after another, so that the page answers in between.
const CHARTS = {
  emissions: drawEmissions,
  net: drawNet,
  sectors: drawSectors,
  matrix: drawMatrix,
  sankey: drawSankey,
  money: drawMoney,
  payments: drawPayments
};
let waiting = [];
function drawCharts(names = Object.keys(CHARTS)) {
  const idle = waiting.length === 0;
  waiting = [...new Set([...waiting, ...names.filter((name) => byId(name))])];
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
// Paper is narrower than most screens, and white: charts are drawn anew for it.
function forPaper(width) {
  paper = width;
  for (const name of Object.keys(CHARTS))
    if (byId(name)) CHARTS[name]();
  drawMap();
}
