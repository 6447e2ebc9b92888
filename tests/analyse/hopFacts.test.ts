import { describe, expect, test } from 'vitest';
import type { Layer } from '../../src/config/layers.ts';
import { LAYER_RULES } from '../../src/config/layerRules.ts';
import { analysed, onlyPath } from '../helpers/analysed.ts';
import type { Values } from '../helpers/traceText.ts';

/** The layer of service `name`, by its resource and its root span's attributes. */
function layerOf(name: string, resource: Values = {}, span = 'x=y', kind = 'server'): Layer {
  const text = `"${name}" root 0..9 ${kind} [${span}]`;
  return analysed(text, undefined, { [name]: resource }).paths[0].hops[0].layer;
}

describe('layers', () => {
  test.each<[Layer, string, Values]>([
    ['client', 'shop-web', { 'telemetry.sdk.language': 'webjs' }],
    ['client', 'shop-web', { 'browser.platform': 'macOS' }],
    ['client', 'shop-ios', { 'telemetry.sdk.language': 'swift' }],
    ['client', 'shop-app', { 'os.name': 'Android' }],
    ['client', 'k6', {}],
    ['client', 'demo / load-generator', {}],
    ['edge', 'my-worker', { 'cloud.platform': 'cloudflare.workers', 'telemetry.sdk.language': 'webjs' }],
    ['edge', 'site', { 'vercel.runtime': 'edge' }],
    ['service', 'site', { 'vercel.runtime': 'nodejs' }],
    ['edge', 'cf.workers', {}],
    ['edge', 'shop / cdn', {}],
    ['gateway', 'traefik', {}],
    ['gateway', 'APISIX', {}],
    ['gateway', 'unknown_service:nginx', {}],
    ['gateway', 'go.gateway', {}],
    ['gateway', 'api-gateway', {}],
    ['gateway', 'istio-ingressgateway', {}],
    ['service', 'payment-gateway', {}],
    ['service', 'sms.gateway', {}],
    ['service', 'gatewayd-tests', {}],
    ['data', 'orders-postgres', {}],
    ['service', 'redis-exporter', {}],
    ['service', 'catalog', { 'telemetry.sdk.language': 'go' }],
  ])('layers: a %s is told by the name %s and the resource %o', (layer, name, resource) => {
    expect(layerOf(name, resource)).toBe(layer);
  });

  test.each<[Layer, string]>([
    ['gateway', 'component=proxy'],
    ['gateway', 'upstream_cluster.name=orders'],
    ['gateway', 'node_id=router~10.1.1.1~ingress, component=proxy'],
    ['service', 'node_id=sidecar~10.1.1.1~orders-1.shop, component=proxy'],
    ['gateway', 'traefik.router.name=web@file'],
    ['gateway', 'spring.cloud.gateway.route.id=orders'],
    ['gateway', 'component=nginx'],
    ['service', 'component=http'],
    ['service', 'component=net/http'],
    ['data', 'db.type=sql'],
    ['data', 'db.system=postgresql'],
    ['service', 'http.request.method=GET'],
  ])('layers: a %s is told by spans with %s', (layer, span) => {
    expect(layerOf('x', {}, span)).toBe(layer);
  });

  test('layers of called hops: databases, unconsumed destinations and object stores keep data', () => {
    const path = onlyPath(`
      a root 0..90 server
        a SELECT 10..20 client [db.system=postgresql, server.address=gateway]
        a publish 20..30 producer [messaging.system=kafka, messaging.destination.name=orders]
        a PutObject 30..40 client [aws.s3.bucket=images, server.address=s3.amazonaws.com]
        a GET 40..50 client [server.address=api.stripe.com]
    `);
    expect(path.hops.map(({ id, layer }) => [id, layer])).toEqual([
      ['a', 'service'],
      ['postgres · gateway', 'data'],
      ['kafka · orders', 'data'],
      ['s3', 'data'],
      ['api', 'service'],
    ]);
  });

  test('layers of called hops are told by the words of OpenTracing too', () => {
    const path = onlyPath(`
      a root 0..90 server
        a query 10..20 client [db.type=sql, db.instance=shop, peer.service=ledger]
        a find 20..30 client [db.instance=users, peer.service=people]
        a send 30..40 producer [message_bus.destination=mail, peer.service=broker]
        a GET 40..50 client [component=net/http, peer.service=other]
        a query 50..60 client [db.type=sql, db.instance=shop]
    `);
    expect(path.hops.map(({ id, layer }) => [id, layer])).toEqual([
      ['a', 'service'],
      ['ledger', 'data'],
      ['people', 'data'],
      ['broker', 'data'],
      ['other', 'service'],
    ]);
  });

  test('layers do not guess that the first server is an edge, nor that a forwarding one is a gateway', () => {
    const path = onlyPath(`
      front GET 0..50 server [client.address=203.0.113.9, user_agent.original=curl]
        front GET 1..49 client
          back GET 2..48 server
    `);
    expect(path.hops.map(({ layer }) => layer)).toEqual(['service', 'service']);
  });

  test('layers are the same in every path: one span of a gateway makes it one', () => {
    const { paths } = analysed(`
      proxy GET 0..1 server [upstream_cluster=x]

      proxy POST 0..1 server
    `);
    expect(paths.map(({ hops }) => hops[0].layer)).toEqual(['gateway', 'gateway']);
  });

  test('every layer rule says why in one sentence', () => {
    for (const { why } of LAYER_RULES) expect(why).toMatch(/^[A-Z].*[^.]\.$/);
    expect(onlyPath('a x 0..1 server').hops[0].layerReason).toMatch(/^Nothing marks it/);
  });
});

