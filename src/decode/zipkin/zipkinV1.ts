import { isObject, objectsOf, textOf, type JsonObject, type JsonValue } from '../items/jsonValue.ts';

/** Annotations that say which side of a call reports and when, and the binary annotation with the other side's address. */
const SIDES = [
  { kind: 'CLIENT', begin: 'cs', end: 'cr', remote: 'sa' },
  { kind: 'SERVER', begin: 'sr', end: 'ss', remote: 'ca' },
  { kind: 'PRODUCER', begin: 'ms', end: null, remote: 'ma' },
  { kind: 'CONSUMER', begin: 'mr', end: null, remote: 'ma' },
] as const;
const ADDRESSES: readonly string[] = SIDES.map(({ remote }) => remote);
const CORE: readonly (string | null)[] = SIDES.flatMap(({ begin, end }) => [begin, end]);
/** The binary annotation of a span that is no call: its value names what is at work, its endpoint where. */
const LOCAL = 'lc';

/**
 * A span of Zipkin's API, v1 (openzipkin/zipkin-api, zipkin-api.yaml), as spans of v2. One span may hold both sides of a
 * call, told apart by their endpoints; they become two spans with one id:
 *
 *     cs 0 (web) · sr 10 (cart) · ss 90 (cart) · cr 100 (web)   →   CLIENT 0 … 100 of web, SERVER 10 … 90 of cart
 *     no such annotation                                        →   one span without a kind
 *
 * `timestamp` and `duration` are those of the side that began the span; the other's are in its annotations.
 */
export function zipkinV2Spans(span: JsonObject): JsonObject[] {
  const { traceId, id, parentId, name, timestamp, duration } = span;
  const annotations = objectsOf(span['annotations']);
  const binary = objectsOf(span['binaryAnnotations']);
  const valued = (value: string | null): JsonObject | undefined => annotations.find((one) => one['value'] === value);
  const keyed = (key: string): JsonObject | undefined => binary.find((one) => one['key'] === key);
  const present = SIDES.flatMap((side) => {
    const begin = valued(side.begin);
    const end = side.end === null ? undefined : valued(side.end);
    const endpoint = begin?.['endpoint'] ?? end?.['endpoint'];
    return begin === undefined && end === undefined ? [] : [{ ...side, begin, end, endpoint }];
  });
  const anywhere = [keyed(LOCAL), ...annotations, ...binary].find((one) => isObject(one?.['endpoint']));
  const halves =
    present.length > 0
      ? present
      : [{ kind: null, begin: undefined, end: undefined, endpoint: anywhere?.['endpoint'], remote: 'sa' }];
  return halves.map(({ kind, begin, end, endpoint, remote }, index) => {
    const isFirst = index === 0;
    // What has the endpoint of another side is that side's; everything else goes with the first.
    const belongs = (one: JsonObject): boolean => {
      const owner = halves.findIndex((half) => isSame(half.endpoint, one['endpoint']));
      return Math.max(owner, 0) === index;
    };
    return {
      traceId,
      id,
      parentId,
      name,
      kind,
      timestamp: (isFirst ? timestamp : null) ?? begin?.['timestamp'],
      duration: (isFirst ? duration : null) ?? difference(begin?.['timestamp'], end?.['timestamp']),
      localEndpoint: endpoint,
      remoteEndpoint: keyed(remote)?.['endpoint'],
      annotations: annotations.filter((one) => !CORE.includes(textOf(one['value'])) && belongs(one)),
      tags: Object.fromEntries(
        binary
          .filter((one) => !ADDRESSES.includes(textOf(one['key'])) && belongs(one))
          .map((one) => [textOf(one['key']), one['value']]),
      ),
    };
  });
}

function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (!isObject(a) || !isObject(b)) return false;
  return ['serviceName', 'ipv4', 'ipv6', 'port'].every((key) => a[key] === b[key]);
}

function difference(begin: JsonValue | undefined, end: JsonValue | undefined): number | null {
  return typeof begin === 'number' && typeof end === 'number' ? end - begin : null;
}
