// Where focus goes when what has it goes: a button that is pressed may vanish with what it did, or wait for it disabled. The browser would leave whoever uses a
// keyboard or a screen reader at the start of the page.
const places = "[role='group'], [role='status'], [role='region'], form, section, article, main";
let last = null;
let around = [];
let before = [];

document.addEventListener("focusin", event => {
  last = event.target;
  around = [];
  for (let element = last.parentElement; element; element = element.parentElement) around.push(element);
  // Out of a dialog or a notice, which lie outside the page, the way leads back to where somebody was before.
  if (last.closest("main")) before = around;
  else around.push(...before);
});

/** Nobody has focus, and not because somebody clicked beside everything. */
const isLost = () => last && (!document.activeElement || document.activeElement === document.body) && (!last.isConnected || waiting);
let waiting = false;

new MutationObserver(() => {
  if (!last) return;
  if (last.isConnected && last.matches(":disabled")) waiting = true;
  if (!isLost()) return void (waiting = waiting && last.matches(":disabled"));
  if (last.isConnected) {
    if (!last.matches(":disabled")) {
      waiting = false;
      last.focus({ preventScroll: true });
    }
    return;
  }
  waiting = false;
  const place = around.find(element => element.isConnected && element.matches(places));
  if (!place) return;
  const target = place.matches("main") ? place.querySelector("h1") ?? place : place;
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus({ preventScroll: !target.matches("h1") });
}).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled"] });
