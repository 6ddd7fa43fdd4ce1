const MOST = 8;
/** A key moves a zoomed picture by so many px. */
const STEP = 60;
/** A swipe of this many px closes. */
const SWIPE = 90;
/** A press that moves less is no drag. */
const STILL = 5;

/** What is zoomed, and who closes it. */
export interface ZoomOptions {
  readonly picture: () => HTMLElement | null;
  readonly dismiss: () => void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Zooms and moves a picture: by wheel, keys, one pointer, two fingers. As small as it can be, a swipe up or down dismisses it. */
export class Zoom {
  scale = 1;
  /** Where the last press was, unless it was a drag. */
  pressedOn: EventTarget | null = null;
  #at: Point = { x: 0, y: 0 };
  readonly #pointers = new Map<number, Point>();
  #downAt: Point = this.#at;
  /** Two fingers take part: that is no swipe. */
  #isPinch = false;

  constructor(readonly options: ZoomOptions) {}

  /** Around the picture's middle. */
  by(factor: number): void {
    const scale = Math.min(MOST, Math.max(1, this.scale * factor));
    const grown = scale / this.scale;
    this.scale = scale;
    this.#moveTo({ x: this.#at.x * grown, y: this.#at.y * grown });
  }

  /** Returns whether the key means something here. */
  key(key: string): boolean {
    if (key === '+' || key === '=') this.by(1.5);
    else if (key === '-') this.by(1 / 1.5);
    else if (key === '0') this.by(0);
    else if (this.scale === 1) return false;
    else if (key === 'ArrowLeft') this.#moveBy(STEP, 0);
    else if (key === 'ArrowRight') this.#moveBy(-STEP, 0);
    else if (key === 'ArrowUp') this.#moveBy(0, STEP);
    else if (key === 'ArrowDown') this.#moveBy(0, -STEP);
    else return false;
    return true;
  }

  readonly toggle = () => this.by(this.scale > 1 ? 0 : 2.5);

  readonly wheel = (event: WheelEvent) => {
    event.preventDefault();
    this.by(Math.exp(-event.deltaY / 400));
  };

  readonly down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const at = { x: event.clientX, y: event.clientY };
    this.#isPinch = this.#pointers.size > 0;
    if (!this.#isPinch) {
      // A pointer that is held tells of a click on whoever holds it.
      this.pressedOn = event.target;
      this.#downAt = at;
    }
    this.#pointers.set(event.pointerId, at);
    (event.currentTarget as Element).setPointerCapture?.(event.pointerId);
  };

  readonly move = (event: PointerEvent) => {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    // It was let go where nobody could hear of it.
    if (event.buttons === 0) return this.up(event);
    const now = { x: event.clientX, y: event.clientY };
    const [other] = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.#pointers.set(event.pointerId, now);
    if (other) this.by(distance(now, other) / Math.max(1, distance(before, other)));
    if (other || distance(now, this.#downAt) > STILL) this.pressedOn = null;
    // Of two fingers each does half.
    const share = other ? 0.5 : 1;
    this.#moveBy((now.x - before.x) * share, (now.y - before.y) * share);
  };

  readonly up = (event: PointerEvent) => {
    if (!this.#pointers.delete(event.pointerId) || this.#pointers.size > 0 || this.scale > 1) return;
    if (event.type === 'pointerup' && !this.#isPinch && Math.abs(this.#at.y) > SWIPE) this.options.dismiss();
    else this.#moveTo({ x: 0, y: 0 });
  };

  #moveBy(x: number, y: number): void {
    this.#moveTo({ x: this.#at.x + x, y: this.#at.y + y });
  }

  #moveTo({ x, y }: Point): void {
    const picture = this.options.picture();
    const { offsetWidth = 0, offsetHeight = 0 } = picture ?? {};
    // A zoomed picture stays in reach; one that is not can only be swiped away, up or down.
    const most = (size: number) => (size * (this.scale - 1)) / 2;
    const held = this.#pointers.size > 0;
    const within = (value: number, size: number) => Math.min(most(size), Math.max(-most(size), value));
    this.#at = this.scale > 1 ? { x: within(x, offsetWidth), y: within(y, offsetHeight) } : { x: 0, y: held ? y : 0 };
    if (!picture) return;
    picture.style.transform = `translate(${this.#at.x}px, ${this.#at.y}px) scale(${this.scale})`;
  }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
