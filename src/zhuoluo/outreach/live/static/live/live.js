/* Asks for the newest piece of the page again and again; the page works without. Waits longer when the network fails. */
(() => {
  const box = document.querySelector("[data-live]");
  if (!box) return;
  const every = Number(box.dataset.every), jitter = Number(box.dataset.jitter);
  let mark = box.dataset.mark, failed = 0;
  const again = () => setTimeout(ask, every * Math.min(2 ** failed, 16) + Math.random() * jitter);
  const ask = async () => {
    if (document.hidden) return again();
    try {
      const answer = await fetch(box.dataset.live, { headers: mark ? { "If-None-Match": mark } : {}, cache: "no-store" });
      if (answer.status === 200) {
        const held = document.activeElement && document.activeElement.value;
        box.innerHTML = await answer.text();
        mark = answer.headers.get("ETag");
        if (held) { const same = [...box.querySelectorAll("button")].find((b) => b.value === held); if (same) same.focus(); }
      }
      failed = 0;
    } catch { failed += 1; }
    again();
  };
  again();
})();
