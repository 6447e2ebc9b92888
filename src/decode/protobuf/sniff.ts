const RESOURCE_SPANS = 0x0a;
const RESOURCE = 0x0a;
const SCOPE_SPANS = 0x12;
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
