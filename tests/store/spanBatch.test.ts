import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/config/limits.ts';
import { attributeList } from '../../src/store/attributes.ts';
import type { SpanBatch } from '../../src/store/spanBatch.ts';
import type { SpanTable } from '../../src/store/spanTable.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';
import { arbitraryRequest } from '../helpers/otlpArbitrary.ts';
import { addRequests, type Request } from '../helpers/otlpReference.ts';
import { tableContent } from '../helpers/otlpTable.ts';

function batchOf(requests: readonly Request[]): SpanBatch {
  const builder = new SpanTableBuilder(undefined, LIMITS, { isForBatch: true });
  addRequests(builder, requests);
  return builder.takeBatch();
}

/** Everything in a table as it lies in memory: every column, and the strings under their ids. */
function columns(table: SpanTable) {
  const { strings, shapeCount, shapeKey, shapeType, shapeUp, shapeLength, ...attributes } = table.attributes;
  const shapes = [shapeKey, shapeType, shapeUp, shapeLength].map((column) => column.slice(0, shapeCount));
  const texts = Array.from({ length: strings.count }, (_, id) => strings.text(id));
  return { ...table, attributes: { ...attributes, shapes }, texts, invalidTexts: strings.invalidTexts };
}

const span = (id: number, text: string) => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: id.toString(16).padStart(16, '0'),
  name: text,
  attributes: [{ key: text, value: { stringValue: text } }],
  events: [{ timeUnixNano: '5', name: text, attributes: [] }],
  links: [{ traceId: '0af7651916cd43dd8448eb211c80319d', spanId: '00000000000000a1', attributes: [] }],
  status: { code: 2, message: text },
});
const requestOf = (...texts: readonly string[]): Request => ({
  resourceSpans: [{ scopeSpans: [{ spans: texts.map((text, index) => span(index + 1, text)) }] }],
});

describe('SpanTableBuilder', () => {
  test('SpanTableBuilder makes of batches the same columns, number for number, as of their spans one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.array(arbitraryRequest, { maxLength: 3 }), { maxLength: 4 }), (groups) => {
        const whole = new SpanTableBuilder();
        addRequests(whole, groups.flat());
        const joined = new SpanTableBuilder();
        for (const requests of groups) {
          const before = joined.spanCount;
          expect(joined.append(batchOf(requests))).toBe(joined.spanCount - before);
        }
        expect(columns(joined.finish())).toEqual(columns(whole.finish()));
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('SpanTableBuilder makes of batches a batch again', () => {
    fc.assert(
      fc.property(fc.array(arbitraryRequest, { maxLength: 6 }), fc.nat({ max: 6 }), (requests, cut) => {
        const joined = new SpanTableBuilder(undefined, LIMITS, { isForBatch: true });
        joined.append(batchOf(requests.slice(0, cut)));
        addRequests(joined, requests.slice(cut));
        const again = new SpanTableBuilder();
        again.append(joined.takeBatch());
        const whole = new SpanTableBuilder();
        addRequests(whole, requests);
        expect(columns(again.finish())).toEqual(columns(whole.finish()));
      }),
      { seed: 12, numRuns: 100 },
    );
  });

  test('SpanTableBuilder takes batches and spans by turns', () => {
    const mixed = new SpanTableBuilder();
    addRequests(mixed, [requestOf('a', 'b')]);
    mixed.append(batchOf([requestOf('b', 'c')]));
    addRequests(mixed, [requestOf('c', 'd')]);
    const whole = new SpanTableBuilder();
    addRequests(whole, [requestOf('a', 'b'), requestOf('b', 'c'), requestOf('c', 'd')]);
    expect(columns(mixed.finish())).toEqual(columns(whole.finish()));
  });

  test('SpanTableBuilder takes of a batch what is within the limit of spans, with all that belongs to them', () => {
    const builder = new SpanTableBuilder(undefined, { ...LIMITS, spans: 3 });
    expect(builder.append(batchOf([requestOf('a', 'b')]))).toBe(2);
    expect(builder.isFull).toBe(false);
    expect(builder.append(batchOf([requestOf('c', 'd')]))).toBe(1);
    expect(builder.isFull).toBe(true);
    expect(builder.append(batchOf([requestOf('e')]))).toBe(0);
    const whole = new SpanTableBuilder();
    addRequests(whole, [requestOf('a', 'b'), requestOf('c')]);
    expect(tableContent(builder.finish())).toEqual(tableContent(whole.finish()));
  });

  test('SpanTableBuilder takes a batch that ends at the limit, and is full when more comes', () => {
    const builder = new SpanTableBuilder(undefined, { ...LIMITS, spans: 2 });
    expect(builder.append(batchOf([requestOf('a', 'b')]))).toBe(2);
    expect(builder.append(batchOf([]))).toBe(0);
    expect(builder.isFull).toBe(false);
  });

  test('SpanTableBuilder takes no batch once the limit of text is passed', () => {
    const builder = new SpanTableBuilder(undefined, { ...LIMITS, stringBytes: 0 });
    expect(builder.append(batchOf([requestOf('a')]))).toBe(0);
    expect(builder.isFull).toBe(true);
    expect(builder.finish().spanCount).toBe(0);
  });

  test('SpanTableBuilder puts spans of a batch without a resource and scope of its own below those it is told', () => {
    const builder = new SpanTableBuilder();
    const resource = builder.openResource();
    const scope = builder.openScope();
    const { strings, attributes } = builder;
    attributes.begin();
    attributes.addString(strings.intern('service.name'), strings.intern('cart'));
    builder.fillResource(resource);
    attributes.begin();
    builder.fillScope(scope, strings.intern('http'), strings.intern('1.0'));

    const other = new SpanTableBuilder(undefined, LIMITS, { isForBatch: true });
    other.startSpan();
    other.span.traceId3 = other.span.spanId1 = 1;
    other.addSpan();
    builder.append(other.takeBatch(), resource, scope);

    const table = builder.finish();
    expect(attributeList(table.attributes, table.resources.shape[table.resource[0]], 0)).toMatchObject([
      { key: 'service.name', value: 'cart' },
    ]);
    expect(strings.text(table.scopes.name[table.scope[0]])).toBe('http');
  });

  test('SpanTableBuilder adds up what was left out and repaired', () => {
    const other = new SpanTableBuilder(undefined, LIMITS, { isForBatch: true });
    for (const id of [0, 1]) {
      other.startSpan();
      other.span.traceId3 = 1;
      other.span.spanId1 = id;
      other.span.startLow = 5;
      other.addSpan();
    }
    const batch = other.takeBatch();
    const builder = new SpanTableBuilder();
    builder.append(batch);
    builder.append(batch);
    expect(builder.finish().problems).toMatchObject({ invalidIds: 2, negativeDurations: 2, duplicates: 1 });
  });

  test('SpanTableBuilder copies a batch: its memory may be used again', () => {
    const batch = batchOf([requestOf('a', 'b')]);
    const builder = new SpanTableBuilder();
    builder.append(batch);
    const whole = new SpanTableBuilder();
    addRequests(whole, [requestOf('a', 'b')]);
    wipe(batch);
    expect(columns(builder.finish())).toEqual(columns(whole.finish()));
  });
});

function wipe(value: object): void {
  for (const part of Object.values(value)) {
    if (ArrayBuffer.isView(part)) new Uint8Array(part.buffer).fill(0xee);
    else if (typeof part === 'object' && part !== null) wipe(part);
  }
}
