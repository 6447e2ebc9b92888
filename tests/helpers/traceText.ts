import { SpanKind, StatusCode, type SpanTable } from '../../src/store/spanTable.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';

/**
 * Traces drawn as text, so that a test and its expectation fit on one screen.
 *
 *     shop GET /cart 0..50 server [http.request.method=GET, http.route=/cart]
 *       shop SELECT 10..40 client [db.system=postgresql]
 *
 *     shop GET /cart 0..60 server error state=ot=th:c
 *
 * A line is `service operation start..end kind`, then words (`error`, `id=`, `parent=`, `state=`, all optional), then
 * attributes. Indentation is parenthood, two spaces a level; a blank line starts the next trace. Times are
 * milliseconds after a common instant. A service with spaces is put in quotes. Values that read as numbers or as true
 * and false are such. `parent=` names a parent id that the indentation does not show, `id=` sets the span's own.
 */
export function traceText(text: string, resources: Resources = {}): SpanTable {
  return spanTable(parseTraceText(text), resources);
}

export interface SpanText {
  /** Number of the trace, from 1; its id. */
  readonly trace: number;
  readonly id: number;
  /** 0 for none. */
  readonly parent: number;
  readonly service: string;
  readonly name: string;
  /** Nanoseconds after the common instant. */
  readonly start: number;
  readonly end: number;
  readonly kind: number;
  readonly isError: boolean;
  readonly state: string;
  readonly attributes: Values;
}

export type Values = Readonly<Record<string, string | number | boolean>>;
/** Attributes of the resources, by service; `service.name` is there by itself. */
export type Resources = Readonly<Record<string, Values>>;

/** What the times in a text count from: 14 November 2023, 22:13:20 UTC. */
const EPOCH_NS = 1_700_000_000_000_000_000n;

const LINE = /^( *)(?:"([^"]*)"|(\S+)) (.*?) ?(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)(?: (.*))?$/;
const KINDS: Readonly<Record<string, number>> = SpanKind;

export function parseTraceText(text: string): SpanText[] {
  const spans: SpanText[] = [];
  let trace = 1;
  let open: { id: number; indent: number }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      if (open.length > 0) trace++;
      open = [];
      continue;
    }
    const match = LINE.exec(line);
    if (!match) throw new Error(`not a span: ${line}`);
    const [, indent, quoted, bare, name, start, end, rest = ''] = match;
    const { words, attributes } = parseRest(rest, line);
    const id = words.get('id') === undefined ? spans.length + 1 : Number.parseInt(words.get('id') ?? '', 16);
    while (open.length > 0 && open[open.length - 1].indent >= indent.length) open.pop();
    const parent = words.get('parent');
    spans.push({
      trace,
      id,
      parent: parent === undefined ? (open.at(-1)?.id ?? 0) : Number.parseInt(parent, 16),
      service: quoted ?? bare,
      name,
      start: Math.round(Number(start) * 1e6),
      end: Math.round(Number(end) * 1e6),
      kind: KINDS[words.get('kind') ?? 'internal'],
      isError: words.has('error'),
      state: words.get('state') ?? '',
      attributes,
    });
    open.push({ id, indent: indent.length });
  }
  return spans;
}

function parseRest(rest: string, line: string): { words: Map<string, string>; attributes: Values } {
  const bracket = rest.indexOf('[');
  const words = new Map<string, string>();
  const before = bracket < 0 ? rest : rest.slice(0, bracket);
  for (const word of before.split(' ').filter((each) => each !== '')) {
    const [key, ...value] = word.split('=');
    if (key in KINDS) words.set('kind', key);
    else if (['error', 'id', 'parent', 'state'].includes(key)) words.set(key, value.join('='));
    else throw new Error(`unknown word ${word} in: ${line}`);
  }
  if (bracket < 0) return { words, attributes: {} };
  const pairs = rest.slice(bracket + 1, rest.lastIndexOf(']')).split(', ');
  return {
    words,
    attributes: Object.fromEntries(
      pairs.map((pair) => {
        const equals = pair.indexOf('=');
        return [pair.slice(0, equals), parseValue(pair.slice(equals + 1))] as const;
      }),
    ),
  };
}

function parseValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** The table of spans in the order given; each service is one resource. */
export function spanTable(spans: readonly SpanText[], resources: Resources = {}): SpanTable {
  const builder = new SpanTableBuilder();
  const slots = new Map<string, number>();
  const scope = builder.openScope();
  builder.attributes.begin();
  builder.fillScope(scope, builder.strings.intern('test'), 0);
  for (const span of spans) {
    let slot = slots.get(span.service);
    if (slot === undefined) {
      slot = builder.openResource();
      writeAttributes(builder, { 'service.name': span.service, ...resources[span.service] });
      builder.fillResource(slot);
      slots.set(span.service, slot);
    }
    builder.startSpan();
    const record = builder.span;
    record.traceId3 = span.trace;
    record.spanId1 = span.id;
    record.parentId1 = span.parent;
    record.resource = slot;
    record.scope = scope;
    record.name = builder.strings.intern(span.name);
    record.traceState = builder.strings.intern(span.state);
    record.kind = span.kind;
    record.status = span.isError ? StatusCode.error : StatusCode.unset;
    const start = EPOCH_NS + BigInt(span.start);
    const end = EPOCH_NS + BigInt(span.end);
    record.startHigh = Number(start >> 32n);
    record.startLow = Number(start & 0xffffffffn);
    record.endHigh = Number(end >> 32n);
    record.endLow = Number(end & 0xffffffffn);
    writeAttributes(builder, span.attributes);
    record.shape = builder.attributes.shape;
    record.offset = builder.attributes.offset;
    builder.addSpan();
  }
  return builder.finish();
}

function writeAttributes(builder: SpanTableBuilder, values: Values): void {
  const { attributes, strings } = builder;
  attributes.begin();
  for (const [key, value] of Object.entries(values)) {
    const id = strings.intern(key);
    if (typeof value === 'boolean') attributes.addBoolean(id, value);
    else if (typeof value === 'string') attributes.addString(id, strings.intern(value));
    else if (Number.isSafeInteger(value)) attributes.addInteger(id, value);
    else attributes.addDouble(id, value);
  }
}
