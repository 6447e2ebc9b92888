import type { Pattern } from '../base/wildcard.ts';
import type { LayerCondition, LayerRule } from '../config/layerRules.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { Answers, type Asked } from './answers.ts';
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

/** What the spans of a dataset say. */
export interface SpanFacts {
  /** By number. */
  readonly facts: readonly SpanFact[];
  /** By span: the number of its fact. */
  readonly of: Uint32Array;
}

export function spanFacts(table: SpanTable, rules: readonly LayerRule[]): SpanFacts {
  const { attributes, kind, shape, offset } = table;
  const ruleKeys = rules.flatMap(({ when }) => when.flatMap(keyOf));
  const keys = [...new Set([...INFERRED_HOP_KEYS, ...PROTOCOL_KEYS, ...CACHE_KEYS, ...ruleKeys])];
  const facts: SpanFact[] = [];
  const numbers = new Map<string, number>();
  const answers = new Answers<string>(attributes, { kind, shape, offset }, keys, (span) => {
    const fact = spanFact(span, rules);
    // Spans of different shapes often say the same.
    const said = JSON.stringify(fact);
    let number = numbers.get(said);
    if (number === undefined) numbers.set(said, (number = facts.push(fact) - 1));
    return number;
  });
  return { facts, of: answers.all() };
}

function spanFact(span: Asked<string>, rules: readonly LayerRule[]): SpanFact {
  const read = (key: string): string | undefined => span.text(key);
  const matches = (key: string, is: Pattern | undefined): boolean => {
    // Most keys are not there, and then nothing has to be read.
    if (!span.has(key)) return false;
    if (is === undefined) return true;
    const value = span.text(key);
    return value !== undefined && is.test(value);
  };
  return {
    called: inferredHop(span.kind, read),
    protocol: protocolOf(read),
    ownEvidence: firstRule(
      rules,
      (when) => 'span' in when && (when.kind === undefined || when.kind === span.kind) && matches(when.span, when.is),
    ),
    callEvidence: firstRule(rules, (when) => 'call' in when && matches(when.call, when.is)),
    isCacheHit: cacheHit(span),
  };
}

function cacheHit(span: Asked<string>): boolean | null {
  for (const key of CACHE_KEYS) {
    const value = span.value(key);
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 1) return true;
    if (value === 'false' || value === 0) return false;
  }
  return null;
}

/** The attribute of a span that a condition is about, if it is about one. */
function keyOf(when: LayerCondition): string[] {
  return 'span' in when ? [when.span] : 'call' in when ? [when.call] : [];
}
