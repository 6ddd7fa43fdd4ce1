/** Gives an element the colour of a brand, and its sign black or white. Of what is no colour nothing comes; the window says so. */
export function wearBrand({ style }: HTMLElement, brand: string | undefined): void {
  const paint = brand && globalThis.OffscreenCanvas && new OffscreenCanvas(1, 1).getContext('2d');
  if (!paint || !CSS.supports('color', brand)) {
    style.cssText = '';
    return;
  }
  paint.fillStyle = brand;
  paint.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = paint.getImageData(0, 0, 1, 1).data;
  // How light it seems, by the weights of television; a sign needs a contrast of 3, which one of the two has to spare.
  const isLight = 3 * red + 6 * green + blue > 1_400;
  style.cssText = `--brand:${brand};--on-brand:${isLight ? '#000' : '#fff'}`;
}
