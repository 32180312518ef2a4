// What a picture of many curves says in words: what is pointed at, and what the picture cannot show.
import { shown } from "./ticks.js";

const mostListed = 200;
const whole = number => number.toLocaleString("en").replaceAll(",", "\u2009");
const count = (number, one, many) => `${whole(number)} ${number === 1 ? one : many}`;

export class Notes {
  #readout; #list; #packet = null; #visible = []; #options = null;

  constructor(host) {
    this.#readout = document.createElement("p");
    this.#readout.className = "curves-readout";
    this.#list = document.createElement("div");
    this.#list.className = "curves-notes";
    host.append(this.#readout, this.#list);
  }

  say(text) { this.#readout.textContent = text; }

  show(packet, visible, options) {
    [this.#packet, this.#visible, this.#options] = [packet, visible, options];
    this.say(this.#summary());
    const { outside, range } = options;
    this.#list.replaceChildren();
    if (outside.above > 0 && range.cut) {
      this.#say(`${count(outside.above, "line leaves", "lines leave")} the picture above ${this.#value(range.max)}, so that the others can be seen.`, ["Show all values", options.all]);
    }
    if (outside.nonPositive > 0) {
      this.#say(`${count(outside.nonPositive, "line has", "lines have")} values that are 0 or less (${whole(outside.values)} in this window): a logarithmic axis has no place for them, so they run along its lower edge.`);
    }
    if (outside.openBands > 0) {
      this.#say(`The band of ${count(outside.openBands, "line", "lines")} reaches to 0 or below, where a logarithmic axis has no place: there it is drawn above the line only.`);
    }
    this.#nonFinite(visible.filter(s => s.nonFinite !== undefined));
  }

  point(found) {
    if (!found?.series) return this.say(this.#summary());
    const { series, index } = found;
    const { iterations, isRaw } = this.#packet;
    const [low, high] = [series.min[index], series.max[index]];
    const value = isRaw || low === high ? this.#value(high) : `${this.#value(low)} to ${this.#value(high)}`;
    const band = series.bandLow && Number.isFinite(series.bandLow[index]) ? `, ${this.#bandName} ${this.#value(series.bandLow[index])} to ${this.#value(series.bandHigh[index])}` : "";
    const seeds = series.seeds && series.seeds[index] < series.all ? `, of ${series.seeds[index]} of ${series.all} seeds` : "";
    this.say(`${series.label}: ${isRaw ? "" : "around "}iteration ${whole(iterations[index])}: ${value}${band}${seeds}`);
  }

  cell(list) { this.say(list.length ? list[0].label + (list.length > 1 ? ` and ${list.length - 1} more` : "") : this.#summary()); }

  get #bandName() { return new URL(this.#options.page, document.baseURI).searchParams.get("over") === "median" ? "smallest to largest seed" : "95% interval"; }

  #value(value) { return this.#options.percent ? `${shown(value * 100)} %` : shown(value); }

  #summary() {
    const { first, last, total, isRaw, series } = this.#packet;
    if (total === 0 || first > last) return total === 0 ? "Nothing is recorded yet." : `There are ${whole(total)} iterations; none is in this window.`;
    const lines = this.#visible.length === series.length ? count(series.length, "line", "lines") : `${whole(this.#visible.length)} of ${count(series.length, "line", "lines")}`;
    return `${lines}, iterations ${whole(first)} to ${whole(last)} of ${whole(total)}, ${isRaw ? "every one" : "smallest and largest of each stretch"}`;
  }

  #say(text, link = null) {
    const line = document.createElement("p");
    line.textContent = text;
    if (link) {
      const a = document.createElement("a");
      [a.textContent, a.href] = link;
      line.append(" ", a);
    }
    this.#list.append(line);
  }

  #nonFinite(series) {
    if (series.length === 0) return;
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const earliest = series.reduce((a, b) => a.nonFinite <= b.nonFinite ? a : b);
    summary.textContent = `${count(series.length, "line is", "lines are")} not finite from an iteration on (×): the first from iteration ${whole(earliest.nonFinite)}, the last from ${whole(Math.max(...series.map(s => s.nonFinite)))}`;
    const list = document.createElement("ul");
    for (const s of series.toSorted((a, b) => a.nonFinite - b.nonFinite).slice(0, mostListed)) {
      const item = document.createElement("li");
      const a = document.createElement("a");
      [a.href, a.textContent] = [s.address, s.label];
      item.append(a, `: from iteration ${whole(s.nonFinite)}`);
      list.append(item);
    }
    details.append(summary, list);
    if (series.length > mostListed) {
      const rest = document.createElement("p");
      rest.textContent = `and ${whole(series.length - mostListed)} more.`;
      details.append(rest);
    }
    this.#list.append(details);
  }
}
