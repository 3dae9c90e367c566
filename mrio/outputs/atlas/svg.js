// Charts are plain SVG: marks, axes, the tip at the pointer, what is linked across charts, and files of them.
const SVG = "http://www.w3.org/2000/svg";
const LIMIT_PHONE = 640;
let paper = 0; // width of the paper while printing, else 0
const narrow = () => (paper || byId("results").clientWidth) < LIMIT_PHONE;
const widthOf = (id) => paper || byId(id).clientWidth;
const label = (r) => (narrow() && !state.language ? D.regions[r].short : regionName(r));

function mark(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text")
      made.textContent = value;
    else if (value !== null && value !== false)
      made.setAttribute(name, value);
  }
  made.append(...children.filter(Boolean));
  return made;
}
const words = (text, x, y, more = {}) => mark("text", { x, y, text, "font-size": 11, fill: "var(--ink)", ...more });
const line = (x1, y1, x2, y2, more = {}) => mark("line", { x1, y1, x2, y2, stroke: "var(--line)", ...more });
const box = (x, y, width, height, more = {}) =>
  mark("rect", { x, y, width: Math.max(0, width), height: Math.max(0, height), ...more });

// Width of a text in a chart.
const ruler = document.createElement("canvas").getContext("2d");
function measured(text, size = 11) {
  ruler.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width;
}
const widest = (texts, size = 11) => Math.max(0, ...texts.map((text) => measured(text, size)));

// Vertical lines of a scale with their numbers above, and the name of the axis below.
function axis(scale, top, bottom, name, decimals = null) {
  const ticks = scale.ticks(narrow() ? 4 : 8);
  const digits = decimals ?? Math.max(0, -Math.floor(Math.log10(ticks[1] - ticks[0] || 1)));
  const [left, right] = scale.range();
  return mark("g", {},
    ...ticks.flatMap(
      (tick) => [line(scale(tick), top, scale(tick), bottom, { stroke: tick === 0 ? "var(--ink)" : "var(--line)" }),
        words(number(tick, digits), scale(tick), top - 5, { "text-anchor": "middle", fill: "var(--soft)" })]),
    words(name, (left + right) / 2, bottom + 16, { "text-anchor": "middle" }));
}
function keyOf(items, x, y, width) {
  let [at, row] = [x, y];
  return mark("g", {}, ...items.flatMap(({ text, paint }) => {
    if (at > x && at + 20 + measured(text, 12) > x + width) [at, row] = [x, row + 18];
    const made = [box(at, row - 9, 11, 11, paint), words(text, at + 16, row, { "font-size": 12 })];
    at += 34 + measured(text, 12);
    return made;
  }));
}

// Put a chart on the page: its marks, and for its files the rows of what it shows.
const drawnRows = new Map();
function show(id, height, marks, rows) {
  const width = widthOf(id);
  const drawing = mark("svg", {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    class: "drawing",
    "aria-hidden": "true",
    "font-family": "inherit"
  },
    ...marks);
  byId(id).replaceChildren(drawing);
  drawnRows.set(id, rows);
}

// One tip for all charts, and one province marked in all of them while a pointer is on any mark of it.
function linked() {
  const tip = byId("tip");
  const over = (event) => {
    const place = event.target.closest?.("[data-tip]");
    tip.hidden = !place;
    if (place) {
      tip.textContent = place.dataset.tip;
      const { clientX, clientY } = event;
      tip.style.left = `${Math.max(4, Math.min(clientX + 12, innerWidth - tip.offsetWidth - 8))}px`;
      tip.style.top =
        `${clientY + 16 + tip.offsetHeight > innerHeight ? clientY - tip.offsetHeight - 10 : clientY + 16}px`;
    }
    pointTo(event.target.closest?.("[data-region]")?.dataset);
  };
  byId("results").addEventListener("pointermove", over);
  byId("results").addEventListener("pointerleave", () => {
    tip.hidden = true;
    pointTo(null);
  });
  byId("results").addEventListener("click", (event) => {
    const place = event.target.closest(".chart [data-region]");
    if (!place) return;
    const { region, to } = place.dataset;
    chooseMark(Number(region), to === undefined ? null : Number(to));
  });
}
let pointed = "";
function pointTo(at) {
  const now = at ? `${at.region}>${at.to ?? ""}` : "";
  if (now === pointed) return;
  pointed = now;
  for (const old of document.querySelectorAll(".pointed")) old.classList.remove("pointed");
  if (!at) return;
  for (const r of [at.region, at.to].filter((each) => each !== undefined))
    for (const place of document.querySelectorAll(
           `[data-region="${r}"]:not([data-to]), [data-region="${r}"][data-to="${at.to ?? ""}"]`))
      place.classList.add("pointed");
}

