/** Asks for the palette from anywhere, so that its code is fetched only when it is wanted. */
export function openPalette(): void {
  window.dispatchEvent(new Event('clawster:palette'));
}
