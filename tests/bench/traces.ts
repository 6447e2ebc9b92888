/**
 * Made-up traffic for measuring: the same spans for the same number, on every machine. A trace is one request through
 * five services to two data stores:
 *
 *     gateway ─▶ shop ─▶ catalog ─▶ postgres × 1…4
 *                     ├▶ stock   ─▶ redis
 *                     └▶ prices
 *
 * 10 to 14 spans a trace, 8 to 12 attributes a span, most values from small pools and some unique, as in life.
 */
export interface OtlpAttribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: string } | { readonly boolValue: boolean };
}

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly status: { readonly code?: number };
}

export interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly spans: OtlpSpan[];
    }[];
  }[];
}

/** What a reader must find in the traffic. */
export interface Traffic {
  readonly requests: Iterable<OtlpRequest>;
  readonly spans: number;
  /** Known once `requests` was read to its end. */
  readonly durations: () => number;
}

const TRACES_A_REQUEST = 40;
const ORIGIN_SECONDS = 1_760_000_000;
const SERVICES = ['gateway', 'shop', 'catalog', 'stock', 'prices'] as const;
type Service = (typeof SERVICES)[number];

/** As many whole traces as `wanted` spans need, and not one span more than the last trace has. */
export function makeTraffic(wanted: number): Traffic {
  const sizes = random(1);
  let spans = 0;
  let traces = 0;
  for (; spans < wanted; traces++) spans += 9 + queriesOf(sizes);
  let durations = 0;
  function* requests(): Generator<OtlpRequest> {
    durations = 0;
    const queries = random(1);
    const chance = random(2);
    for (let first = 0; first < traces; first += TRACES_A_REQUEST) {
      const spansOf = new Map<Service, OtlpSpan[]>(SERVICES.map((service) => [service, []]));
      for (let trace = first; trace < Math.min(traces, first + TRACES_A_REQUEST); trace++) {
        durations += addTrace(trace, queriesOf(queries), chance, spansOf);
      }
      yield { resourceSpans: SERVICES.map((service) => resourceSpans(service, spansOf.get(service) ?? [])) };
    }
  }
  return { requests: requests(), spans, durations: () => durations };
}

function queriesOf(chance: () => number): number {
  return 1 + Math.floor(chance() * 5);
}

function resourceSpans(service: Service, spans: OtlpSpan[]) {
  const attributes = [
    text('service.name', service),
    text('service.version', '4.11.2'),
    text('deployment.environment.name', 'production'),
    text('telemetry.sdk.language', service === 'gateway' ? 'cpp' : 'go'),
    text('host.name', `node-${service.length}`),
    text('k8s.pod.name', `${service}-6c9f7d5b8-x2x7q`),
  ];
  return { resource: { attributes }, scopeSpans: [{ scope: { name: 'net/http', version: '0.60.0' }, spans }] };
}

