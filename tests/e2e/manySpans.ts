import { closeSync, openSync, writeSync } from 'node:fs';

const SPANS_A_TRACE = 4;
const TRACES_A_LINE = 50;

/** JSON Lines of `GET /load` → api → postgres, deterministic, written line by line. */
export function writeManySpans(path: string, spans: number): void {
  const out = openSync(path, 'w');
  const traces = Math.ceil(spans / SPANS_A_TRACE);
  for (let first = 0; first < traces; first += TRACES_A_LINE) {
    const numbers = Array.from({ length: Math.min(TRACES_A_LINE, traces - first) }, (_, i) => first + i);
    const resource = (service: string, made: readonly object[]): object => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [{ spans: made }],
    });
    const line = {
      resourceSpans: [
        resource(
          'web',
          numbers.flatMap((n) => [
            span(n, 1, 0, 2, 'GET /load', 0, 40 + (n % 97)),
            span(n, 2, 1, 3, 'GET', 2, 38 + (n % 97)),
          ]),
        ),
        resource(
          'api',
          numbers.flatMap((n) => [
            span(n, 3, 2, 2, 'GET /load', 3, 37 + (n % 97)),
            span(n, 4, 3, 3, 'SELECT', 5, 30 + (n % 89), [['db.system.name', 'postgresql']]),
          ]),
        ),
      ],
    };
    writeSync(out, `${JSON.stringify(line)}\n`);
  }
  closeSync(out);
}

function span(
  trace: number,
  id: number,
  parent: number,
  kind: number,
  name: string,
  fromMs: number,
  toMs: number,
  attributes: readonly (readonly [string, string])[] = [],
) {
  const at = (ms: number): string => `${1_780_000_000_000 + trace * 3 + ms}000000`;
  const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
  return {
    traceId: hex(trace + 1, 32),
    spanId: hex((trace + 1) * 8 + id, 16),
    ...(parent > 0 && { parentSpanId: hex((trace + 1) * 8 + parent, 16) }),
    kind,
    name,
    startTimeUnixNano: at(fromMs),
    endTimeUnixNano: at(toMs),
    attributes: attributes.map(([key, value]) => ({ key, value: { stringValue: value } })),
  };
}
