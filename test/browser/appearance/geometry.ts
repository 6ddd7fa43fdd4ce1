/** A drawn thing: a control, a picture, or a line of text. */
interface Piece {
  readonly element: Element;
  readonly rects: readonly DOMRect[];
}

/**
 * Runs in the page: what is wrong with where things are. Nothing sticks out of the window, no text is cut but by an ellipsis, no
 * two pieces lie upon each other, and no control is smaller than 24 px.
 */
export function geometryFaults(root: Element): string[] {
  const faults: string[] = [];
  const within = root.getBoundingClientRect();
  const pieces: Piece[] = [];
  const nameOf = (element: Element) => {
    const host = (element.getRootNode() as ShadowRoot).host?.localName ?? '';
    return `${host} ${element.localName}${element.className && `.${String(element.className).replaceAll(' ', '.')}`} "${(element.textContent ?? '').trim().slice(0, 20)}"`;
  };
  /** These lie upon the rest on purpose. */
  const layers = ['list-tools', 'connection-strip', 'image-viewer'];
  const clipped = (rect: DOMRect, view: DOMRect) =>
    new DOMRect(
      Math.max(rect.left, view.left),
      Math.max(rect.top, view.top),
      Math.max(0, Math.min(rect.right, view.right) - Math.max(rect.left, view.left)),
      Math.max(0, Math.min(rect.bottom, view.bottom) - Math.max(rect.top, view.top)),
    );
  const visit = (element: Element, view: DOMRect, layer: Piece[] | undefined): void => {
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility === 'hidden' || element.matches('.visually-hidden, slot')) return;
    const rect = element.getBoundingClientRect();
    const isControl = element.matches('button, input, textarea, a');
    const isBox = style.display !== 'inline' && style.display !== 'contents';
    if (isBox && rect.width > 0 && rect.height > 0 && rect.bottom > view.top && rect.top < view.bottom) {
      if (rect.left < within.left - 1 || rect.right > within.right + 1) faults.push(`${nameOf(element)} sticks out`);
      const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      // The tail of a bubble stands beside it.
      const isMeant = style.textOverflow === 'ellipsis' || element.matches('[part~=bubble], textarea, [role=log]');
      if (isCut && !isMeant) faults.push(`${nameOf(element)}: ${element.scrollWidth} px in ${element.clientWidth}`);
      if (isControl && !element.closest('p, text-bubble') && (rect.width < 24 || rect.height < 24))
        faults.push(`${nameOf(element)} is ${rect.width} x ${rect.height} px`);
    }
    const clips = /hidden|auto|scroll|clip/.test(style.overflowX + style.overflowY) || element.matches('[role=log]');
    const inner = clips ? clipped(rect, view) : view;
    const texts = [...(element.shadowRoot ?? element).childNodes].filter(
      (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
    );
    const isPicture = element.matches('img, svg, button, input, textarea, [role=img]');
    const rects = isPicture
      ? [rect]
      : texts.flatMap((text) => {
          const range = document.createRange();
          range.selectNodeContents(text);
          return [...range.getClientRects()];
        });
    const seen = rects
      .map((each) => clipped(each, isPicture ? view : inner))
      .filter(({ width, height }) => width > 1 && height > 1);
    if (layer && seen.length > 0) layer.push({ element, rects: seen });
    if (element.matches('svg, button, textarea')) return;
    const next = layers.includes(element.localName) ? undefined : layer;
    for (const child of element.shadowRoot?.children ?? element.children) visit(child, inner, next);
    if (element.shadowRoot) for (const child of element.children) visit(child, inner, next);
  };
  visit(root, within, pieces);
  pieces.forEach(({ element, rects }, at) => {
    for (const other of pieces.slice(at + 1)) {
      if (element === other.element || element.contains(other.element) || other.element.contains(element)) continue;
      const isUpon = rects.some((one) =>
        other.rects.some((two) => {
          const { width, height } = clipped(one, two);
          return width > 2 && height > 2;
        }),
      );
      if (isUpon) faults.push(`${nameOf(element)} lies upon ${nameOf(other.element)}`);
    }
  });
  return faults;
}

/** Runs in the page: where the regions and rows are, whole px. */
export function places(root: Element): string[] {
  const found: string[] = [];
  const visit = (element: Element): void => {
    if (element.matches('[part], message-bubble') && !element.closest('list-tools')) {
      const { left, top, width, height } = element.getBoundingClientRect();
      found.push(
        `${element.localName} ${element.getAttribute('part') ?? ''} ${[left, top, width, height].map(Math.round)}`,
      );
    }
    for (const child of [...(element.shadowRoot?.children ?? []), ...element.children]) visit(child);
  };
  visit(root);
  return found;
}
