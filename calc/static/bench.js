/* What this browser remembers, if it may: a pharmacy's bench, and entries at the bench by plan. */

import {ask, blank, changed, field, form, query, said} from "./live.js";

const LONGEST = 60, DAYS = 7 * 24 * 60 * 60 * 1000;
let store;
try {
  store = localStorage;
} catch { /* the browser keeps nothing */ }

/* Fields of a new form that this browser fills in as they were remembered. */
function myBench() {
  const PLACE = "triturate.bench";
  const box = document.getElementById("bench");
  if (!box) return;
  const names = box.dataset.names.split(" "), quantities = new Set(box.dataset.quantities.split(" "));
  const measuredWith = JSON.parse(box.dataset.measuredWith), usual = JSON.parse(box.dataset.usual), isNew = location.search === "";
  const conditions = [...new Set(Object.values(measuredWith).flat())];
  const filled = new Map();
  const part = (name) => document.querySelector(`[data-bench="${name}"]`);

  function read() {
    try {
      const kept = JSON.parse(store.getItem(PLACE));
      const sound = kept && Object.values(kept).every((value) => typeof value === "string" && value.length <= LONGEST);
      return sound ? kept : null;
    } catch {
      return null;
    }
  }

  /* What a field says, or means while it is empty. */
  const meant = (name, value, drug) => blank(value || "") ? usual[drug]?.[name] || "" : value;
  const fits = (kept, name) => (measuredWith[name] || []).every(
    (other) => meant(other, field(other).value, field("drug").value) === meant(other, kept[other], kept.drug));
  const standsAs = (kept, name) => field(name).value === kept[name]
    && (!quantities.has(name) || field(`${name}_unit`).value === kept[`${name}_unit`]);

  function set(kept, name) {
    field(name).value = kept[name];
    if (quantities.has(name)) field(`${name}_unit`).value = kept[`${name}_unit`];
    filled.set(name, kept[name]);
  }

  /* Fill a new form in; measured masses after what they were measured with. */
  function fill() {
    const kept = read();
    if (kept && isNew) {
      const there = names.filter((name) => kept[name] && blank(field(name).value));
      for (const name of there.filter((one) => !measuredWith[one])) set(kept, name);
      for (const name of there.filter((one) => measuredWith[one] && fits(kept, one))) set(kept, name);
    }
    mark();
  }

  /* Take out what was measured with something else than what stands in the form now. */
  function follow() {
    const kept = read();
    if (!kept) return;
    for (const name of filled.keys()) {
      if (measuredWith[name] && !fits(kept, name) && field(name).value === filled.get(name)) {
        field(name).value = "";
        filled.delete(name);
      }
    }
    mark();
  }

  function mark() {
    const kept = read(), told = kept ? names.filter((name) => kept[name]) : [];
    const held = told.filter((name) => standsAs(kept, name));
    part("held").hidden = held.length === 0;
    part("held").querySelector("span").textContent = held.map(spelled).join("; ");
    part("apart").hidden = told.length === 0 || held.length > 0;
    part("forget").hidden = !kept;
    for (const split of document.querySelectorAll(".split")) lead(split, kept);
  }

  /* Let the button of a paper print the format of the bench; the one it had takes its place among the others. */
  function lead(split, kept) {
    const [first, ...others] = split.querySelectorAll("a"), shown = split.querySelector("summary span");
    const fit = ({href}) => ["paper", "label"].some((name) => kept?.[name] && new URL(href).searchParams.get(name) === kept[name]);
    const usual = fit(first) ? null : others.find(fit);
    if (!usual) return;
    [first.href, usual.href] = [usual.href, first.href];
    usual.ariaLabel = usual.ariaLabel.replace(usual.textContent, shown.textContent);
    [shown.textContent, usual.textContent] = [usual.textContent, shown.textContent];
  }

  function spelled(name) {
    const label = form.querySelector(`label[for="${name}"]`).textContent, one = field(name);
    const value = one.tagName === "SELECT" ? one.selectedOptions[0].text : one.value;
    return `${label} ${value}${quantities.has(name) ? `\u00a0${field(`${name}_unit`).value}` : ""}`;
  }

  function remember() {
    const kept = {};
    for (const name of [...names, ...names.map((one) => `${one}_unit`), ...conditions]) {
      if (field(name) && !blank(field(name).value)) kept[name] = field(name).value;
    }
    for (const list of box.querySelectorAll("select")) if (list.value) kept[list.dataset.bench] = list.value;
    store.setItem(PLACE, JSON.stringify(kept));
    said.textContent = part("kept").textContent;
    mark();
  }

  function forget() {
    store.removeItem(PLACE);
    for (const [name, value] of filled) if (field(name).value === value) field(name).value = "";
    filled.clear();
    said.textContent = part("forgotten").textContent;
    mark();
    changed(null);
  }

  box.hidden = false;
  const chosen = read() || {};
  for (const list of box.querySelectorAll("select")) list.value = chosen[list.dataset.bench] || "";
  part("keep").addEventListener("click", remember);
  part("forget").addEventListener("click", forget);
  form.addEventListener("answered", mark);
  form.addEventListener("typed", follow);
  fill();
}

/* Ticks and amounts typed at the bench, kept for seven days under the plan's ID. Where the plan is opened again without
   them they are filled in, and the server judges them. */
function workAtTheBench() {
  const PLACE = "triturate.work.";
  let came = "";
  const plan = () => document.querySelector("[data-plan]")?.dataset.plan;
  const typed = () => query().split("&").filter((pair) => pair.startsWith("bench-")).join("&");
  const fresh = (kept) => Date.now() - kept.split(" ")[0] < DAYS;

  function keep() {
    store.removeItem(PLACE + plan());
    try {
      if (typed()) store.setItem(PLACE + plan(), `${Date.now()} ${typed()}`);
    } catch { /* no room left: the address has them */ }
  }

  function follow() {
    const kept = plan() && store.getItem(PLACE + plan());
    if (plan() && typed()) keep();
    else if (kept) {
      for (const [name, value] of new URLSearchParams(kept.split(" ")[1])) put(field(name), value);
      came = plan();
      if (typed()) ask();
    }
    const note = document.getElementById("came");
    if (!note) return;
    note.hidden = came !== plan();
    note.querySelector("button").addEventListener("click", takeOut);
  }

  function takeOut() {
    for (const box of document.querySelectorAll("[name^=bench-]")) put(box, "");
    came = "";
    keep();
    ask();
  }

  function put(box, value) {
    if (box?.type === "checkbox") box.checked = value !== "";
    else if (box?.type === "text") box.value = value;
    else if (box && value) box.value = value;
  }

  for (const name of Object.keys(store)) if (name.startsWith(PLACE) && !fresh(store.getItem(name))) store.removeItem(name);
  document.getElementById("plan")?.addEventListener("change", ({target}) => target.form === form && keep());
  form.addEventListener("answered", follow);
  follow();
}

if (store) {
  myBench();
  workAtTheBench();
}
