import { objectsOf, textOf, type JsonObject, type JsonValue } from '../items/jsonValue.ts';
import type { PlainLink } from '../items/plainSpan.ts';
import { isSameId } from '../sameId.ts';

/** What a span's references say. */
export interface JaegerReferences {
  readonly parentId: JsonValue | undefined;
  readonly links: readonly PlainLink[];
}

const REF_TYPES: Readonly<Record<string, string>> = { CHILD_OF: 'child_of', FOLLOWS_FROM: 'follows_from' };

/** No parent. */
const ZEROS = /^0*$/;

/**
 * The parent is the first CHILD_OF of the same trace, else the first FOLLOWS_FROM of it (Jaeger, model/span.go,
 * ParentSpanID); every other reference is a link, and so is a FOLLOWS_FROM that is the parent: it alone says that the
 * parent did not wait (the Collector, pkg/translator/jaeger, does the same).
 *
 *     CHILD_OF trace 2, span 7 · CHILD_OF trace 1, span 2 · FOLLOWS_FROM trace 1, span 5       a span of trace 1
 *     link                       parent                     link
 *
 * `parentSpanID`, from before there were references, counts as a CHILD_OF before them.
 */
export function jaegerReferences({ traceID, parentSpanID, references }: JsonObject): JaegerReferences {
  // Without a trace's id it is one into the span's own.
  const listed = objectsOf(references).map((each) => (textOf(each['traceID']) === '' ? { ...each, traceID } : each));
  const inTrace = listed.filter((reference) => isSameId(reference['traceID'], traceID));
  const isListed = inTrace.some(({ spanID }) => isSameId(spanID, parentSpanID));
  const childOf = inTrace.find(({ refType }) => refType === 'CHILD_OF');
  const parent = childOf ?? inTrace.find(({ refType }) => refType === 'FOLLOWS_FROM');
  const isOld = !ZEROS.test(textOf(parentSpanID)) && !isListed;
  return {
    parentId: isOld ? parentSpanID : parent?.['spanID'],
    links: listed.filter((reference) => isOld || reference !== childOf).map(link),
  };
}

function link({ refType, traceID, spanID }: JsonObject): PlainLink {
  const value = REF_TYPES[textOf(refType)];
  return { traceId: traceID, spanId: spanID, attributes: [{ key: 'opentracing.ref_type', value }] };
}