// Files of a chart: the picture with title and source line, in the light colours whatever the screen has.
const ofFunds = (id) => (!["money", "payments"].includes(id)
    ? []
    : [t("at_price", { price: state.price }), curveText(), ...(id === "payments" ? [t(`fund_${state.fund}`)] : [])]);
const titled = (id) => [byId(`${id}-title`).textContent, state.since ? `${state.since}–${D.year}` : D.year,
  pick(D.definitions[state.definition].name), pick(D.resolutions[state.resolution].name), ...ofFunds(id)]
                         .join(" · ");
const sourceLine = () => `${t("title")}${state.language ? "。" : ". "}${pick(D.sources)}`;
function wrapped(text, width, size) {
  const lines = [""];
  // a line may end after a blank or any Chinese character
  for (const piece of text.split(/(?<=\s)|(?<=[\u2e80-\uffef])(?![，。；：、）])/)) {
    if (measured(lines.at(-1) + piece, size) > width) lines.push("");
    lines[lines.length - 1] += piece;
  }
  return lines.filter(Boolean);
}
function picture(id) {
  const drawing = byId(id).querySelector("svg") || pictureOfMap();
  const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const heads = wrapped(titled(id), width - 16, 14), feet = wrapped(sourceLine(), width - 16, 10);
  const top = 12 + 18 * heads.length, bottom = 12 + 13 * feet.length;
  const inside = mark("g", { transform: `translate(0 ${top})` }, ...drawing.cloneNode(true).childNodes);
  const whole = mark("svg", {
    viewBox: `0 0 ${width} ${height + top + bottom}`,
    width,
    height: height + top + bottom,
    "font-family": "Helvetica, Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
  },
    mark("title", { text: titled(id) }), box(0, 0, width, height + top + bottom, { fill: "var(--paper)" }),
    ...heads.map((text, i) => words(text, 8, 18 + 18 * i, { "font-size": 14, "font-weight": 700 })), inside,
    ...feet.map((text, i) => words(text, 8, height + top + 14 + 13 * i, { "font-size": 10, fill: "var(--soft)" })));
  for (const place of whole.querySelectorAll("[data-tip]")) {
    place.append(mark("title", { text: place.dataset.tip }));
    for (const name of ["data-tip", "data-region", "data-to", "class"]) place.removeAttribute(name);
  }
  const light = document.styleSheets[0].cssRules[0].style;
  const text = new XMLSerializer().serializeToString(whole).replace(
    /var\((--[a-z-]+)\)/g, (_, name) => light.getPropertyValue(name).trim());
  return { text, width, height: height + top + bottom };
}
async function savePicture(id, kind) {
  const { text, width, height } = picture(id);
  if (kind === "svg") return save(new Blob([text], { type: "image/svg+xml" }), `${fileName(id)}.svg`);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = element("canvas", { width: 3 * width, height: 3 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, 3 * width, 3 * height);
  return canvas.toBlob((blob) => save(blob, `${fileName(id)}.png`));
}
const fileName = (id) => [id, state.since, D.year, ...chosenKeys()].filter(Boolean).join("_");
function saveRows(id) {
  const rows = id === "map" ? mapRows() : drawnRows.get(id);
  const lines = [...rows.map((row) => row.map(csvCell).join(",")), `# ${titled(id)}. ${sourceLine()}`];
  save(new Blob([`\uFEFF${lines.join("\n")}\n`], { type: "text/csv;charset=utf-8" }), `${fileName(id)}.csv`);
}
function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
const FILES = {
  PNG: (id) => savePicture(id, "png"),
  SVG: (id) => savePicture(id, "svg"),
  CSV: saveRows
};
function drawFileButtons() {
  for (const place of document.querySelectorAll(".files"))
    place.replaceChildren(...Object.entries(FILES).map(([kind, make]) => element("button", {
      type: "button",
      text: kind,
      "aria-label": t("save_as", { kind, title: byId(`${place.dataset.chart}-title`).textContent }),
      onclick: () => make(place.dataset.chart)
    })));
}
