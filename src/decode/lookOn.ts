import { peek } from './bytes/peek.ts';
import type { Bytes } from './bytes/readBytes.ts';
import { BY_KEYS, IN_LOGS } from './formats.ts';
import { Head } from './head.ts';
import { HEAD_BYTES } from './openLayers.ts';
import type { Reading } from './reading.ts';

/** What a span is known by is shorter, over several lines and behind their prefixes too. */
const OVERLAP = 1 << 10;

/**
 * A log may begin with any number of lines that hold no span. So a head that says no more than that it is text is
 * followed by others, as far as `limits.sniffBytes`: the first in which there are spans says what it is. Answers the
 * bytes that were given, with all of these still in them.
 *
 *     GET /health 200 · GET /health 200 · … · GET /health 200 · { traceId: '14044f1e…
 *     └ head, plain text ──────┘ └ another ──────┘ └ another, Node's console ───────┘
 *
 * JSON whose first keys say nothing may be a span, whose long attributes stand before its ids.
 */
export async function lookOn(bytes: Bytes, reading: Reading): Promise<Bytes> {
  const peeked = await peek(bytes, reading.report.limits.sniffBytes);
  const step = HEAD_BYTES - OVERLAP;
  for (let at = step; at + OVERLAP < peeked.head.length; at += step) {
    const head = new Head(peeked.head.subarray(at, at + HEAD_BYTES));
    const found = IN_LOGS.find((format) => format.matches(head));
    if (found === undefined) continue;
    reading.format = found;
    return peeked.bytes;
  }
  const whole = new Head(peeked.head);
  const known = reading.head.isJson ? BY_KEYS.find((format) => format.matches(whole)) : undefined;
  reading.format = known ?? reading.format;
  reading.isLong = known === undefined && peeked.head.length >= reading.report.limits.sniffBytes;
  return peeked.bytes;
}
