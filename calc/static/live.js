/* Follows every change of a form with the answer that the server renders for it.

   What holds at every moment: the figures in the document belong to what stands in the form. A change takes them out
   at once; they come back with the answer to exactly what stands there, and with no other. While half a pair is typed,
   the display alone keeps the last figures, dimmed and marked as not for use. Without this script the form is sent by
   its button, and the server answers the same page. */
export const form = document.querySelector("form[data-live]");
const NUMBER = new RegExp(`^ *(?:${form.dataset.number}) *$`);
const AT_ONCE = 20, UNFINISHED = 500, SAY_AFTER = 800;
const KEPT = new Set(["value", "checked", "selected", "open", "style", "data-asked"]), SETTLED = 2000;
const PAIRS = JSON.parse(form.dataset.pairs), BULK = form.dataset.ofTablets.split(" ");
export const said = document.getElementById("said");
let wasPlanned = document.getElementById("answer") !== null;
let asked = 0, control = new AbortController(), waiting, saying, shown, shownAt = location.href, unfolded = new Set();
let answered = location.search !== "", moveOn = false, typingIn = null, since = performance.now(), last = null;

const regions = () => document.querySelectorAll("[data-figures]");
export const field = (name) => form.elements.namedItem(name);
export const blank = (text) => /^ *$/.test(text);

/* The form as a query, without what says nothing. */
export function query(of = form) {
  const pairs = [...new FormData(of)].filter(([, value]) => !blank(value));
  const names = new Set(pairs.map(([name]) => name));
  const telling = pairs.filter(([name]) => !name.endsWith("_unit") || names.has(name.slice(0, -5)));
  return new URLSearchParams(telling).toString().replaceAll("+", "%20");
}

/* The boxes of the bench stand outside the form, among the figures, and belong to it. */
const atBench = () => document.querySelectorAll(`[form="${form.id}"]`);

function asServed() {
  const copy = form.cloneNode(true);
  for (const one of atBench()) copy.append(one.cloneNode(true));
  copy.reset();
  return query(copy);
}

/* Put a sentence of the page where the answer stands. */
function put(sentence) {
  const words = document.getElementById("live-words").content.querySelector(`[data-when="${sentence}"]`);
  const result = document.getElementById("result");
  result.className = "readout rest";
  result.replaceChildren(words.cloneNode(true));
}

function say(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { said.textContent = text; }, SAY_AFTER);
}

/* Take every figure out of the document; the room that it took stays, so that nothing jumps. */
function clear() {
  if (shown !== null) unfolded = new Set([...document.querySelectorAll("[data-figures] details[open] > summary")].map((one) => one.textContent));
  shown = null;
  clearTimeout(saying);
  document.getElementById("bench-kept")?.append(...atBench());  // what was typed there is sent with the form
  const kept = halfTyped() ? lastDisplay() : null;
  for (const region of regions()) {
    region.style.minHeight = `${region.offsetHeight}px`;
    region.replaceChildren();
  }
  document.getElementById("heading").append(Object.assign(document.createElement("h1"), {textContent: form.dataset.heading}));
  document.title = `${form.dataset.heading} - Triturate`;
  put("working");
  last = kept;
  if (kept) dim();
}

/* True while one field of a pair is typed and the other is still blank. */
const halfTyped = () => PAIRS.some((pair) => pair.filter((name) => field(name) && !blank(field(name).value)).length === 1);

/* The display of the last plan, without what leads to papers. */
function lastDisplay() {
  return last || document.querySelector("#answer .display")?.cloneNode(true) || null;
}

/* Show the last figures as what they are: not for use. */
function dim() {
  const result = document.getElementById("result"), head = last.querySelector(".display-head");
  const words = document.getElementById("live-words").content.querySelector('[data-when="dim"]');
  head.replaceChildren(...words.cloneNode(true).childNodes);
  last.querySelector(".line")?.remove();
  result.querySelector(".display")?.remove();
  result.classList.remove("rest", "off");
  result.classList.add("dim");
  result.prepend(last);
}

function release() {
  for (const region of regions()) region.style.minHeight = "";
}

const lacking = () => form.dataset.needed.split(" ").some(
  (names) => names.split("|").every((name) => blank(field(name).value)));
const unfinished = (box) => box instanceof HTMLInputElement && box.type === "text" && (blank(box.value)
  || (box.inputMode === "decimal" || box.inputMode === "numeric") && !NUMBER.test(box.value));

export function changed(box) {
  if (shown === query() || shown !== null && !answered && lacking()) return;  // a page at rest shows no figure
  asked += 1;
  control.abort();
  clear();
  clearTimeout(waiting);
  waiting = setTimeout(ask, unfinished(box) ? UNFINISHED : AT_ONCE);
}

/* Ask for the answer to what stands in the form; whatever was asked before is forgotten. */
export async function ask(then = () => {}) {
  clearTimeout(waiting);
  if (lacking() && !answered) {
    put("needed");
    release();
    return;
  }
  const number = ++asked, wanted = query();
  control.abort();
  control = new AbortController();
  try {
    const address = form.getAttribute("action") + (wanted && `?${wanted}`);
    const answer = await fetch(address, {signal: control.signal, cache: "no-store"});
    const text = await answer.text();
    if (number !== asked) return;
    if (answer.status !== 200 && answer.status !== 422) throw new Error(answer.status);
    show(new DOMParser().parseFromString(text, "text/html"), answer.url);
    shown = wanted;
    moveOn = false;
    then();
  } catch {
    if (number !== asked) return;
    put("silent");
    release();
    say(document.getElementById("result").textContent);
  }
}