describe('runtimes', () => {
  test.each<[string | null, Values]>([
    ['go', { 'telemetry.sdk.language': 'go' }],
    ['node', { 'telemetry.sdk.language': 'nodejs' }],
    ['browser', { 'telemetry.sdk.language': 'webjs' }],
    ['.net', { 'telemetry.sdk.language': 'dotnet' }],
    ['c++', { 'telemetry.sdk.language': 'cpp' }],
    ['erlang', { 'telemetry.sdk.language': 'erlang', 'process.runtime.name': 'BEAM' }],
    ['elixir', { 'telemetry.sdk.language': 'erlang', 'process.runtime.description': 'Elixir 1.16.2 on OTP 26' }],
    ['workers', { 'telemetry.sdk.language': 'nodejs', 'cloud.platform': 'cloudflare.workers' }],
    ['bun', { 'telemetry.sdk.language': 'nodejs', 'process.runtime.name': 'bun' }],
    ['java', { 'process.runtime.name': 'OpenJDK Runtime Environment' }],
    ['python', { 'process.runtime.name': 'CPython' }],
    ['go', { 'process.runtime.name': 'go', 'process.runtime.version': 'go1.22' }],
    ['constructor', { 'telemetry.sdk.language': 'constructor' }],
    [null, { 'host.name': 'x' }],
  ])('runtimes: %s is told from %o', (runtime, resource) => {
    expect(onlyPath('a x 0..1 server', undefined, { a: resource }).hops[0].runtime).toBe(runtime);
  });

  test('runtimes of called hops are what they are spoken to with', () => {
    const path = onlyPath(`
      a root 0..90 server
        a SELECT 10..20 client [db.system=postgresql]
        a GET 20..30 client [db.system.name=redis]
        a find 30..40 client [db.system=mongodb]
        a publish 40..50 producer [messaging.system=nats]
        a GET 50..60 client [server.address=api.stripe.com]
        a query 60..70 client [db.system=tigerbeetle]
    `);
    expect(path.hops.map(({ runtime }) => runtime)).toEqual([
      null,
      'sql',
      'resp',
      'mongo',
      'nats',
      null,
      'tigerbeetle',
    ]);
  });
});

