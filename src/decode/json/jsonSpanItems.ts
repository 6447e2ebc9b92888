import type { SpanSink } from '../../store/spanSink.ts';
import { OPEN_BRACE, OPEN_BRACKET, type JsonCursor } from './jsonCursor.ts';
import type { JsonAttributes } from './jsonAttributes.ts';
import type { JsonScalars } from './jsonScalars.ts';
import type { JsonTokens } from './jsonTokens.ts';
import { KeySet } from './keySet.ts';

const Event = { time: 1, name: 2, attributes: 3 } as const;
const Link = { traceId: 1, spanId: 2, attributes: 3 } as const;

/** The events and links of a span. */
export class JsonSpanItems {
  readonly #tokens: JsonTokens;
  readonly #cursor: JsonCursor;
  readonly #scalars: JsonScalars;
  readonly #attributes: JsonAttributes;
  readonly #sink: SpanSink;

  readonly #eventKeys = new KeySet<number>({
    timeUnixNano: Event.time,
    name: Event.name,
    attributes: Event.attributes,
    time_unix_nano: Event.time,
  });
  readonly #linkKeys = new KeySet<number>({
    traceId: Link.traceId,
    spanId: Link.spanId,
    attributes: Link.attributes,
    trace_id: Link.traceId,
    span_id: Link.spanId,
  });

  constructor(tokens: JsonTokens, scalars: JsonScalars, attributes: JsonAttributes, sink: SpanSink) {
    this.#tokens = tokens;
    this.#cursor = tokens.cursor;
    this.#scalars = scalars;
    this.#attributes = attributes;
    this.#sink = sink;
  }

  readEvents(): void {
    this.#readList(() => this.#readEvent());
  }

  readLinks(): void {
    this.#readList(() => this.#readLink());
  }

  #readList(readElement: () => void): void {
    const cursor = this.#cursor;
    if (cursor.bytes[cursor.pos] !== OPEN_BRACKET) return this.#tokens.skip();
    if (!cursor.openArray()) return;
    do {
      if (cursor.next() === OPEN_BRACE) readElement();
      else this.#tokens.skip();
    } while (cursor.hasMoreElements());
  }

  #readEvent(): void {
    const cursor = this.#cursor;
    let high = 0;
    let low = 0;
    let name = 0;
    this.#sink.attributes.begin();
    if (cursor.openObject()) {
      do {
        const key = this.#eventKeys.read(cursor);
        if (key === Event.time) {
          this.#scalars.readTime();
          ({ high, low } = this.#scalars.time);
        } else if (key === Event.name) name = this.#tokens.stringIdOrEmpty();
        else if (key === Event.attributes) this.#attributes.read(name);
        else this.#tokens.skip();
      } while (cursor.hasMoreMembers());
    }
    this.#sink.addEvent(high, low, name);
  }

  /** A link to an id that is none is kept with zeros. */
  #readLink(): void {
    const cursor = this.#cursor;
    const trace = [0, 0, 0, 0];
    const span = [0, 0];
    this.#sink.attributes.begin();
    if (cursor.openObject()) {
      do {
        const key = this.#linkKeys.read(cursor);
        if (key === Link.traceId) this.#readId(trace);
        else if (key === Link.spanId) this.#readId(span);
        else if (key === Link.attributes) this.#attributes.read(0);
        else this.#tokens.skip();
      } while (cursor.hasMoreMembers());
    }
    this.#sink.addLink(trace[0], trace[1], trace[2], trace[3], span[0], span[1]);
  }

  #readId(words: number[]): void {
    this.#scalars.readId(words.length * 4);
    for (let i = 0; i < words.length; i++) words[i] = this.#scalars.id.words[i];
  }
}
