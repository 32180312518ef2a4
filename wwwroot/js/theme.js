// Runs before the first paint, so that a remembered theme does not flash. "light" and "dark" are remembered; nothing stored follows the system.
(() => {
  const key = "stepsize-theme";
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const apply = theme => {
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };

  apply(stored());

  document.addEventListener("click", event => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    const systemIsDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = stored() ?? (systemIsDark ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    try {
      // Back at what the system says: follow it again.
      if (next === (systemIsDark ? "dark" : "light")) localStorage.removeItem(key);
      else localStorage.setItem(key, next);
    } catch { /* Storage may be forbidden; the choice then lasts as long as the page. */ }
    apply(next);
    dispatchEvent(new Event("stepsize-theme"));
  });

  addEventListener("storage", event => { if (event.key === key) { apply(stored()); dispatchEvent(new Event("stepsize-theme")); } });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dispatchEvent(new Event("stepsize-theme")));
})();
