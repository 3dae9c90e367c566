// The address keeps everything a reader chose, so that a link shows what its sender saw and Back undoes a step.
const found = (list, key) => list.findIndex((item) => item.key === key);
const keyed = (name, list) => ({
  write: () => list()[state[name]]?.key ?? null,
  read: (text) => {
    state[name] = found(list(), text);
    return state[name] >= 0;
  }
});
const oneOf = (name, values) => ({
  write: () => (state[name] === initial()[name] ? null : state[name]),
  read: (text) => {
    state[name] = text;
    return values().includes(text);
  }
});
const amountOf = (name) => ({
  write: () => (D.curve && state[name] !== D.curve[name] ? String(state[name]) : null),
  read: (text) => {
    state[name] = text.trim() === "" ? NaN : Number(text);
    return Boolean(D.curve) && usable(name, state[name]);
  }
});
const usable = (name, value) => Number.isFinite(value) && value >= 0 && (name !== "G" || value > 0);

// Everything the address may say, in the order it is read: the year first, for all else is of a year.
const SAID = {
  year: {
    write: () => (ALL.years.length > 1 ? String(D.year) : null),
    read: (text) => {
      if (!ALL.results[text]) return false;
      D = ALL.results[text];
      Object.assign(state, moneyOf(D));
      return true;
    }
  },
  since: oneOf("since", () => ALL.years.map(String).filter((year) => year !== String(D.year))),
  province: keyed("province", () => D.regions),
  with: keyed("with", () => D.regions),
  definition: keyed("definition", () => D.definitions),
  resolution: keyed("resolution", () => D.resolutions),
  lang: {
    write: () => LANGUAGES[state.language],
    read: (text) => {
      state.language = LANGUAGES.indexOf(text);
      return state.language >= 0;
    }
  },
  per: oneOf("per", () => ["total", ...Object.keys(D.per)]),
  map: oneOf("map", () => mapColumns().map(({ value }) => value)),
  level: oneOf("level", () => ["provinces", "regions"]),
  flow: {
    write: () => (state.flow ? state.flow.map((r) => D.regions[r].key).join(">") : null),
    read: (text) => {
      state.flow = text.split(">").map((key) => found(D.regions, key));
      return state.flow.length === 2 && state.flow.every((r) => r >= 0);
    }
  },
  sankey: oneOf("sankey", () => ["regions", "provinces"]),
  price: amountOf("price"),
  a: amountOf("a"),
  b: amountOf("b"),
  G: amountOf("G"),
  pearl: {
    write: () => (D.curve && state.pearl !== D.curve.pearl ? String(Number(state.pearl)) : null),
    read: (text) => {
      state.pearl = text === "1";
      return Boolean(D.curve) && ["0", "1"].includes(text);
    }
  },
  fund: oneOf("fund", () => (D.curve ? ["literal", "balanced"] : [])),
  table: {
    write: () => (state.table ? D.tables[state.table].key : null),
    read: (text) => {
      state.table = found(D.tables, text);
      return state.table >= 0;
    }
  },
  stressor: {
    write: () => (state.stressor ? D.stressors[state.stressor] : null),
    read: (text) => {
      state.stressor = D.stressors.indexOf(text);
      return state.stressor >= 0;
    }
  },
  columns: oneOf("columns", () => ["chosen", "all"]),
  sort: {
    write: () =>
      (state.sort ? `${D.tables[state.table].columns[state.sort.column].name},${state.sort.down ? "down" : "up"}`
                  : null),
    read: (text) => {
      const [, name, way] = /^(.*),(up|down)$/.exec(text) || [];
      const column = D.tables[state.table].columns.findIndex((c) => c.name === name);
      state.sort = { table: D.tables[state.table].key, column, down: way === "down" };
      return column >= 0;
    }
  },
  partners: oneOf("partners", () => ["largest", "all"]),
  theme: oneOf("theme", () => ["auto", "light", "dark"])
};
const LANGUAGES = ["en", "zh"];

function written() {
  const said = Object.entries(SAID).map(([key, { write }]) => [key, write()]).filter(([, text]) => text !== null);
  return `#${new URLSearchParams(said)}`;
}
function remember() {
  if (written() === known) return;
  known = written();
  history.pushState(null, "", known);
  byId("address-note").textContent = "";
}
let known = ""; // the address as the page last wrote or read it

// Read the address; what it says that this page does not know is told in one sentence, and the default stands instead.
function recall() {
  const said = new URLSearchParams(location.hash.slice(1));
  D = ALL.results[ALL.years.at(-1)];
  Object.assign(state, initial());
  const bad = [...said.keys()].filter((key) => !Object.hasOwn(SAID, key));
  for (const [key, { read }] of Object.entries(SAID)) {
    if (!said.has(key)) continue;
    const before = {...state };
    if (read(said.get(key))) continue;
    Object.assign(state, before);
    bad.push(`${key}=${said.get(key)}`);
  }
  known = location.hash;
  byId("address-note").textContent =
    bad.length ? t("address_unknown", { said: bad.join(state.language ? "、" : ", ") }) : "";
}
function followAddress() {
  if (location.hash === known) return;
  recall();
  drawAll();
}

async function copyLink() {
  const link = `${location.href.split("#")[0]}${written()}`;
  // a page opened from a folder may be refused the clipboard: then the link is shown, chosen, ready to be copied
  const copied = await navigator.clipboard?.writeText(link).then(() => true, () => false);
  byId("copied").textContent = copied ? t("link_copied") : t("link_shown");
  byId("link").hidden = Boolean(copied);
  byId("link").value = link;
  if (!copied) byId("link").select();
}
