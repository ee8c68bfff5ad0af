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
  const names = box.dataset.names.split(" "), withUnit = (name) => [name, `${name}_unit`];
  const usual = JSON.parse(box.dataset.usual), filled = new Set();
  const groups = JSON.parse(box.dataset.measuredWith);  // fields, and those of what was measured with them
  const conditions = groups.flatMap(([others]) => others), measured = groups.flatMap(([, list]) => list);
  let before;
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
  const means = (name) => meant(name, field(name).value, field("drug").value);
  const now = () => Object.fromEntries(conditions.map((name) => [name, means(name)]));
  const fits = (kept, name) => groups.every(([others, list]) => !list.includes(name) || others.every(
    (other) => means(other) === meant(other, kept[other], kept.drug)));
  const standsAs = (kept, name) => withUnit(name).every((one) => field(one)?.value === kept[one]);

  /* Fill a new form in; measured masses after what they were measured with. */
  function fill() {
    const kept = location.search === "" && read() || {};
    for (const name of [...names.filter((one) => !measured.includes(one)), ...measured]) {
      if (!kept[name] || !blank(field(name).value) || !fits(kept, name)) continue;
      for (const one of withUnit(name)) if (kept[one]) field(one).value = kept[one];
      filled.add(name);
    }
    before = now();
    mark();
  }

  /* Take out what was measured with something else than what stands in the form now. */
  function follow() {
    for (const [others, list] of groups) {
      if (others.some((name) => means(name) !== before[name])) for (const name of list) field(name).value = "";
    }
    before = now();
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
    const label = form.querySelector(`label[for="${name}"]`).textContent, one = field(name), unit = field(`${name}_unit`);
    const value = one.tagName === "SELECT" ? one.selectedOptions[0].text : one.value;
    return `${label} ${value}${unit ? `\u00a0${unit.value}` : ""}`;
  }

  function remember() {
    const kept = {};
    for (const name of [...names.flatMap(withUnit), ...conditions]) {
      if (field(name) && !blank(field(name).value)) kept[name] = field(name).value;
    }
    for (const list of box.querySelectorAll("select")) if (list.value) kept[list.dataset.bench] = list.value;
    store.setItem(PLACE, JSON.stringify(kept));
    said.textContent = part("kept").textContent;
    mark();
  }

  function forget() {
    const kept = read();
    for (const name of filled) if (standsAs(kept, name)) field(name).value = "";
    store.removeItem(PLACE);
    filled.clear();
    said.textContent = part("forgotten").textContent;
    mark();
    changed(null);
  }

  box.hidden = !store;
  const chosen = read() || {};
  for (const list of box.querySelectorAll("select")) list.value = chosen[list.dataset.bench] || "";
  part("keep").addEventListener("click", remember);
  part("forget").addEventListener("click", forget);
  form.addEventListener("answered", mark);
  form.addEventListener("typed", follow);
  fill();
}

/* Ticks and amounts typed at the bench: kept seven days under the plan's ID, filled in where it is opened without. */
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

myBench();
if (store) workAtTheBench();
