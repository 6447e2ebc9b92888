/**
 * How a trace id is written where a person reads it. Ids of 8 bytes, which Zipkin and Jaeger still write, are padded to
 * 16: their first digits say nothing.
 *
 *     4bf92f3577b34da6a3ce929d0e0e4736   →   4bf92f3577b34da6a3ce929d0e0e4736   4bf92f35…
 *     0000000000000000a3ce929d0e0e4736   →   a3ce929d0e0e4736                   a3ce929d…
 *     0000000000000000000000000000002a   →   2a                                 2a
 */

const SHORT_DIGITS = 8;

/** So many zeros at the beginning are padding; fewer are a random id's own. */
export const PADDING_ZEROS = 8;
const PADDING = new RegExp(`^0{${PADDING_ZEROS},}(?=.)`);

/** All of an id that tells it from others. */
export function tellingTraceId(id: string): string {
  return id.replace(PADDING, '');
}

/** Its first digits. */
export function shortTraceId(id: string): string {
  const telling = tellingTraceId(id);
  return telling.length > SHORT_DIGITS ? `${telling.slice(0, SHORT_DIGITS)}…` : telling;
}
