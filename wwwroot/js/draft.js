// What somebody has filled into the form of a new sweep and not started, kept in this browser: a page that is left, or whose server was started anew, has it again.
const key = "stepsize-new-sweep";

export function keep(text) {
  try { localStorage.setItem(key, text); } catch { /* Storage may be forbidden or full; the form works without. */ }
}

export function kept() {
  try { return localStorage.getItem(key); } catch { return null; }
}

export function forget() {
  try { localStorage.removeItem(key); } catch { /* There is nothing to forget then. */ }
}

export const ask = question => confirm(question);
