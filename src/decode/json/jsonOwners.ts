import type { SpanSink } from '../../store/spanSink.ts';
import type { JsonAttributes } from './jsonAttributes.ts';
import type { JsonTokens } from './jsonTokens.ts';
import { KeySet } from './keySet.ts';

const Owner = { attributes: 1, name: 2, version: 3 } as const;

/** What spans belong to: resources and scopes. */
export class JsonOwners {
  readonly #tokens: JsonTokens;
  readonly #attributes: JsonAttributes;
  readonly #sink: SpanSink;
  readonly #keys = new KeySet<number>({
    name: Owner.name,
    version: Owner.version,
    attributes: Owner.attributes,
  });
  #name = 0;
  #version = 0;

  constructor(tokens: JsonTokens, attributes: JsonAttributes, sink: SpanSink) {
    this.#tokens = tokens;
    this.#attributes = attributes;
    this.#sink = sink;
  }

  /** Fills the slot with the resource at the cursor. */
  readResource(slot: number): void {
    this.#read();
    this.#sink.fillResource(slot);
  }

  readScope(slot: number): void {
    this.#read();
    this.#sink.fillScope(slot, this.#name, this.#version);
  }

  #read(): void {
    const cursor = this.#tokens.cursor;
    this.#sink.startSpan();
    this.#sink.attributes.begin();
    this.#name = 0;
    this.#version = 0;
    if (!cursor.openObject()) return;
    do {
      const key = this.#keys.read(cursor);
      if (key === Owner.attributes) this.#attributes.read(this.#name);
      else if (key === Owner.name) this.#name = this.#tokens.stringIdOrEmpty();
      else if (key === Owner.version) this.#version = this.#tokens.stringIdOrEmpty();
      else this.#tokens.skip();
    } while (cursor.hasMoreMembers());
  }
}
