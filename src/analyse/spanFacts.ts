import type { Pattern } from '../base/wildcard.ts';
import type { LayerCondition, LayerRule } from '../config/layerRules.ts';
import { AttributeLookup } from '../store/attributes.ts';
import { SpanKind, type SpanTable } from '../store/spanTable.ts';
import { AttributeMemo } from './attributeMemo.ts';
import { INFERRED_HOP_KEYS, inferredHop, type InferredHop } from './inferredHop.ts';
import { PROTOCOL_KEYS, protocolOf } from './protocol.ts';
import { firstRule } from './resourceFacts.ts';

/** What the attributes of a span say, worked out once for each distinct combination of them. */
export interface SpanFact {
  /** Who the span called, where it is an outgoing one that says so. */
  readonly called: InferredHop | null;
  readonly protocol: string | null;
  /** The first layer rule that matches this span as one of the hop's own, or as a call to the hop. */
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

export class SpanFacts {
  /** By number, as `of` answers it. */
  readonly facts: SpanFact[] = [];

  readonly #table: SpanTable;
  readonly #rules: readonly LayerRule[];
  readonly #outgoing: AttributeMemo;
  readonly #inner: AttributeMemo;
  /** By number in either memo: the number of the fact. */
  readonly #outgoingFacts: number[] = [];
  readonly #innerFacts: number[] = [];
  readonly #lookup: AttributeLookup<string>;

  constructor(table: SpanTable, rules: readonly LayerRule[]) {
    this.#table = table;
    this.#rules = rules;
    const conditions = rules.flatMap(({ when }) => when);
    // Values that a rule reads; of the others only their presence counts, which is the same for a whole shape.
    const ruleValueKeys = conditions.filter((when) => 'is' in when).flatMap(keyOf);
    const innerKeys = [...new Set([...PROTOCOL_KEYS, ...CACHE_KEYS, ...ruleValueKeys])];
    // Who is called matters on outgoing spans alone; on a server span the peer's address is new with every client.
    const outgoingKeys = [...new Set([...INFERRED_HOP_KEYS, ...innerKeys])];
    const allKeys = [...new Set([...outgoingKeys, ...conditions.flatMap(keyOf)])];
    this.#outgoing = new AttributeMemo(table.attributes, outgoingKeys);
    this.#inner = new AttributeMemo(table.attributes, innerKeys);
    this.#lookup = new AttributeLookup(table.attributes, allKeys);
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
    const matches = (key: string, is: Pattern | undefined): boolean => {
      if (is === undefined) return this.#lookup.has(shape, key);
      const value = read(key);
      return value !== undefined && is.test(value);
    };
    return {
      called: inferredHop(kind, read),
      protocol: protocolOf(read),
      ownEvidence: firstRule(
        this.#rules,
        (when) => 'span' in when && (when.kind === undefined || when.kind === kind) && matches(when.span, when.is),
      ),
      callEvidence: firstRule(this.#rules, (when) => 'call' in when && matches(when.call, when.is)),
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

/** The attribute of a span that a condition is about, if it is about one. */
function keyOf(when: LayerCondition): string[] {
  return 'span' in when ? [when.span] : 'call' in when ? [when.call] : [];
}
