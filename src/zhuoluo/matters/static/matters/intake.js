// Intake by keyboard: Enter goes to the next field, Ctrl+Enter saves, and the open row of the inbox is marked.
(() => {
  "use strict";
  const stops = (form) => [...form.elements].filter((field) => !field.hidden && !field.disabled && field.type !== "hidden" && field.tabIndex >= 0 && !field.matches("fieldset, button:not(.button--primary)") && field.getClientRects().length);
  // Of several radio buttons Tab stops at one: the chosen one, or the first.
  const stop = (field, form) => field.type !== "radio" || field.checked || (!form.querySelector(`[name="${field.name}"]:checked`) && form.elements[field.name][0] === field);

  document.addEventListener("keydown", (event) => {
    const form = event.target.form;
    if (event.key !== "Enter" || !form || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && form.hasAttribute("data-save")) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=save]") ?? undefined);
      return;
    }
    if (!form.hasAttribute("data-enter-next") || event.defaultPrevented || !event.target.matches("input:not([type=file]), select")) return;
    event.preventDefault();
    const fields = stops(form).filter((field) => stop(field, form));
    const from = event.target.type === "radio" ? fields.findIndex((field) => field.name === event.target.name) : fields.indexOf(event.target);
    fields[from + 1]?.focus();
  });

  document.addEventListener("htmx:pushedIntoHistory", () => {
    for (const link of document.querySelectorAll("[data-list] [data-open]")) {
      if (link.getAttribute("href") === window.location.pathname) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "pane") event.target.querySelector("[autofocus], form select, form textarea, form input:not([type=hidden])")?.focus();
  });
})();
