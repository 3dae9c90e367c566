// Who pays whom in the literal and in the balanced fund.
// The balanced fund between provinces: paid[r][s] is what r pays s, along the flows between them (RAS).
const SWEEPS = 2000, MOST_SWEEPS = 20000;
function fitted(seed, rows, columns, sweeps) {
  const total = sum(rows);
  let s = columns.map(() => 1), r = rows;
  const factors = (totals, sums) => totals.map((value, i) => (sums[i] > 0 ? value / sums[i] : value > 0 ? NaN : 0));
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    r = factors(rows, seed.map((row) => sum(row.map((x, j) => x * s[j]))));
    s = factors(columns, columns.map((_, j) => sum(seed.map((row, i) => row[j] * r[i]))));
    const apart = Math.max(...seed.map((row, i) => Math.abs(sum(row.map((x, j) => x * r[i] * s[j])) - rows[i])));
    if (!(apart < Infinity)) return null;
    if (apart <= 1e-12 * total) return seed.map((row, i) => row.map((x, j) => x * r[i] * s[j]));
  }
  return null;
}
// Who pays whom: payers down, receivers across, and what each fund does with the difference.
function payments() {
  const made = valuesOf("table3_compensation", "amount");
  if (!made) return null;
  const amount = made.values;
  const at = (sign) =>
    amount.map((x, r) => [x * sign, r]).filter(([x]) => x > 0).sort((x, y) => y[0] - x[0]).map(([, r]) => r);
  const [payers, receivers] = [at(-1), at(1)];
  const paid = sum(payers.map((r) => -amount[r])), received = sum(receivers.map((r) => amount[r]));
  const scale = received > 0 ? paid / received : 0;
  const E = flows();
  const drawn = payers.map((r) => receivers.map((s) => E[s][r]));
  const nets = payers.map((r) => receivers.map((s) => Math.max(0, E[s][r] - E[r][s])));
  const [rows, columns] = [payers.map((r) => -amount[r]), receivers.map((s) => amount[s] * scale)];
  const between = payers.length && receivers.length
    ? fitted(nets, rows, columns, SWEEPS) || fitted(drawn, rows, columns, MOST_SWEEPS)
    : null;
  if (!between) return { payers, receivers, cells: null, rows, paid, received };
  // the literal fund passes on what receivers are due, keeps the rest or adds what is lacking
  const kept = state.fund === "literal" ? Math.max(0, 1 - received / paid) : 0;
  const cells = between.map((row) => row.map((x) => x * (1 - kept)));
  const fund = state.fund === "literal" ? paid - received : 0;
  return { payers, receivers, cells, rows, paid, received, fund };
}

