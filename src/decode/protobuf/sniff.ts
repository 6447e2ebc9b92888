const RESOURCE_SPANS = 0x0a;
const RESOURCE = 0x0a;
const SCOPE_SPANS = 0x12;
const SCHEMA_URL = 0x1a;
/** ResourceSpans: resource, scope_spans, schema_url, and the first byte of the old field 1000. */
const INNER_TAGS = [0x0a, 0x12, 0x1a, 0xc2];

/**
 * Whether the bytes begin like a TracesData: field 1, and in it a field of ResourceSpans that ends within it.
 *
 *     0a b6 02   0a 34 …           resource_spans of 310 bytes, a resource of 52 in it
 */
export function looksLikeOtlpProtobuf(head: Uint8Array): boolean {
  if (head[0] !== RESOURCE_SPANS) return false;
  const outer = lengthAt(head, 1);
  if (outer === null) return false;
  if (outer.length === 0) return head.length === outer.next || head[outer.next] === RESOURCE_SPANS;
  if (!INNER_TAGS.includes(head[outer.next])) return false;
  if (head[outer.next] === 0xc2) return head[outer.next + 1] === 0x3e;
  const inner = lengthAt(head, outer.next + 1);
  return inner !== null && inner.next + inner.length <= outer.next + outer.length;
}

/**
 * Whether the bytes begin like Tempo's TraceByIDResponse: a Trace in field 1, and in it a ResourceSpans with spans.
 *
 *     0a bc 04   0a 95 02   0a 17 …   12 f9 01 …      trace, resource_spans, resource, scope_spans
 *
 * In OTLP itself a resource stands where the ResourceSpans does, and its field 2 is a number; in Jaeger's protobuf
 * there is a trace id, and behind it a field 2, which a Trace does not have.
 */
export function looksLikeTempoAnswer(head: Uint8Array): boolean {
  const trace = lengthAt(head, 1);
  if (head[0] !== RESOURCE_SPANS || trace === null || head[trace.next] !== RESOURCE_SPANS) return false;
  const group = lengthAt(head, trace.next + 1);
  if (group === null) return false;
  const end = group.next + group.length;
  const traceEnd = trace.next + trace.length;
  if (end > traceEnd || (end < traceEnd && end < head.length && head[end] !== RESOURCE_SPANS)) return false;
  for (let at = group.next; at < end;) {
    const field = lengthAt(head, at + 1);
    if (field === null || field.next + field.length > end) return false;
    if (head[at] === SCOPE_SPANS) return true;
    if (head[at] !== RESOURCE) return false;
    at = field.next + field.length;
  }
  return false;
}

/**
 * Whether the bytes begin like messages behind their lengths: a TracesData that fills its length to the last byte, and a
 * ResourceSpans in it that does. Without a length it would begin with its field's tag: 10, and no span fits in that.
 *
 *     b9 02   0a b6 02   0a 34 …   12 fe 01 …        313 bytes: resource_spans of 310, resource and scope_spans in it
 */
export function looksDelimited(head: Uint8Array): boolean {
  const message = lengthAt(head, 0);
  if (message === null || message.length === 0 || head[0] === RESOURCE_SPANS) return false;
  const group = lengthAt(head, message.next + 1);
  return (
    group !== null &&
    areFields(head, message.next, message.next + message.length, [RESOURCE_SPANS]) &&
    areFields(head, group.next, group.next + group.length, [RESOURCE, SCOPE_SPANS, SCHEMA_URL])
  );
}

/** Whether fields of bytes with these tags end where `end` is, as far as can be seen. */
function areFields(head: Uint8Array, start: number, end: number, tags: readonly number[]): boolean {
  let at = start;
  while (at < Math.min(end, head.length)) {
    const field = lengthAt(head, at + 1);
    if (!tags.includes(head[at])) return false;
    if (field === null) return end > head.length;
    at = field.next + field.length;
  }
  return at <= end;
}

function lengthAt(bytes: Uint8Array, start: number): { readonly length: number; readonly next: number } | null {
  let length = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { length, next: start + i + 1 };
  }
  return null;
}