describe('protocols', () => {
  test('protocols come from the spans that cross a line', () => {
    const path = onlyPath(`
      a root 0..90 server
        a GET 0..10 client [http.request.method=GET]
          b GET 1..9 server
        a Get 10..20 client [rpc.system=grpc, http.request.method=POST]
          c Get 11..19 server
        d handle 20..30 server [http.method=GET]
        a publish 30..40 producer [messaging.system=kafka]
          e handle 31..39 consumer
        a SELECT 40..50 client [db.system=mysql]
        a call 50..60 client [rpc.system=connect_rpc, peer.service=f]
        g work 60..70 internal
    `);
    expect(Object.fromEntries(path.boundaries.map(({ to, protocol }) => [to, protocol]))).toEqual({
      b: 'http',
      c: 'grpc',
      d: 'http',
      e: 'kafka',
      mysql: 'sql',
      f: 'connect',
      g: null,
    });
  });
});

test('protocols are told by the words of OpenTracing too, and a name is a name', () => {
  const path = onlyPath(`
    a root 0..90 server
      a query 10..20 client [db.type=sql, peer.service=ledger]
      a get 20..30 client [db.type=redis, peer.service=cache]
      a call 30..40 client [component=gRPC, peer.service=score]
      a send 40..50 producer [component=java-kafka, peer.service=kafka]
      a GET 50..60 client [component=okhttp, http.method=GET, peer.service=web]
      a call 60..70 client [component=constructor, peer.service=odd]
      a query 70..80 client [db.system=constructor]
  `);
  expect(Object.fromEntries(path.boundaries.map(({ to, protocol }) => [to, protocol]))).toEqual({
    ledger: 'sql',
    cache: 'resp',
    score: 'grpc',
    kafka: 'kafka',
    web: 'http',
    odd: null,
    constructor: 'constructor',
  });
});

describe('notes', () => {
  const text = `
    a root 0..90 server state=ot=th:c
      a GET 0..10 client [db.system=redis, cache.hit=true]
      a GET 10..20 client [db.system=redis, cache.hit=false]
      a SELECT 20..50 client [db.system=mysql]
      a look-up 60..61 internal [cache.hit=true]
      a UPDATE 50..60 client [db.system=mysql]

    a root 0..90 server
      a GET 0..10 client [db.system=redis, cache.hit=true]
      a SET 10..20 client [db.system=redis]
      a SELECT 20..50 client [db.system=mysql]
  `;

  test('notes are the hit ratio of a store by weight, else the most expensive operation', () => {
    const notes = Object.fromEntries(onlyPath(text).hops.map(({ id, note }) => [id, note]));
    // 4 + 1 hits of 4 + 4 + 1 look-ups.
    expect(notes).toEqual({ a: 'root', redis: '56% hit', mysql: 'SELECT' });
  });

  test('notes and roles come from the config first', () => {
    const config = { paths: { root: { hops: { redis: { note: 'sessions', role: 'cache' } } } } };
    const redis = onlyPath(text, config).hops.find(({ id }) => id === 'redis');
    expect(redis).toMatchObject({ note: 'sessions', role: 'cache' });
  });

  test('operations have their share at p50 and their mean count, the most expensive first', () => {
    const mysql = onlyPath(text).hops.find(({ id }) => id === 'mysql');
    expect(mysql?.operations.map(({ name, visits }) => [name, visits])).toEqual([
      ['SELECT', 1],
      ['UPDATE', 0.8],
    ]);
    expect(mysql?.operations[0].shareMs).toBeCloseTo(30, 9);
  });

  test('names from the input are never taken for what every object has', () => {
    const { paths } = analysed(
      'constructor constructor 0..9 server\n  constructor __proto__ 1..2 client [peer.service=__proto__]',
    );
    expect(paths[0]).toMatchObject({ name: 'constructor', ceiling: {} });
    expect(paths[0].hops.map(({ id, budget, note }) => [id, budget, note])).toEqual([
      ['constructor', {}, 'constructor'],
      ['__proto__', {}, '__proto__'],
    ]);
  });
});
