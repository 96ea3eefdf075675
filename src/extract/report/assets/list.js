// Long lists: only the rows in sight are in the page.

const MARGIN = 6;

/** Rows of equal height in a scrolling element, between two spacers. */
export class LongList {
  constructor(scroller, body, height, draw, spacer) {
    Object.assign(this, { scroller, body, height, draw, spacer });
    this.count = 0;
    this.shown = "";
    scroller.addEventListener("scroll", () => this.refresh(), { passive: true });
    new ResizeObserver(() => this.refresh()).observe(scroller);
  }

  /** Show so many rows anew. */
  reset(count) {
    this.count = count;
    this.refresh(true);
  }

  refresh(anew = false) {
    const room = this.scroller.clientHeight || 600;
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / this.height) - MARGIN);
    const end = Math.min(this.count, first + Math.ceil(room / this.height) + 2 * MARGIN);
    const key = `${first} ${end}`;
    if (!anew && key === this.shown) return;
    this.shown = key;
    const rows = [];
    for (let index = first; index < end; index++) rows.push(this.draw(index));
    this.body.replaceChildren(
      this.spacer(first * this.height), ...rows, this.spacer((this.count - end) * this.height),
    );
  }

  /** Bring a row into sight. */
  reveal(index) {
    const top = index * this.height;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop || top + this.height > scrollTop + clientHeight)
      this.scroller.scrollTop = Math.max(0, top - clientHeight / 3);
    this.refresh();
  }
}

/** An empty element of this height; a list's is hidden from screen readers. */
export function gap(tag) {
  return (height) => {
    const node = document.createElement(tag);
    node.setAttribute("aria-hidden", "true");
    node.className = "gap";
    node.style.height = `${height}px`;
    return node;
  };
}
