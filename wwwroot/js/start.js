// Before anything else that asks before a page is left: a page that reloads itself keeps what was filled in and must not wait for an answer.
let reloading = false;
addEventListener("beforeunload", event => { if (reloading) event.stopImmediatePropagation(); }, true);
const reload = () => { reloading = true; location.reload(); };

// Starts the connection to the server and keeps trying while the server is away: a restart of it takes seconds, and the sweep goes on.
Blazor.start({
  // A link followed before the connection stands loads its page whole. Were it merged into this page, the connection, opened for the address
  // before, could put the old page back below the new address.
  ssr: { disableDomPreservation: true },
  circuit: { reconnectionOptions: { maxRetries: 600, retryIntervalMilliseconds: attempt => attempt < 5 ? 500 : 2000 } },
});

// Back and forward before the connection stands change the address of a page that nobody redraws yet.
addEventListener("popstate", () => {
  if (document.querySelector("fieldset.page")?.disabled) reload();
});

// A server that was restarted does not know the page any more. Its state is in the address, so loading it again loses nothing.
const modal = document.getElementById("components-reconnect-modal");
new MutationObserver(() => {
  if (modal.classList.contains("components-reconnect-rejected")) reload();
}).observe(modal, { attributes: true, attributeFilter: ["class"] });

modal.addEventListener("click", event => {
  if (event.target.closest("[data-reconnect]")) Blazor.reconnect().then(known => known || reload(), reload);
});