/** Adds one trace and gives the sum of its spans' durations in nanoseconds. */
function addTrace(
  trace: number,
  queries: number,
  chance: () => number,
  spansOf: ReadonlyMap<Service, OtlpSpan[]>,
): number {
  const traceId = hex(chance, 4);
  const origin = trace * 7_300_000;
  let sum = 0;
  const span = (
    service: Service,
    parent: string | null,
    name: string,
    kind: number,
    start: number,
    length: number,
    attributes: OtlpAttribute[],
  ): string => {
    const spanId = hex(chance, 2);
    sum += length;
    spansOf.get(service)?.push({
      traceId,
      spanId,
      ...(parent !== null && { parentSpanId: parent }),
      traceState: 'ot=th:c',
      name,
      kind,
      startTimeUnixNano: nanoseconds(origin + start),
      endTimeUnixNano: nanoseconds(origin + start + length),
      attributes: [...common(chance), ...attributes],
      status: chance() < 0.01 ? { code: 2 } : {},
    });
    return spanId;
  };
  const item = Math.floor(chance() * 1e6);
  const jitter = (nanosecondsAtMost: number): number => Math.floor(chance() * nanosecondsAtMost);
  const served = (route: string) => server(route, `/${route.split('/')[1]}/${item}`);

  const root = span('gateway', null, 'GET /items/:id', SERVER, 0, 40_000_000 + jitter(9e6), served('/items/:id'));
  const toShop = span('gateway', root, 'GET', CLIENT, 1_000_000, 37_000_000 + jitter(1e6), client('shop', item));
  const shop = span(
    'shop',
    toShop,
    'GET /items/:id',
    SERVER,
    1_300_000,
    36_000_000 + jitter(5e5),
    served('/items/:id'),
  );
  const toCatalog = span('shop', shop, 'GET', CLIENT, 2_000_000, 22_000_000 + jitter(1e6), client('catalog', item));
  const catalog = span(
    'catalog',
    toCatalog,
    'GET /records/:id',
    SERVER,
    2_200_000,
    21_000_000 + jitter(5e5),
    served('/records/:id'),
  );
  for (let query = 0; query < queries; query++) {
    span(
      'catalog',
      catalog,
      'SELECT records',
      CLIENT,
      3_000_000 + query * 4_000_000,
      3_000_000 + jitter(8e5),
      database('postgresql', 'SELECT', 'records'),
    );
  }
  const stock = span(
    'stock',
    shop,
    'GET /levels/:id',
    SERVER,
    25_000_000,
    5_000_000 + jitter(1e6),
    served('/levels/:id'),
  );
  span('stock', stock, 'GET', CLIENT, 25_500_000, 800_000 + jitter(3e5), database('redis', 'GET', 'levels'));
  const toPrices = span('shop', shop, 'POST', CLIENT, 31_500_000, 4_000_000 + jitter(1e6), client('prices', item));
  span('prices', toPrices, 'POST /quotes', SERVER, 31_700_000, 3_500_000 + jitter(3e5), served('/quotes'));
  return sum;
}

const SERVER = 2;
const CLIENT = 3;

function common(chance: () => number): OtlpAttribute[] {
  return [
    number('thread.id', Math.floor(chance() * 64)),
    text('network.protocol.version', '1.1'),
    text('network.peer.address', `10.4.${Math.floor(chance() * 8)}.${Math.floor(chance() * 250)}`),
  ];
}

function server(route: string, path: string): OtlpAttribute[] {
  return [
    text('http.request.method', 'GET'),
    text('http.route', route),
    text('url.path', path),
    text('url.scheme', 'https'),
    text('server.address', 'shop.example.com'),
    number('server.port', 443),
    number('http.response.status_code', 200),
    text('user_agent.original', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'),
  ];
}

function client(peer: Service, item: number): OtlpAttribute[] {
  return [
    text('http.request.method', 'GET'),
    text('url.full', `https://${peer}.internal.example.com/v1/records/${item}?expand=all`),
    text('server.address', `${peer}.internal.example.com`),
    number('server.port', 8443),
    number('http.response.status_code', 200),
    text('http.request.resend_count', '0'),
    { key: 'network.connection.reused', value: { boolValue: true } },
  ];
}

function database(system: string, operation: string, collection: string): OtlpAttribute[] {
  return [
    text('db.system.name', system),
    text('db.namespace', 'main'),
    text('db.operation.name', operation),
    text('db.collection.name', collection),
    text(
      'db.query.text',
      `${operation} id, title, price, currency, updated_at FROM ${collection} WHERE id = $1 LIMIT 1`,
    ),
    text('server.address', `${system}.internal.example.com`),
    number('server.port', 5432),
  ];
}

function text(key: string, stringValue: string): OtlpAttribute {
  return { key, value: { stringValue } };
}

function number(key: string, value: number): OtlpAttribute {
  return { key, value: { intValue: String(value) } };
}

function nanoseconds(offset: number): string {
  const seconds = Math.floor(offset / 1e9);
  return `${ORIGIN_SECONDS + seconds}${String(offset - seconds * 1e9).padStart(9, '0')}`;
}

function hex(chance: () => number, words: number): string {
  let digits = '';
  for (let word = 0; word < words; word++)
    digits += (1 + Math.floor(chance() * 0xffff_fffe)).toString(16).padStart(8, '0');
  return digits;
}

/** mulberry32: small, fast, the same everywhere. Uniform in [0, 1). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
