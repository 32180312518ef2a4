// Leads to other addresses.
/** To another address, within the page where that is possible. */
export function go(address) {
  if (window.Blazor?.navigateTo) window.Blazor.navigateTo(address);
  else location.assign(address);
}
