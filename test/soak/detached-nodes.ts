/** The parts of a V8 heap snapshot that are read here: nodes and edges as flat lists of numbers, explained by `meta`. */
export interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** V8's word for a DOM node that is in no document. */
const DETACHED = 2;

/**
 * DOM nodes that are held although they are in no document, counted by name. Lit's templates are left out, with what is in
 * them: patterns from which rows are copied, of which there is one for each place in the source.
 */
export function detachedNodes({ snapshot: { meta }, nodes, edges, strings }: HeapSnapshot): Map<string, number> {
  const field = (fields: readonly string[], name: string): number => {
    const at = fields.indexOf(name);
    if (at < 0) throw new Error(`Expected a field "${name}" in the heap snapshot, got ${fields}`);
    return at;
  };
  const [nameAt, edgesAt] = [field(meta.node_fields, 'name'), field(meta.node_fields, 'edge_count')];
  const stateAt = field(meta.node_fields, 'detachedness');
  const [typeAt, toAt] = [field(meta.edge_fields, 'type'), field(meta.edge_fields, 'to_node')];
  const [nodeSize, edgeSize] = [meta.node_fields.length, meta.edge_fields.length];
  const isChild = meta.edge_types[0].indexOf('element');
  const at = (list: readonly number[], index: number): number => list[index] ?? 0;

  const detached = new Set<number>();
  const firstEdge = new Map<number, number>();
  const templates: number[] = [];
  for (let node = 0, edge = 0; node < nodes.length; node += nodeSize) {
    if (at(nodes, node + stateAt) === DETACHED) {
      detached.add(node);
      firstEdge.set(node, edge);
      if (strings[at(nodes, node + nameAt)]?.startsWith('<template')) templates.push(node);
    }
    edge += at(nodes, node + edgesAt) * edgeSize;
  }

  for (let node = templates.pop(); node !== undefined; node = templates.pop()) {
    detached.delete(node);
    const first = firstEdge.get(node) ?? 0;
    for (let edge = first; edge < first + at(nodes, node + edgesAt) * edgeSize; edge += edgeSize) {
      const to = at(edges, edge + toAt);
      if (at(edges, edge + typeAt) === isChild && detached.has(to)) templates.push(to);
    }
  }

  const counts = new Map<string, number>();
  for (const node of detached) {
    const name = strings[at(nodes, node + nameAt)] ?? '?';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
