import type { OtlpRequest } from './traces.ts';

/** The same traffic, written in ways that a reader must not lean against. */
export const VARIANTS = {
  shuffled: (request: OtlpRequest) => `${JSON.stringify(withShuffledKeys(request, counter()))}\n`,
  unique: (request: OtlpRequest, number: number) => `${JSON.stringify(withUniqueValues(request, number))}\n`,
  pretty: (request: OtlpRequest) => `${JSON.stringify(request, null, 2)}\n`,
} as const;

export type VariantName = keyof typeof VARIANTS;

/** Keys in another order in every object: a different rotation each time, every second time backwards. */
function withShuffledKeys(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => withShuffledKeys(element, next));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, withShuffledKeys(member, next)] as const);
  const turn = next();
  const first = turn % Math.max(1, entries.length);
  const turned = [...entries.slice(first), ...entries.slice(0, first)];
  return Object.fromEntries(turn % 2 === 0 ? turned : turned.toReversed());
}

/** Every second text of a span's attributes is one that stands nowhere else. */
function withUniqueValues(request: OtlpRequest, number: number): OtlpRequest {
  let texts = 0;
  return {
    resourceSpans: request.resourceSpans.map(({ resource, scopeSpans }) => ({
      resource,
      scopeSpans: scopeSpans.map(({ scope, spans }) => ({
        scope,
        spans: spans.map((span) => ({
          ...span,
          attributes: span.attributes.map(({ key, value }) =>
            'stringValue' in value && texts++ % 2 === 0
              ? { key, value: { stringValue: `${value.stringValue}#${number}-${texts}` } }
              : { key, value },
          ),
        })),
      })),
    })),
  };
}

function counter(): () => number {
  let count = 0;
  return () => (count = (count * 1_103_515_245 + 12_345) & 0x7fffffff) >>> 7;
}
