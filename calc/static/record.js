/* Locks the screen when nobody touched it for a while, or by its button: the page is put away, and what was typed stays
   in it. */

const section = document.getElementById("screen-lock");
const QUARTER = 4;  // the server hears of work on a page so many times before it would lock

function watch() {
  const after = Number(section.dataset.after) * 1000, form = section.querySelector("form");
  const said = section.querySelector("[role=alert]"), secret = form.querySelector("[type=password]");
  const others = [...section.parentElement.children].filter((part) => part !== section);
  let touched = Date.now(), told = touched, away = [];

  function lock() {
    if (!section.hidden) return;
    away = others.filter((part) => !part.hidden);
    for (const part of away) part.hidden = true;
    section.hidden = false;
    secret.focus();
  }

  function open() {
    for (const part of away) part.hidden = false;
    section.hidden = true;
    secret.value = said.textContent = "";
    touched = told = Date.now();
  }

  function touch() {
    if (!section.hidden) return;
    if (Date.now() - touched >= after) return lock();
    touched = Date.now();
    if (touched - told < after / QUARTER) return;
    told = touched;
    fetch("/record/awake").catch(() => {});  // a server that is gone says so when the form is sent
  }

  for (const name of ["keydown", "pointerdown", "wheel"]) addEventListener(name, touch, {passive: true, capture: true});
  setInterval(() => { if (Date.now() - touched >= after) lock(); }, 1000);

  const leaving = document.querySelector("form[action='/record/lock']");
  leaving?.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const body = new URLSearchParams(new FormData(leaving));
      const answer = await fetch(leaving.action, {method: "POST", body, redirect: "manual"});
      if (answer.type !== "opaqueredirect") throw new Error(answer.status);  // not locked: the page of it says why
      lock();
    } catch {
      leaving.submit();
    }
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
      if (answer.status === 204) return open();
      if (answer.status === 401) return location.reload();
      said.textContent = answer.headers.get("Content-Type").startsWith("text/plain") ? await answer.text() : said.dataset.silent;
    } catch {
      said.textContent = said.dataset.silent;
    }
    secret.value = "";
    secret.focus();
  });
}

if (section) watch();
