import { SpanKind, type SpanTable } from '../../src/store/spanTable.ts';
import type { SpanSpec } from './spanSpecs.ts';

/** A span while its trace is assembled in the plain way. */
interface Node extends Required<SpanSpec> {
  /** The upper 32 bits of its id, and of its parent's. */
  readonly high: number;
  readonly parentHigh: number;
  up: Node | null;
  isOrphan: boolean;
  isAdopted: boolean;
}

/** Each row as `trace id kind start name service ↑row of the parent`, with `?` for an orphan and `+` for an adopted one. */
export function lines(table: SpanTable): string[] {
  const text = (id: number): string => table.attributes.strings.text(id);
  return Array.from({ length: table.spanCount }, (_, row) => {
    const trace = table.trace[row];
    const start = Number(BigInt(table.start[row]) + table.traceOrigin[trace] - 2n ** 62n);
    const service = text(table.resources.service[table.resource[row]]);
    const mark = ['', '?', '', '?+'][table.flags[row] & 3];
    return line(
      table.traceId[trace * 4 + 3],
      table.spanId[row * 2 + 1],
      table.kind[row],
      start,
      text(table.name[row]),
      service,
      mark,
      table.parent[row],
    );
  });
}

function line(
  trace: number,
  id: number,
  kind: number,
  start: number,
  name: string,
  service: string,
  mark: string,
  up: number,
): string {
  return `${trace} ${id} ${kind} ${start} ${name} ${service}${mark} ↑${up}`;
}

/** The same by the rules of assembly, word for word, on plain objects (design: analysis, section 1). */
export function referenceLines(specs: readonly SpanSpec[], high: (id: number) => number = () => 0): string[] {
  const result: string[] = [];
  for (const trace of [...new Set(specs.map((spec) => spec.trace ?? 1))].toSorted((a, b) => a - b)) {
    const nodes = membersOf(specs.filter((spec) => (spec.trace ?? 1) === trace).map((spec) => nodeOf(spec, high)));
    for (const node of nodes) hang(node, nodes);
    for (const node of nodes) cutCycle(node, nodes);
    const [root] = nodes
      .filter(({ up }) => up === null)
      .toSorted((a, b) => Number(a.isOrphan) - Number(b.isOrphan) || bySibling(a, b));
    for (const node of nodes) {
      if (node === root || node.up !== null || !node.isOrphan || !(node.start < root.end && node.end > root.start))
        continue;
      node.up = root;
      node.isAdopted = true;
    }
    const tops = nodes.filter(({ up }) => up === null && up !== root).filter((node) => node !== root);
    const rows: Node[] = [];
    const write = (node: Node): void => {
      rows.push(node);
      nodes
        .filter(({ up }) => up === node)
        .toSorted(bySibling)
        .forEach(write);
    };
    [root, ...tops.toSorted(bySibling)].forEach(write);
    const first = result.length;
    for (const node of rows) {
      const { id, kind, start, name, service, isOrphan, isAdopted, up } = node;
      const mark = isAdopted ? '?+' : isOrphan ? '?' : '';
      result.push(line(trace, id, kind, start, name, service, mark, up === null ? -1 : first + rows.indexOf(up)));
    }
  }
  return result;
}

function nodeOf(
  { id, parent = 0, trace = 1, start = 0, end = start + 10, kind = 1, name = `span ${id}`, service = 'shop' }: SpanSpec,
  high: (id: number) => number,
): Node {
  return {
    id,
    parent,
    trace,
    start,
    end: Math.max(start, end),
    kind,
    name,
    service,
    high: high(id),
    parentHigh: parent === 'invalid' || parent === 0 ? 0 : high(parent),
    up: null,
    isOrphan: false,
    isAdopted: false,
  };
}

/** In rank order, duplicates merged: the one whose parent's id is lowest stays, one that cannot be an id counting as 0. */
function membersOf(nodes: readonly Node[]): Node[] {
  const parentOf = ({ parent }: Node): number => (parent === 'invalid' ? 0 : parent);
  const ranked = nodes.toSorted(
    (a, b) =>
      byRank(a, b) ||
      a.parentHigh - b.parentHigh ||
      parentOf(a) - parentOf(b) ||
      Number(a.parent === 'invalid') - Number(b.parent === 'invalid'),
  );
  return ranked.filter((node, index) => index === 0 || byRank(ranked[index - 1], node) !== 0);
}

function byRank(a: Node, b: Node): number {
  return (
    a.high - b.high ||
    a.id - b.id ||
    a.kind - b.kind ||
    a.start - b.start ||
    a.end - b.end ||
    byText(a.name, b.name) ||
    byText(a.service, b.service)
  );
}

function byText(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

function bySibling(a: Node, b: Node): number {
  return a.start - b.start || b.end - a.end || byRank(a, b);
}

function hang(node: Node, nodes: readonly Node[]): void {
  const client = nodes.find(({ id, kind }) => id === node.id && kind === SpanKind.client);
  if (node.kind === SpanKind.server && client) {
    node.up = client;
    return;
  }
  if (node.parent === 0) return;
  const named = nodes.filter(({ id }) => id === node.parent);
  node.up = named.find(({ kind }) => kind === SpanKind.server) ?? named[0] ?? null;
  node.isOrphan = node.up === null;
}

function cutCycle(node: Node, nodes: readonly Node[]): void {
  const cycle: Node[] = [];
  for (let at: Node | null = node; at !== null && !cycle.includes(at); at = at.up) cycle.push(at);
  const last = cycle.at(-1);
  if (!last || last.up !== node) return;
  const [earliest] = cycle.toSorted((a, b) => a.start - b.start || nodes.indexOf(a) - nodes.indexOf(b));
  earliest.up = null;
  earliest.isOrphan = true;
}
