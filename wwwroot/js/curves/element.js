// <stepsize-curves src="api/curves?…" x="log" y="log" …>: many curves in one picture. Everything it shows is in its attributes, which follow the address of the page;
// what a person does in it leads to another address. So it needs no connection to draw, and is drawn before the page's own stands.
import { load } from "./packet.js";

const attributes = ["src", "x", "y", "percent", "hide", "cell", "low", "high", "line", "line-label", "marks", "version"];
// Fetched where there is a picture: other pages do without the chart library.
let views = null;
const view = () => views ??= import("./view.js").then(module => module.CurvesView);

class StepsizeCurves extends HTMLElement {
  static observedAttributes = attributes;
  #view = null; #shown = null; #queued = false; #observer = null;
  #repaint = () => this.#view?.paint();

  connectedCallback() {
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(this);
    addEventListener("stepsize-theme", this.#repaint);
    this.#later();
  }

  disconnectedCallback() {
    this.#observer?.disconnect();
    removeEventListener("stepsize-theme", this.#repaint);
    this.#view?.dispose();
    this.#view = this.#shown = null;
  }

  attributeChangedCallback() { if (this.isConnected) this.#later(); }

  /** Attributes change one by one; what they mean together is drawn once. */
  #later() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => { this.#queued = false; this.#update(); });
  }

  get #address() {
    const version = this.getAttribute("version");
    return this.getAttribute("src") + (version ? `&version=${version}` : "");
  }

  async #update() {
    if (!this.isConnected || !this.hasAttribute("src")) return;
    const address = this.#address;
    this.#shown = address;
    try {
      const packet = load(address);
      this.toggleAttribute("busy", true);
      const View = await view();
      if (!this.isConnected) return;
      this.#view ??= new View(this);
      const received = await packet;
      if (this.#shown !== address || !this.#view) return;
      this.#view.show(received, this.#options());
      this.#drawn();
    } catch (error) {
      this.#view?.say(`These curves could not be read: ${error.message}`);
    } finally {
      if (this.#shown === address) this.toggleAttribute("busy", false);
    }
  }

  /** Says when the picture has been on the screen: once the frame after the one it was drawn in begins. */
  #drawn() {
    this.removeAttribute("drawn");
    requestAnimationFrame(() => requestAnimationFrame(() => {
      performance.mark("curves-drawn");
      this.setAttribute("drawn", "");
    }));
  }

  #resized() {
    if (this.#view && this.#shown) this.#view.resize();
  }

  #options() {
    const number = name => this.hasAttribute(name) ? Number(this.getAttribute(name)) : null;
    return {
      logX: this.getAttribute("x") === "log",
      logY: this.getAttribute("y") === "log",
      percent: this.hasAttribute("percent"),
      cap: this.hasAttribute("cap") && this.getAttribute("high") !== "all",
      hidden: new Set((this.getAttribute("hide") ?? "").split(".").filter(Boolean).map(Number)),
      cell: this.getAttribute("cell") || null,
      low: number("low"),
      high: this.getAttribute("high") === "all" ? null : number("high"),
      line: number("line"),
      lineLabel: this.getAttribute("line-label") ?? "",
      marks: (this.getAttribute("marks") ?? "").split(",").filter(Boolean).map(m => m.split(":").map(Number)),
      page: this.getAttribute("page") ?? location.pathname + location.search,
    };
  }
}

customElements.define("stepsize-curves", StepsizeCurves);
