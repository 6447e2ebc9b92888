import { assert } from '../base/assert.ts';
import { LAYER_RULES } from '../config/layerRules.ts';
import { AttributeLookup } from '../store/attributes.ts';
import { SpanKind, type SpanTable } from '../store/spanTable.ts';
import { AttributeMemo } from './attributeMemo.ts';
import { INFERRED_HOP_KEYS, inferredHop, type InferredHop } from './inferredHop.ts';
import { PROTOCOL_KEYS, protocolOf } from './protocol.ts';

/** What the attributes of a span say, worked out once for each distinct combination of them. */
export interface SpanFact {
  /** Who the span called, where it is an outgoing one that says so. */
  readonly called: InferredHop | null;
  readonly protocol: string | null;
  /** Bit i: the layer rule i matches this span as one of the hop's own, or as a call to the hop. */
  readonly ownEvidence: number;
  readonly callEvidence: number;
  /** Of a cache look-up, where the span tells. */
  readonly isCacheHit: boolean | null;
}

/**
 * Whether a cache held what was asked for. No convention of OpenTelemetry's: `cache.hit` is Sentry's and by far the most
 * common in public code, the others are what else is found there.
 */
const CACHE_KEYS = ['cache.hit', 'cache_hit', 'db.redis.hit'] as const;

const RULE_KEYS = LAYER_RULES.flatMap((rule) =>
  rule.when.flatMap((when) => ('span' in when ? [when.span] : 'call' in when ? [when.call] : [])),
);
/** Keys whose values a rule reads; of the others only their presence counts, which is the same for a whole shape. */
const RULE_VALUE_KEYS = LAYER_RULES.flatMap((rule) =>
  rule.when.flatMap((when) => ('span' in when && when.is ? [when.span] : 'call' in when && when.is ? [when.call] : [])),
);
const INNER_KEYS = [...new Set([...PROTOCOL_KEYS, ...CACHE_KEYS, ...RULE_VALUE_KEYS])];
/** Who is called matters on outgoing spans alone; on a server span the peer's address is new with every client. */
const OUTGOING_KEYS = [...new Set([...INFERRED_HOP_KEYS, ...INNER_KEYS])];
const ALL_KEYS = [...new Set([...OUTGOING_KEYS, ...RULE_KEYS])];

assert(LAYER_RULES.length <= 31, 'layer rules are kept as bits of one integer');

export class SpanFacts {
  /** By number, as `of` answers it. */
  readonly facts: SpanFact[] = [];

  readonly #table: SpanTable;
  readonly #outgoing: AttributeMemo;
  readonly #inner: AttributeMemo;
  /** By number in either memo: the number of the fact. */
  readonly #outgoingFacts: number[] = [];
  readonly #innerFacts: number[] = [];
  readonly #lookup: AttributeLookup<string>;

  constructor(table: SpanTable) {
    this.#table = table;
    this.#outgoing = new AttributeMemo(table.attributes, OUTGOING_KEYS);
    this.#inner = new AttributeMemo(table.attributes, INNER_KEYS);
    this.#lookup = new AttributeLookup(table.attributes, ALL_KEYS);
  }

  /** The number of the fact that holds for the span. */
  of(row: number): number {
    const { kind, shape, offset } = this.#table;
    const isOutgoing = kind[row] === SpanKind.client || kind[row] === SpanKind.producer;
    const memo = isOutgoing ? this.#outgoing : this.#inner;
    const numbers = isOutgoing ? this.#outgoingFacts : this.#innerFacts;
    const id = memo.id(kind[row], shape[row], offset[row]);
    if (id === numbers.length) numbers.push(this.facts.push(this.#read(kind[row], shape[row], offset[row])) - 1);
    return numbers[id];
  }

  #read(kind: number, shape: number, offset: number): SpanFact {
    const read = (key: string): string | undefined => this.#lookup.text(shape, offset, key);
    const matches = (key: string, is: RegExp | undefined): boolean =>
      is === undefined ? this.#lookup.has(shape, key) : is.test(read(key) ?? '');
    let ownEvidence = 0;
    let callEvidence = 0;
    LAYER_RULES.forEach((rule, bit) => {
      for (const when of rule.when) {
        if ('span' in when && (when.kind === undefined || when.kind === kind) && matches(when.span, when.is)) {
          ownEvidence |= 1 << bit;
        }
        if ('call' in when && matches(when.call, when.is)) callEvidence |= 1 << bit;
      }
    });
    return {
      called: inferredHop(kind, read),
      protocol: protocolOf(read),
      ownEvidence,
      callEvidence,
      isCacheHit: this.#cacheHit(shape, offset),
    };
  }

  #cacheHit(shape: number, offset: number): boolean | null {
    for (const key of CACHE_KEYS) {
      const value = this.#lookup.value(shape, offset, key);
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 1) return true;
      if (value === 'false' || value === 0) return false;
    }
    return null;
  }
}
