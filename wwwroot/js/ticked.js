// A form that is about what is ticked, sent with nothing ticked, says so and stays.
document.addEventListener("submit", event => {
  const button = event.target.querySelector?.("[data-needs-ticked]");
  if (!button || new FormData(event.target).has(button.dataset.needsTicked)) return;
  event.preventDefault();
  let said = event.target.querySelector("[role='status']");
  if (!said) {
    said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "soft";
    event.target.append(" ", said);
  }
  said.textContent = button.dataset.needsTickedText;
});
