import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';
import type { SpanTable } from '../../src/store/spanTable.ts';
import type { BenchFile } from './files.ts';

/**
 * Requests through a row of services, each of which calls the next; one SERVER span a service:
 *
 *     hop 0 ─▶ hop 1 ─▶ … ─▶ hop 29      own times between 1 and 2 ms, by a simple rule
 */
const ORIGIN = 1_760_000_000n * 1_000_000_000n;
const SERVER = 2;

/** Nanoseconds from the trace's beginning at which hop `hop` begins, which is also how long before its end it ends. */
function startOf(trace: number, hop: number): number {
  let start = 0;
  for (let before = 0; before < hop; before++) start += 500_000 + ((trace * 7919 + before * 104_729) % 500_000);
  return start;
}

/** The table of so many requests over so many hops, made without a file. */
export function tableOfHops(traces: number, hops: number): SpanTable {
  const builder = new SpanTableBuilder();
  const key = builder.strings.intern('service.name');
  const name = builder.strings.intern('GET /items');
  const slots = Array.from({ length: hops }, (_, hop) => {
    const slot = builder.openResource();
    builder.attributes.begin();
    builder.attributes.addString(key, builder.strings.intern(`hop-${hop}`));
    builder.fillResource(slot);
    return slot;
  });
  for (let trace = 0; trace < traces; trace++) {
    const whole = startOf(trace, hops) * 2;
    for (let hop = 0; hop < hops; hop++) {
      const start = startOf(trace, hop);
      builder.startSpan();
      const { span } = builder;
      span.traceId0 = span.traceId3 = trace + 1;
      span.spanId0 = trace + 1;
      span.spanId1 = hop + 1;
      if (hop > 0) [span.parentId0, span.parentId1] = [trace + 1, hop];
      [span.startHigh, span.startLow] = words(ORIGIN + BigInt(start));
      [span.endHigh, span.endLow] = words(ORIGIN + BigInt(whole - start));
      span.kind = SERVER;
      span.name = name;
      span.resource = slots[hop];
      builder.addSpan();
    }
  }
  return builder.finish();
}

/** The same requests as JSON Lines, for the page. */
export function writeHops(folder: string, traces: number, hops: number): BenchFile {
  const path = join(folder, 'hops.jsonl');
  const out = openSync(path, 'w');
  for (let trace = 0; trace < traces; trace++) {
    const whole = startOf(trace, hops) * 2;
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
    const resourceSpans = Array.from({ length: hops }, (_, hop) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: `hop-${hop}` } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: hex(trace + 1, 32),
              spanId: hex(trace + 1, 8) + hex(hop + 1, 8),
              ...(hop > 0 && { parentSpanId: hex(trace + 1, 8) + hex(hop, 8) }),
              name: 'GET /items',
              kind: SERVER,
              startTimeUnixNano: String(ORIGIN + BigInt(startOf(trace, hop))),
              endTimeUnixNano: String(ORIGIN + BigInt(whole - startOf(trace, hop))),
            },
          ],
        },
      ],
    }));
    writeSync(out, `${JSON.stringify({ resourceSpans })}\n`);
  }
  closeSync(out);
  return { path, bytes: statSync(path).size };
}

function words(time: bigint): [number, number] {
  return [Number(time >> 32n), Number(time & 0xffffffffn)];
}
