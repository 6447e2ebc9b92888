import { attributeList } from '../../src/store/attributes.ts';
import {
  itemsOf,
  parentIdOf,
  spanIdText,
  traceIdText,
  traceStateOf,
  type SpanEvents,
  type SpanTable,
} from '../../src/store/spanTable.ts';

/**
 * Everything that a table says, as plain objects that do not show how it came about (ids of strings, slots, shapes):
 * two tables with the same content are the same to whoever reads them.
 */
export function tableContent(table: SpanTable) {
  const text = (id: number): string => table.attributes.strings.text(id);
  const list = (owner: { shape: Uint32Array; offset: Uint32Array }, index: number) =>
    attributeList(table.attributes, owner.shape[index], owner.offset[index]).map(({ key, type, value }) => [
      key,
      type,
      value,
    ]);
  const span = (row: number) => ({
    spanId: spanIdText(table, row),
    parentId: parentIdOf(table, row).join(),
    parent: table.parent[row],
    subtreeEnd: table.subtreeEnd[row],
    flags: table.flags[row],
    start: table.start[row],
    end: table.end[row],
    kind: table.kind[row],
    status: table.status[row],
    statusMessage: text(table.statusMessage.get(row) ?? 0),
    name: text(table.name[row]),
    traceState: text(traceStateOf(table, row)),
    spanFlags: table.spanFlags[row],
    service: text(table.resources.service[table.resource[row]]),
    resource: list(table.resources, table.resource[row]),
    scope: [text(table.scopes.name[table.scope[row]]), text(table.scopes.version[table.scope[row]])],
    scopeAttributes: list(table.scopes, table.scope[row]),
    attributes: list(table, row),
    events: indexes(table.events, row).map((i) => [
      text(table.events.name[i]),
      table.events.time[i],
      list(table.events, i),
    ]),
    links: indexes(table.links, row).map((i) => [
      table.links.traceId.slice(i * 4, i * 4 + 4).join(),
      table.links.spanId.slice(i * 2, i * 2 + 2).join(),
      list(table.links, i),
    ]),
  });
  return {
    problems: table.problems,
    traces: Array.from({ length: table.traceCount }, (_, trace) => ({
      traceId: traceIdText(table, trace),
      origin: table.traceOrigin[trace],
      spans: indexes({ first: table.traceRows }, trace).map(span),
    })),
  };
}

function indexes(items: Pick<SpanEvents, 'first'>, row: number): number[] {
  const [from, to] = itemsOf(items, row);
  return Array.from({ length: to - from }, (_, i) => from + i);
}
