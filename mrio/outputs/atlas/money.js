// Compensation as a reader's price and curve have it (equations 7-9), and the tables' rows.
// Compensation: rho = K / (1 + a exp(-b t)), amount = -NT p rho / 100 (10^8 yuan from Mt and yuan/t), receives +.
function coefficient(gdp, engel, { a, b, G, pearl }) {
  const K = pearl ? 1 : gdp / G;
  return K / (1 + a * Math.exp(-b * (pearl ? 1 / engel - 3 : engel)));
}
function compensate(nets, rho, price) {
  const amount = nets.map((net, r) => -net * price * 0.01 * rho[r]);
  const payments = -sum(amount.filter((x) => x < 0));
  const receipts = sum(amount.filter((x) => x > 0));
  const scale = receipts > 0 ? payments / receipts : 0;
  return {
    amount,
    balanced: amount.map((x) => (x > 0 ? x * scale : x)),
    payments,
    receipts,
    fund: payments - receipts
  };
}
const moved = () => D.curve && ["price", "a", "b", "G", "pearl"].some((key) => state[key] !== D.curve[key]);

// The curve alone: intervals of the results are of their own curve, and only the price is a factor of them.
const curved = () => D.curve && ["a", "b", "G", "pearl"].some((key) => state[key] !== D.curve[key]);

// The curve as the notes say it: by its name, or by its values where a reader moved them.
const curveText = () => (moved() ? t(state.pearl ? "curve_pearl" : "curve_values", state) : D.curve.text);

// Tables: the rows of the results, or recomputed where a reader moved the sliders.
const tableAt = (key) => D.tables.find((table) => table.key === key);
const columnAt = (table, quantity, definition = "", resolution = "", stressor = "") =>
  table.columns.findIndex((c) => c.quantity === quantity && c.definition === definition &&
      c.resolution === resolution && c.stressor === stressor);
const bodyRows = (table) => (table.total ? table.rows.slice(0, -1) : table.rows);

function rowsOf(table) {
  if (table.key !== "table3_compensation" || !moved()) return table.rows;
  const rows = table.rows.map((row) => [...row]);
  const body = table.total ? rows.slice(0, -1) : rows;
  const rho =
    body.map((row) => coefficient(row[columnAt(table, "gdp_per_capita")], row[columnAt(table, "engel")], state));
  const put = (at, values, total) => {
    if (at < 0) return;
    body.forEach((row, r) => {
      row[at] = values[r];
    });
    if (table.total && total !== undefined) rows[rows.length - 1][at] = total;
  };
  put(columnAt(table, "coefficient"), rho);
  for (const { definition, resolution } of table.columns.filter((c) => c.quantity === "amount")) {
    const at = (quantity) => columnAt(table, quantity, definition, resolution);
    const made = compensate(body.map((row) => row[at("net_transfer")]), rho, state.price);
    put(at("amount"), made.amount, sum(made.amount));
    put(at("balanced"), made.balanced, sum(made.balanced));
    // the price is a factor of every interval and standard deviation; those of another curve are not known
    for (const quantity of ["amount_p05", "amount_p95", "amount_sd"]) {
      const factor = state.price / D.curve.price;
      const ends = body.map(
        (row) => (curved() || row[at(quantity)] === null || !D.curve.price ? null : row[at(quantity)] * factor));
      put(at(quantity), ends, null);
    }
    // shares of GDP and amounts per head go with the amount
    for (const quantity of ["gdp_share", "per_head"]) {
      const was = body.map((row, r) => [row[at(quantity)], table.rows[r][at("amount")]]);
      put(at(quantity),
        made.amount.map((x, r) => (was[r][1] ? (was[r][0] * x) / was[r][1]
                            : x === 0        ? 0
                                             : null)),
        null);
    }
    // whether a sign is certain depends on the net transfer, not on price or curve
    const uncertain = "sign not certain";
    put(at("role"),
      made.amount.map((x, r) => (table.rows[r][at("role")] === uncertain && x ? uncertain
                          : x < 0                                             ? "pays"
                          : x > 0                                             ? "receives"
                                                                              : "neither")));
  }
  return rows;
}
