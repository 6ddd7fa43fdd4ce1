import { type ChildPart, Directive, directive } from 'lit/directive.js';
import { getCommittedValue } from 'lit/directive-helpers.js';

const COMMENT = 8;

class SweptDirective extends Directive {
  render(list: unknown): unknown {
    return list;
  }

  override update(part: ChildPart, [list]: [unknown]): unknown {
    sweep(part);
    return list;
  }
}

/**
 * Shows a list made by `repeat`, by whomever, and removes the comments that are left from items that are gone: lit forgets
 * one of the two around each (lit/lit#5298), and a list that lives long would fill with them.
 */
export const swept = directive(SweptDirective);

function sweep(part: ChildPart): void {
  const items: unknown = getCommittedValue(part);
  if (!Array.isArray(items)) return;
  const ends = new Map((items as ChildPart[]).map(({ startNode, endNode }) => [startNode, endNode]));
  for (let node = part.startNode?.nextSibling; node && node !== part.endNode; ) {
    // Inside of an item every comment has a meaning.
    const end = ends.get(node);
    const next: ChildNode | null | undefined = ((end ?? node) as ChildNode).nextSibling;
    if (!end && node.nodeType === COMMENT) node.remove();
    node = next;
  }
}
