// What the pages add when JavaScript is there. Every page works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const words = document.getElementById("kit-words")?.dataset ?? {};
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const typing = (element) => element?.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const store = (() => { try { return window.localStorage; } catch { return null; } })();

  const say = (text) => {
    const box = document.createElement("div");
    box.className = "toast";
    box.textContent = text;
    document.getElementById("toasts")?.append(box);
    setTimeout(() => box.remove(), 6000);
  };

  // --- theme, type and keys: the same cookies as the form's POST, without the journey ---
  document.addEventListener("submit", (event) => {
    const what = event.target.dataset.display;
    const pressed = event.submitter;
    if (!what || !pressed) return;
    event.preventDefault();
    const value = pressed.value;
    document.cookie = `${what}=${value};path=/;max-age=31536000;samesite=lax`;
    root.dataset[what] = value;
    if (what === "type") all("link[data-large]").forEach((link) => { link.media = link.dataset[value]; });
    for (const button of all(`[data-display="${what}"] button`)) {
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(button.value === value));
      else button.value = value === "large" ? "normal" : "large";
    }
  });

  // --- words not yet sent are kept on this device ---
  const WEEK = 7 * 24 * 3600 * 1000;
  const draftKey = (form) => `draft:${form.dataset.autosave}`;
  const kept = (form) => [...form.elements].filter((field) => field.name && !field.hasAttribute("data-autosave-skip") && !["password", "file", "hidden", "submit", "button"].includes(field.type));
  const read = (form) => kept(form).map((field) => [field.name, /^(radio|checkbox)$/.test(field.type) ? [field.value, field.checked] : field.value]);
  const forget = (form) => store?.removeItem(draftKey(form));
  const write = (form) => { try { store?.setItem(draftKey(form), JSON.stringify({ at: Date.now(), fields: read(form) })); } catch { /* full or forbidden: the page still works */ } };
  const fill = (form, fields) => {
    const waiting = new Map();
    for (const [name, value] of fields) waiting.set(name, [...(waiting.get(name) ?? []), value]);
    for (const field of kept(form)) {
      const value = waiting.get(field.name)?.shift();
      if (value === undefined) continue;
      if (Array.isArray(value)) field.checked = value[1];
      else field.value = value;
    }
  };
  const offer = (form, draft, done) => {
    const box = document.createElement("div");
    const line = document.createElement("p");
    box.className = "notice notice--info";
    box.setAttribute("role", "status");
    line.className = "notice__body";
    line.textContent = done ? words.restored : words.kept;
    const act = (text, deed) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button", textContent: text });
      button.addEventListener("click", () => { deed(); box.remove(); });
      return button;
    };
    box.append(line);
    if (!done) box.append(act(words.restore, () => fill(form, draft.fields)));
    box.append(act(words.forget, () => { forget(form); if (done) form.reset(); }));
    form.before(box);
  };
  const blank = (form) => kept(form).every((field) => (/^(radio|checkbox)$/.test(field.type) ? !field.checked : !field.value || field.tagName === "SELECT"));
  for (const mark of all("[data-autosave-clear]")) store?.removeItem(`draft:${mark.dataset.autosaveClear}`);
  const watch = (form) => {
    if (form.dataset.watched) return;
    form.dataset.watched = "1";
    let draft = null;
    try { draft = JSON.parse(store?.getItem(draftKey(form)) ?? "null"); } catch { forget(form); }
    if (draft && Date.now() - draft.at > WEEK) { forget(form); draft = null; }
    if (draft && JSON.stringify(draft.fields) !== JSON.stringify(read(form))) {
      const empty = blank(form);
      if (empty) fill(form, draft.fields);
      offer(form, draft, empty);
    }
    let later = 0;
    form.addEventListener("input", () => { clearTimeout(later); later = setTimeout(() => write(form), 400); });
    form.addEventListener("submit", () => write(form));
  };
  all("form[data-autosave]").forEach(watch);
  document.addEventListener("htmx:afterSettle", () => all("form[data-autosave]").forEach(watch));

  // --- one press, one submission; none while the network is away ---
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (!navigator.onLine) { event.preventDefault(); say(words.offline); return; }
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent) { event.preventDefault(); say(words.sending); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => all("[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all("[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }));
  window.addEventListener("offline", () => say(words.offline));
  window.addEventListener("online", () => say(words.online));

  // --- single keys: never while typing, and they can be switched off ---
  const help = document.getElementById("kit-keys");
  const showKeys = () => {
    const list = help?.querySelector("dl");
    if (!list || help.open) return;
    all(".added", list).forEach((old) => old.remove());
    for (const target of all("[data-key]")) {
      const pair = [document.createElement("dt"), document.createElement("dd")];
      const key = document.createElement("kbd");
      key.textContent = target.dataset.key.toUpperCase();
      pair[0].append(key);
      pair[1].textContent = target.placeholder || target.getAttribute("aria-label") || (target.querySelector(".nav__label, span") ?? target).textContent.trim();
      pair.forEach((part) => part.classList.add("added"));
      list.append(...pair);
    }
    help.showModal();
  };
  const rows = () => all("[data-list] [data-row]");
  const move = (step) => {
    const list = rows();
    const at = list.findIndex((row) => row.contains(document.activeElement));
    const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
    const link = next?.querySelector("[data-open], a");
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") all("details.menu[open], details.due[open]").forEach((open) => { open.open = false; if (open.contains(document.activeElement)) open.querySelector("summary").focus(); });
    if (root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "?") { showKeys(); return; }
    if (rows().length && (key === "j" || key === "k")) { event.preventDefault(); move(key === "j" ? 1 : -1); return; }
    if (key === "x") { document.activeElement?.closest("[data-row]")?.querySelector("input[type=checkbox]")?.click(); return; }
    const target = all("[data-key]").find((item) => item.dataset.key.toLowerCase() === key && item.getClientRects().length);
    if (!target) return;
    event.preventDefault();
    if (typing(target)) target.focus();
    else target.click();
  });

  // --- chosen rows ---
  const count = () => {
    const chosen = all("[data-row] input[type=checkbox]:checked").length;
    for (const bar of all("[data-bulk]")) {
      bar.hidden = chosen === 0;
      all("[data-bulk-count]", bar).forEach((place) => { place.textContent = words.chosen.replace("{n}", chosen); });
    }
    all("[data-row]").forEach((row) => row.classList.toggle("row--chosen", Boolean(row.querySelector("input[type=checkbox]:checked"))));
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) all("[data-row] input[type=checkbox]").forEach((box) => { box.checked = event.target.checked; });
    count();
  });
  document.addEventListener("htmx:afterSettle", count);
  window.addEventListener("pageshow", count);

  // --- presses ---
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); } catch { // plain http on an intranet has no clipboard interface
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(words.copied);
  };
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-copy], [data-dialog], [data-close], [data-help], [data-quick-exit], [data-print]");
    for (const open of all("details.menu[open], details.due[open]")) if (!open.contains(event.target)) open.open = false;
    if (!target) return;
    const box = document.getElementById(target.dataset.dialog ?? "");
    if (target.hasAttribute("data-copy")) copy(target.dataset.copy);
    else if (target.hasAttribute("data-print")) window.print();
    else if (target.hasAttribute("data-help")) showKeys();
    else if (target.hasAttribute("data-close")) target.closest("dialog")?.close();
    else if (target.hasAttribute("data-quick-exit")) {
      event.preventDefault();
      Object.keys(store ?? {}).filter((name) => name.startsWith("draft:")).forEach((name) => store.removeItem(name));
      document.body.hidden = true;
      window.location.replace(target.href);
    } else if (box?.showModal) { event.preventDefault(); box.showModal(); box.querySelector("input:not([type=hidden]), select, textarea")?.focus(); }
  });
  all("[data-copy], [data-help], [data-print]").forEach((button) => { button.hidden = false; });
  document.addEventListener("toggle", (event) => { if (event.target.matches("details.due[open]")) event.target.lastElementChild.scrollIntoView({ block: "nearest" }); }, true);
  document.querySelector("[data-focus]")?.focus();
})();
