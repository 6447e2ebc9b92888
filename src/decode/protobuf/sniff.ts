const RESOURCE_SPANS = 0x0a;
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
