// The tables: columns of the choice or all, sorted by any column, downloaded as the results' own CSV.
const PROVINCE_COLUMNS = ["province", "province_zh"];

function shownColumns(table) {
  const all = state.columns === "all";
  const name = PROVINCE_COLUMNS[state.language];
  return table.columns.map((_, i) => i).filter((i) => {
    const column = table.columns[i];
    return PROVINCE_COLUMNS.includes(column.name) ? column.name === name : all || fits(column);
  });
}

function cellText(column, value) {
  if (value === null || value === "") return "";
  if (column.percent) return percent(value, column.decimals, column.signed);
  if (column.number) return number(value, column.decimals, column.signed);
  return D.said[value] ? pick(D.said[value]) : String(value);
}

// The 90% interval of a cell, " [60.1, 180.2]", where the table knows one.
function interval(table, column, row) {
  const { quantity, definition, resolution, stressor } = column;
  const ends = ["_p05", "_p95"].map((end) => columnAt(table, quantity + end, definition, resolution, stressor));
  if (ends.some((end) => end < 0 || row[end] === null)) return "";
  return ` [${ends.map((end) => cellText({...column, signed: false }, row[end])).join(state.language ? "，" : ", ")}]`;
}
const intervalOf = (table, column, r) => interval(table, column, bodyRows({...table, rows: rowsOf(table) })[r]);

function groupText(column) {
  const names = [[D.definitions, column.definition], [D.resolutions, column.resolution]];
  const said = names.flatMap(([list, key]) => list.filter((item) => item.key === key).map((item) => pick(item.name)));
  return [...(column.stressor ? [column.stressor] : []), ...said].join(state.language ? "，" : ", ");
}

function sortedRows(table) {
  const rows = rowsOf(table);
  const body = table.total ? rows.slice(0, -1) : [...rows];
  if (state.sort && state.sort.table === table.key) {
    const { column, down } = state.sort;
    const numeric = table.columns[column].number;
    const order = (one, other) => (numeric ? one - other : String(one).localeCompare(String(other), locale()));
    const missing = (value) => value === null || value === "";
    body.sort((x, y) => {
      const [one, other] = [x[column], y[column]];
      if (missing(one) || missing(other)) return missing(one) - missing(other);
      return down ? order(other, one) : order(one, other);
    });
  }
  return { body, total: table.total ? rows[rows.length - 1] : null };
}

function drawTable() {
  const table = D.tables[state.table];
  const columns = shownColumns(table);
  byId("columns").checked = state.columns === "all";
  byId("table-title").textContent =
    [pick(table.number), pick(table.title)].filter(Boolean).join(state.language ? "　" : ". ");
  const notes = table.notes[`${stressor()}|${chosenKeys()[0]}`] || table.notes[`|${chosenKeys()[0]}`] ||
    Object.values(table.notes)[0].slice(0, 1);
  byId("table-note").textContent =
    filled(notes.map(pick).join(" "), { price: state.price, curve: D.curve && curveText() });
  const ownMoney = table.key === "table3_compensation" && moved();
  const lost = ownMoney && curved() && table.columns.some((c) => c.quantity === "amount_sd");
  byId("table-state").textContent = ownMoney ? t("recomputed") + (lost ? ` ${t("no_intervals")}` : "") : "";
  const { body, total } = sortedRows(table);
  const cells = (row, tag) => columns.map((i) => {
    const column = table.columns[i];
    if (PROVINCE_COLUMNS.includes(column.name)) return element("th", { scope: "row", text: tag ? t("total") : row[i] });
    const text = cellText(column, row[i]) + interval(table, column, row);
    return element("td", { class: column.number ? "number" : null, text });
  });
  const head =
    element("thead", {}, groupRow(table, columns), element("tr", {}, ...columns.map((i) => heading(table, i))));
  byId("table").replaceChildren(
    head,
    element("tbody", {},
      ...body.map((row) => element("tr", { "data-key": row[0], "data-region": keysAt(row[0]) }, ...cells(row, false)))),
    ...(total ? [element("tfoot", {}, element("tr", {}, ...cells(total, true)))] : []),
  );
  markRow();
}
const keysAt = (key) => found(D.regions, key);
function markRow() {
  for (const row of byId("table").tBodies[0].rows)
    row.classList.toggle("chosen", row.dataset.key === D.regions[state.province].key);
}

function groupRow(table, columns) {
  const spans = [];
  for (const i of columns) {
    const text = groupText(table.columns[i]);
    if (spans.length && spans[spans.length - 1].text === text)
      spans[spans.length - 1].width += 1;
    else
      spans.push({ text, width: 1 });
  }
  return element("tr", { class: "groups" }, ...spans.map(({ text,
    width }) => element(text ? "th" : "td", { colspan: width, scope: text ? "colgroup" : null, text })));
}

function heading(table, i) {
  const column = table.columns[i];
  const active = state.sort && state.sort.table === table.key && state.sort.column === i;
  const click = () => {
    // numbers are most often wanted from the largest down
    const down = active ? !state.sort.down : column.number;
    state.sort = { table: table.key, column: i, down };
    drawTable();
    remember();
    byId("table").querySelectorAll("thead button")[shownColumns(table).indexOf(i)].focus();
  };
  const label = t("sort", { column: [groupText(column), pick(column.head)].filter(Boolean).join(" ") });
  const button = element("button", { type: "button", "aria-label": label, onclick: click }, pick(column.head),
    element("span", { class: "mark", "aria-hidden": "true", text: active ? (state.sort.down ? " ▼" : " ▲") : "" }));
  return element(
    "th", { scope: "col", "aria-sort": active ? (state.sort.down ? "descending" : "ascending") : "none" }, button);
}

function drawTableChoice() {
  byId("table-choice").replaceChildren(...D.tables.map((table, i) => element("button", {
    type: "button",
    "aria-pressed": String(i === state.table),
    text: pick(table.number),
    onclick: () => {
      state.table = i;
      state.sort = null;
      drawTableChoice();
      drawTable();
      remember();
      byId("table-choice").children[i].focus();
    }
  })));
}

// CSV as the results have it: all columns, machine names, a mark for spreadsheets; what looks like a formula is
// guarded.
const guard = (text) => (/^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvCell = (value) => (value === null || value === undefined ? ""
    : typeof value === "number"                                   ? String(value)
                                                                  : quoted(guard(value)));
function download() {
  const table = D.tables[state.table];
  const lines = [table.columns.map((c) => quoted(c.name)), ...rowsOf(table).map((row) => row.map(csvCell))];
  const values =
    table.key === "table3_compensation" && moved() ? `_p${state.price}_a${state.a}_b${state.b}_G${state.G}` : "";
  const text = `\uFEFF${lines.map((line) => line.join(",")).join("\n")}\n`;
  save(new Blob([text], { type: "text/csv;charset=utf-8" }), `${table.key}_${D.year}${values}.csv`);
}