// Who pays whom: payers down, receivers across, and beside them what the fund keeps or has to add.
function drawPayments() {
  if (!D.curve) return;
  const { payers, receivers, cells, rows, paid, received, fund } = payments();
  byId("payments-note").textContent = cells ? paymentsText(paid, received, fund) : t("payments_none");
  if (!cells) return show("payments", 40, [], [["payer", "receiver", "amount"]]);
  const keeps = fund > 0, adds = fund < 0;
  const due = receivers.map((_, j) => sum(cells.map((row) => row[j])));
  const added = receivers.map((_, j) => (adds ? (due[j] * -fund) / paid : 0));
  const across = [...receivers.map(label), ...(keeps ? [t("fund")] : []), t("total")];
  const down = [...payers.map(label), ...(adds ? [t("fund")] : []), t("total")];
  const value = (i, j) => {
    const ofRow = (k) => (k < payers.length ? cells[k] : added);
    const rowTotal = (k) => (k < payers.length ? rows[k] : -fund);
    const last = [down.length - 1, across.length - 1];
    if (i < last[0] && j < receivers.length) return ofRow(i)[j];
    if (i < last[0] && j === last[1]) return rowTotal(i);
    if (i < last[0]) return i < payers.length ? rows[i] - sum(cells[i]) : 0;
    if (j < receivers.length) return due[j] + added[j];
    return j === last[1] ? paid + Math.max(0, -fund) : Math.max(0, fund);
  };
  const most = Math.max(...cells.flat());
  const width = widthOf("payments"), small = narrow() ? 8 : 11;
  const edge = widest(down, small) + 26, top = widest(across, small) + 26;
  // on a phone there is no room for the numbers of single payments, but for what the fund keeps and for the totals
  const last = across.length - receivers.length;
  const wide = Math.min(width, 90 * across.length + edge) - edge - 4;
  const total = Math.max(wide / across.length, narrow() ? 38 : 0), size = (wide - last * total) / receivers.length;
  const widths = across.map((_, j) => (j < receivers.length ? size : total)), edges = edgesOf(widths, edge);
  const height = narrow() ? 16 : 22;
  // intervals are of the balanced fund at the study's own curve; the price is a factor of them
  const ends = (payer, receiver) =>
    endsBetween("paid", payer, receiver)?.map((end) => (end * state.price) / D.curve.price) ?? null;
  const within = D.ends.paid && state.fund === "balanced" && !curved() && D.curve.price > 0;
  const endsAt = (i, j) => (within && i < payers.length && j < receivers.length ? ends(payers[i], receivers[j]) : null);
  const who = (i, list) => (i < list.length ? regionName(list[i]) : null);
  const cell = (i, j) => {
    const [payer, receiver] = [who(i, payers), who(j, receivers)];
    const amount = value(i, j), inner = payer && receiver;
    const colour = inner ? mix(blank(), VERMILION, Math.sqrt(amount / (most || 1))) : blank();
    const names = {
      payer: payer || down[i],
      receiver: receiver || across[j],
      value: number(amount, 2),
      unit: t("unit_money")
    };
    return {
      colour: rgb(colour),
      ink: inner ? inkOn(colour) : "var(--ink)",
      tip: t("tip_paid", names) + endsText(endsAt(i, j), 2),
      text: widths[j] > 30 ? number(amount) : "",
      region: payer ? payers[i]
        : receiver  ? receivers[j]
                    : null,
      to: inner ? receivers[j] : null
    };
  };
  show("payments", top + height * down.length + 6,
    [
      words(`${t("receivers")}${bracketed(t("unit_money"))}`, (edge + edges.at(-1)) / 2, 11,
        { "text-anchor": "middle", "font-weight": 700 }),
      upright(t("payers"), 11, top + (height * down.length) / 2, { "text-anchor": "middle", "font-weight": 700 }),
      ...down.map((name, i) => words(name, edge - 5, top + height * (i + 0.5) + 4,
                    { "text-anchor": "end", "font-size": small, "data-region": payers[i] ?? null, class: "name" })),
      ...across.map((name, j) => upright(name, (edges[j] + edges[j + 1]) / 2 + 4, top - 5,
                      { "font-size": small, "data-region": receivers[j] ?? null, class: "name" })),
      ...grid(edge, top, widths, height, down, cell)
    ],
    [
      ["payer", "receiver", valuesOf("table3_compensation", "amount").column.name, ...endNames(within)],
      ...down.flatMap(
        (_, i) => across.map((__, j) => [D.regions[payers[i]]?.key ?? (i === down.length - 1 ? "total" : "fund"),
                               D.regions[receivers[j]]?.key ?? (j === across.length - 1 ? "total" : "fund"),
                               value(i, j), ...(within ? endsAt(i, j) || [null, null] : [])]))
    ]);
}
// What each fund does; why the literal one keeps money is said where it holds: same tonnes, higher coefficients.
function paymentsText(paid, received, fund) {
  const { values } = valuesOf("table3_compensation", "coefficient");
  const { values: nets } = valuesOf("table3_compensation", "net_transfer");
  const tonnes = (sign) => nets.map((net) => Math.max(0, sign * net));
  const [shifted, carried] = [tonnes(1), tonnes(-1)];
  const mean = (weights) => sum(weights.map((weight, r) => weight * values[r])) / sum(weights);
  const blanks = {
    payments: number(paid),
    receipts: number(received),
    gap: number(Math.abs(paid - received)),
    high: number(mean(shifted), 2),
    low: number(mean(carried), 2),
    scale: number(paid / received, 2),
    unit: t("unit_money")
  };
  if (state.fund === "balanced") return t("payments_balanced", blanks);
  const same = Math.abs(sum(shifted) - sum(carried)) < 1e-3 * sum(shifted);
  const why = fund > 0 && same && !state.pearl ? `${state.language ? "" : " "}${t("payments_why", blanks)}` : "";
  return t(fund >= 0 ? "payments_literal" : "payments_lacking", blanks) + why;
}
