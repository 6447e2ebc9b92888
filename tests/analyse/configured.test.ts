import { describe, expect, test } from 'vitest';
import { unmatched } from '../../src/analyse/unmatched.ts';
import type { RequestPath } from '../../src/analyse/model.ts';
import { parseConfig } from '../../src/config/configFile.ts';
import { analysed, onlyPath } from '../helpers/analysed.ts';

const SHOP = `
shop GET 0..20 server [http.request.method=GET, http.route=/v1/cart]
  shop call 2..18 client
    prices GET 5..15 server [tier=front]
      prices SELECT 6..9 client [db.system=postgresql, server.address=pg-7]

shop GET 0..30 server [http.request.method=GET, http.route=/v2/cart]
  shop call 2..18 client
    pricing GET 5..15 server`;

const config = (text: string) => parseConfig(text, 'hopline.yaml');
const layers = (path: RequestPath): Record<string, string> =>
  Object.fromEntries(path.hops.map(({ id, layer }) => [id, layer]));

describe('an analysis under a config', () => {
  test('an analysis groups paths and renames hops, so that two versions are one', () => {
    const path = onlyPath(
      SHOP,
      config('groups: { GET /cart: GET /v*/cart }\nrenames: { pricing: prices, postgres*: db }'),
    );
    expect([path.name, path.entry, path.traces]).toEqual(['GET /cart', 'shop', 2]);
    expect(path.hops.map(({ id, traces }) => [id, traces])).toEqual([
      ['shop', 2],
      ['prices', 2],
      ['db', 1],
    ]);
    expect(path.boundaries.map(({ from, to }) => `${from} → ${to}`)).toEqual(['shop → prices', 'prices → db']);
  });

  test('an analysis puts hops into layers by the rules of the config before the built-in ones', () => {
    const rules = `
layers:
  - { layer: gateway, hop: shop, why: All requests pass it. }
  - { layer: edge, span: { tier: fr* } }
  - { layer: client, span: { tier: '*' } }
  - { layer: service, call: { server.address: pg-* } }`;
    const [path] = analysed(SHOP, config(rules)).paths;
    expect(layers(path)).toEqual({ shop: 'gateway', prices: 'edge', 'postgres · pg-7': 'service' });
    expect(path.hops[0].layerReason).toBe('All requests pass it.');
    expect(path.hops[1].layerReason).toBe('The config says so.');
  });

  test('an analysis reads resources and scopes for the rules of the config', () => {
    const rules = 'layers: [{ layer: edge, resource: { zone: "eu-*" } }, { layer: client, scope: te*t }]';
    const [path] = analysed(SHOP, config(rules), { shop: { zone: 'eu-1' } }).paths;
    expect(layers(path)).toMatchObject({ shop: 'edge', prices: 'client' });
  });

  test('an analysis leaves the built-in rules out where the config wants that', () => {
    expect(layers(analysed(SHOP).paths[0])['postgres · pg-7']).toBe('data');
    expect(layers(analysed(SHOP, config('builtInLayers: false')).paths[0])['postgres · pg-7']).toBe('service');
  });

  test('an analysis takes more rules than an integer has bits', () => {
    const rules = Array.from({ length: 40 }, (_, i) => `  - { layer: client, span: { tier: none-${i} } }`);
    const [path] = analysed(
      SHOP,
      config(`layers:\n${rules.join('\n')}\n  - { layer: edge, span: { tier: front } }`),
    ).paths;
    expect(layers(path)).toEqual({ shop: 'service', prices: 'edge', 'postgres · pg-7': 'data' });
  });

  test('an analysis gives hops the roles and notes of anywhere, and those of a path before them', () => {
    const text = 'hops: { "*": { role: any, note: n } }\npaths: { GET /v1/cart: { hops: { shop: { role: front } } } }';
    const [first, second] = analysed(SHOP, config(text)).paths;
    const roles = ({ hops }: RequestPath) => hops.map(({ role, note }) => [role, note]);
    expect(roles(first)).toEqual([
      ['front', 'n'],
      ['any', 'n'],
      ['any', 'n'],
    ]);
    expect(roles(second)[0]).toEqual(['any', 'n']);
  });
});

describe('unmatched', () => {
  const { paths } = analysed(SHOP);
  const told = (text: string, only?: RequestPath) =>
    unmatched(config(text), paths, only).map(({ source, message, bounds }) => [
      source.join('.'),
      message,
      bounds.length,
    ]);

  test('unmatched says what the config names and the traces do not have, and what was meant', () => {
    const text = `
hops: { prizes: { role: x } }
paths:
  GET /v1/crt: { ceiling: { p50: 1ms }, hops: { shop: { budget: { p50: 1ms, p99: 2ms } } } }
  GET /*:
    hops: { shp: { budget: { p50: 1ms } } }
    boundaries: { shop -> pricess: { budget: { p50: 1ms } } }`;
    expect(told(text)).toEqual([
      ['hops.prizes', 'no hop "prizes" on any path; did you mean "prices"?', 0],
      ['paths.GET /v1/crt', 'no request path "GET /v1/crt"; did you mean "GET /v1/cart"?', 3],
      ['paths.GET /*.hops.shp', 'no hop "shp" on GET /*; did you mean "shop"?', 1],
      [
        'paths.GET /*.boundaries.shop -> pricess',
        'no boundary "shop -> pricess" on GET /*; did you mean "shop → prices"?',
        1,
      ],
    ]);
  });

  test('unmatched is silent about what matches anywhere, and about other paths where one is asked for', () => {
    expect(told('hops: { pric*: {} }\npaths: { "shop: GET /v1/cart": { hops: { shop: {} } }, "*": {} }')).toEqual([]);
    expect(
      told('hops: { x: {} }\npaths: { GET /x: { ceiling: { p50: 1ms } }, GET /v2/*: { hops: { y: {} } } }', paths[0]),
    ).toEqual([]);
  });
});