function show(fresh, address) {
  const focused = document.activeElement;
  typingIn = focused.closest(".step");
  for (const one of fresh.querySelectorAll("[autofocus]")) one.removeAttribute("autofocus");
  answered = true;
  renew(document.querySelector("main"), fresh.querySelector("main"));
  release();
  for (const one of document.querySelectorAll("[data-figures] summary")) {
    if (unfolded.has(one.textContent)) one.parentNode.open = true;
  }
  document.title = fresh.title;
  if (last && document.querySelector(".readout.dim")) dim();
  else last = null;
  remember(address);
  if (!focused.isConnected) (document.getElementById(focused.id) || field(focused.name))?.focus();
  say([...document.querySelectorAll("[data-say]")].map((one) => one.textContent.trim()).join(" "));
  form.dispatchEvent(new Event("answered"));
}

/* Put the address into the history: a step of its own after a plan that stood for a while, so that Back undoes. */
function remember(address) {
  const planned = document.getElementById("answer") !== null, settled = performance.now() - since > SETTLED;
  if (settled && wasPlanned && address !== shownAt) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  if (planned !== wasPlanned || address !== shownAt) since = performance.now();
  [shownAt, wasPlanned] = [address, planned];
}

const key = (node) => node.nodeType === 1 && `${node.tagName}#${node.id || node.querySelector("[name]")?.name || ""}`;

/* Make an element like a fresh one without touching what was typed, chosen, unfolded or focused in it. */
function renew(old, fresh) {
  if (old.hasAttribute("data-keep") || old.isEqualNode(fresh)) return;
  for (const {name} of [...old.attributes]) if (!KEPT.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const {name, value} of fresh.attributes) if (!KEPT.has(name)) old.setAttribute(name, value);
  if (old.type === "hidden") old.value = fresh.value;
  if (old.tagName === "DETAILS") unfold(old, fresh.open);
  if (old.hasAttribute("data-figures")) old.replaceChildren(...fresh.childNodes);
  else if (old.tagName === "SELECT") renewChoices(old, fresh);
  else if (old.tagName !== "TEXTAREA") renewChildren(old, fresh);
}

/* A group opens when the server begins to ask for it, and stays as the person leaves it. No step of the order of work
   closes another that is being typed in. */
function unfold(group, asksFor) {
  if (group.matches(".step") && !moveOn && typingIn && group !== typingIn) return;
  if (asksFor && !group.dataset.asked) group.open = true;
  group.dataset.asked = asksFor ? "yes" : "";
}

function renewChoices(old, fresh) {
  const values = (list) => [...list.options].map((one) => one.value).join("\n");
  if (values(old) === values(fresh)) return;
  const chosen = old.value;
  old.replaceChildren(...fresh.childNodes);
  old.value = chosen;
}

function renewChildren(old, fresh) {
  let at = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    let match = at;
    while (match && (match.nodeType !== 1 || key(match) !== key(child))) match = match.nextSibling;
    if (!match || child.nodeType !== 1) {
      old.insertBefore(child, at);
      continue;
    }
    while (at !== match) at = drop(at);
    renew(match, child);
    at = match.nextSibling;
  }
  while (at) at = drop(at);
}

function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

/* What a choice makes meaningless: answers on the last drug, its forms, masses of tablets once powder is chosen. */
function clearBeside(box) {
  if (box.name === "drug" && box.value !== "-" && field("drug-name")) field("drug-name").value = "";
  if (box.name.startsWith("drug")) {
    for (const one of form.querySelectorAll('[type=radio][value="not asked"]')) one.checked = true;
    for (const one of form.querySelectorAll("input[name^=forms]")) one.value = "";
  }
  if (box.name === "source-kind" && ["powder", "dilution"].includes(box.value)) {
    for (const name of BULK) if (field(name)) field(name).value = "";
  }
}

form.addEventListener("input", (event) => {
  if (!event.target.name) return;
  clearBeside(event.target);
  form.dispatchEvent(new Event("typed"));
  changed(event.target);
});
/* What was said of an entry goes with the first key that changes it. */
document.getElementById("plan")?.addEventListener("input", ({target}) => {
  if (target.form !== form) return;
  asked += 1;
  control.abort();
  for (const one of document.querySelectorAll("[data-verdict]")) one.replaceChildren();
});
document.getElementById("plan")?.addEventListener("change", ({target}) => {
  if (target.form === form) ask();
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.name) return;  // a button for rows: the server answers anew
  event.preventDefault();
  const lead = () => (document.getElementById("summary") || document.getElementById("answer"))?.focus();
  if (shown === query()) {
    lead();
    return;
  }
  clear();
  answered = moveOn = true;
  ask(lead);
});
/* A page or fields that the browser brings back are asked for anew. */
addEventListener("pageshow", (event) => {
  if (event.persisted) shown = null;
  changed(null);
});
/* Links to a field are steps in the history, too; one that names another order opens it. */
addEventListener("popstate", () => {
  if (location.href.split("#")[0] !== shownAt.split("#")[0]) location.reload();
});

for (const group of form.querySelectorAll("details[open]")) group.dataset.asked = "yes";
shown = asServed();
