// Fetches MudBlazor's style sheet and script where they are used, and nowhere else: before a dialog opens, or when a component first calls the script, whose
// objects are stood in for until then.
(() => {
  const { style, script } = document.currentScript.dataset;
  let files = null;

  const fetched = element => new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error(`${element.href ?? element.src} could not be fetched.`));
    document.head.append(element);
  });
  const load = () => files ??= Promise.all([
    fetched(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style })),
    fetched(Object.assign(document.createElement("script"), { src: script })),
  ]).catch(error => {
    files = null;
    throw error;
  });

  window.stepsizeWidgets = {
    load: () => load().then(() => {}),
    /** A dialog that asks is known as such, with what it says of the consequences. */
    asks: (element, description) => {
      const dialog = element.closest("[role='dialog']");
      dialog?.setAttribute("role", "alertdialog");
      dialog?.setAttribute("aria-describedby", description);
    },
  };

  const names = [
    "mudElementRef", "mudFileUpload", "mudInput", "mudInputSizing", "mudJsEvent", "mudKeyInterceptor", "mudPointerEventsNone", "mudPopover", "mudpopoverHelper",
    "mudResizeListener", "mudResizeListenerFactory", "mudResizeObserver", "mudScrollListener", "mudScrollManager", "mudWindow",
  ];
  for (const name of names) {
    window[name] = new Proxy({}, {
      has: () => true,
      get: (_, method) => async (...given) => {
        await load();
        return window[name][method](...given);
      },
    });
  }
})();
