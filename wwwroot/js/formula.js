// <tex-formula>x_t = …</tex-formula>: LaTeX that the browser draws as MathML. The text stays in the element, for those without scripts; what is drawn
// stands in a shadow tree, so that nothing else that changes the page meets it. KaTeX is loaded when the first formula is there.
let library;

const load = () => library ??= import("../lib/katex/katex.min.js").then(() => self.katex);

customElements.define("tex-formula", class extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return;
    const katex = await load();
    if (this.shadowRoot || !this.isConnected) return;
    const drawn = document.createElement("div");
    try {
      katex.render(this.textContent, drawn, { output: "mathml", displayMode: true, throwOnError: true, trust: false });
    } catch {
      // A formula that cannot be drawn stays readable as LaTeX.
      return;
    }

    this.attachShadow({ mode: "open" }).append(drawn.querySelector("math"));
  }
});
