import type { SpanTable } from '../../src/store/spanTable.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';

/** A span for a test of assembly; ids and times are small numbers. */
export interface SpanSpec {
  readonly id: number;
  readonly parent?: number | 'invalid';
  readonly trace?: number;
  readonly start?: number;
  readonly end?: number;
  readonly kind?: number;
  readonly name?: string;
  readonly service?: string;
}

/**
 * The assembled table of these spans, added in this order. Times are nanoseconds after 2⁶² (so both words are in use).
 * `high` gives an id its upper 32 bits: without it they are zero, and only the lower ones differ.
 */
export function assembled(specs: readonly SpanSpec[], high: (id: number) => number = () => 0): SpanTable {
  const builder = new SpanTableBuilder();
  const slots = new Map<string, number>();
  const { span, strings, attributes } = builder;
  for (const {
    id,
    parent = 0,
    trace = 1,
    start = 0,
    end = start + 10,
    kind = 1,
    name = `span ${id}`,
    service = 'shop',
  } of specs) {
    span.resource = slots.get(service) ?? openService(service);
    builder.startSpan();
    span.traceId3 = trace;
    span.spanId0 = high(id);
    span.spanId1 = id;
    if (parent === 'invalid') span.hasInvalidParent = true;
    else if (parent !== 0) [span.parentId0, span.parentId1] = [high(parent), parent];
    span.startHigh = span.endHigh = 2 ** 30;
    span.startLow = start;
    span.endLow = end;
    span.kind = kind;
    span.name = strings.intern(name);
    builder.addSpan();
  }
  return builder.finish();

  function openService(service: string): number {
    const slot = builder.openResource();
    attributes.begin();
    attributes.addString(strings.intern('service.name'), strings.intern(service));
    builder.fillResource(slot);
    slots.set(service, slot);
    return slot;
  }
}

/** Each row as `id`, with its parent's id behind an arrow; `?` for an orphan, `+` for one that was adopted. */
export function drawn(table: SpanTable): string[] {
  return Array.from({ length: table.spanCount }, (_, row) => {
    const parent = table.parent[row];
    const mark = ['', '?', '', '?+'][table.flags[row] & 3];
    return `${table.spanId[row * 2 + 1]}${mark}${parent < 0 ? '' : `→${table.spanId[parent * 2 + 1]}`}`;
  });
}
