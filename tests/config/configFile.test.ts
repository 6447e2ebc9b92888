import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/issues.ts';
import { parseConfig } from '../../src/config/configFile.ts';

const DEMO = `
paths:
  GET /catalog/:id:
    ceiling: { p99: 180ms }
    hops:
      cf.workers: { role: POP, note: auth verify, budget: { p50: 8ms } }
      redis · cache:
        budget: { p50: 400us, p99: 1.5s }
`;

function fault(text: string): string {
  try {
    parseConfig(text, 'hopline.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'no fault';
}

describe('parseConfig', () => {
  test('reads roles, notes, budgets and ceilings, in milliseconds', () => {
    expect(parseConfig(DEMO, 'hopline.yaml')).toEqual({
      paths: {
        'GET /catalog/:id': {
          ceiling: { p99: 180 },
          hops: {
            'cf.workers': { role: 'POP', note: 'auth verify', budget: { p50: 8 } },
            'redis · cache': { budget: { p50: 0.4, p99: 1500 } },
          },
        },
      },
    });
  });

  test('reads an empty file as a config that sets nothing', () => {
    for (const text of ['', '# only a remark\n', '{}', 'paths: {}']) {
      expect(parseConfig(text, 'hopline.yaml')).toEqual({ paths: {} });
    }
  });

  test('reads layers, names, groups, tolerances, boundaries and the theme', () => {
    const text = `
theme: dark
layers:
  - { layer: gateway, hop: envoy-*, why: The mesh. }
  - { layer: edge, resource: { cloud.provider: fastly } }
builtInLayers: false
renames: { go.svc / catalogue: go.svc / catalog }
groups:
  GET /catalog/:id: GET /v*/catalog/*
  GET /me: [GET /user, GET /account]
hops: { cf.workers: { role: POP } }
tolerances: { near: 80%, over: 102.5 % }
paths:
  '*':
    boundaries: { cf.workers -> *: { budget: { p50: 2ms } } }
`;
    expect(parseConfig(text, 'hopline.yaml')).toEqual({
      theme: 'dark',
      layers: [
        { layer: 'gateway', hop: 'envoy-*', why: 'The mesh.' },
        { layer: 'edge', resource: { 'cloud.provider': 'fastly' } },
      ],
      builtInLayers: false,
      renames: { 'go.svc / catalogue': 'go.svc / catalog' },
      groups: { 'GET /catalog/:id': ['GET /v*/catalog/*'], 'GET /me': ['GET /user', 'GET /account'] },
      hops: { 'cf.workers': { role: 'POP' } },
      tolerances: { near: 0.8, over: 1.025 },
      paths: { '*': { boundaries: { 'cf.workers -> *': { budget: { p50: 2 } } } } },
    });
  });

  test('reads aliases and JSON', () => {
    const aliased = 'paths: { A: { ceiling: &c { p50: 1ms } }, B: { ceiling: *c } }';
    expect(parseConfig(aliased, 'x').paths['B']).toEqual({ ceiling: { p50: 1 } });
    expect(parseConfig('{"paths":{"A":{"ceiling":{"p50":"2m"}}}}', 'x').paths['A']).toEqual({
      ceiling: { p50: 120_000 },
    });
  });

  test.each([
    [
      'a number without a unit',
      'paths:\n  A:\n    ceiling: { p99: 180 }',
      '3:21: expected a duration with its unit, such as 16ms, 1.5s or 400us, found 180',
    ],
    [
      'an unknown unit',
      'paths:\n  A:\n    ceiling:\n      p99: 3 days',
      '4:12: expected a duration with its unit, such as 16ms, 1.5s or 400us, found 3 days',
    ],
    [
      'a negative duration',
      'paths: { A: { ceiling: { p99: -1ms } } }',
      '1:31: expected a duration with its unit, such as 16ms, 1.5s or 400us, found -1ms',
    ],
    [
      'a misspelt key',
      'paths:\n  A:\n    hops:\n      b: { budgt: { p50: 1ms } }',
      '4:12: unknown key "budgt"; did you mean "budget"?',
    ],
    [
      'a percentile that is not held',
      'paths:\n  A: { ceiling: { p90: 1ms } }',
      '2:19: unknown key "p90"; did you mean "p50"?',
    ],
    [
      'a key of another tool',
      'services: {}',
      '1:1: unknown key "services" (known here: theme, layers, builtInLayers, renames, groups, hops, tolerances, paths)',
    ],
    ['a list for a mapping', 'paths:\n  - A', '2:3: expected a mapping of request paths by name, found a list'],
    [
      'a path without a body',
      'paths:\n  A:\n',
      '2:5: expected a mapping of ceiling, hops and boundaries, found nothing',
    ],
    ['a number for text', 'paths: { A: { hops: { 404: { role: 1 } } } }', '1:36: expected text, found 1'],
    ['a bare word', 'traces', '1:1: expected a mapping with paths, found traces'],
    ['two documents', 'paths: {}\n---\npaths: {}', '2:1: a second YAML document begins here, and a config is one'],
    ['a tab as indentation', 'paths:\n\tA: 1', '2:1: Tabs are not allowed as indentation'],
    ['a key that stands twice', 'paths: {}\npaths: {}', '2:1: Map keys must be unique'],
    [
      'a boundary without an arrow',
      'paths:\n  A:\n    boundaries:\n      b to c: { budget: { p50: 1ms } }',
      '4:7: expected two hops and an arrow, such as cf.workers → go.gateway or cf.workers -> go.gateway, found b to c',
    ],
    [
      'a boundary that stands twice, in two spellings',
      'paths:\n  A:\n    boundaries:\n      b -> c: {}\n      b → c: { budget: { p50: 1ms } }',
      '5:7: expected each boundary once, and “b → c” stands above, found b → c',
    ],
    [
      'an over that is below near',
      'tolerances: { near: 80%, over: 5% }',
      '1:13: expected an “over” of no less than “near”: both are parts of the budget, such as 90% and 105%, found a mapping',
    ],
    [
      'a layer that does not exist',
      'layers:\n  - { layer: egde, hop: cf }',
      '2:14: expected one of client, edge, gateway, service, data, found egde',
    ],
    [
      'a layer rule that matches nothing',
      'layers: [{ layer: edge, why: because }]',
      '1:10: expected a rule that says what it matches: hop, scope, resource, span or call, found a mapping',
    ],
    ['a theme that does not exist', 'theme: pink', '1:8: expected auto, light or dark, found pink'],
    [
      'a tolerance without a percent sign',
      'tolerances: { near: 0.9 }',
      '1:21: expected a part of the budget in percent, such as 90%, found 0.9',
    ],
    ['an empty new name', 'renames: { a: "" }', '1:15: expected a name, found ""'],
    [
      'a group of something else',
      'groups: { A: { b: c } }',
      '1:14: expected the name of a path or a list of names, * for anything, found a mapping',
    ],
    [
      'a fault behind an alias',
      'paths: { A: &a { ceiling: 1 }, B: *a }',
      '1:27: expected budgets such as { p50: 16ms, p99: 100ms }, found 1',
    ],
  ])('names line and column of %s', (_what, text, message) => {
    expect(fault(text)).toBe(`hopline.yaml:${message}`);
  });

  test('names the first fault of several, in the order of the file', () => {
    expect(fault('paths:\n  A: { hops: { b: { role: 1 } }, ceiling: 3 }')).toContain('2:27: expected text, found 1');
  });

  test('refuses aliases that grow beyond reason', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`);
    expect(fault(`a0: &a0 [x]\n${levels.join('\n')}`)).toBe('hopline.yaml: its aliases grow too large');
  });

  test('refuses what is nested or large beyond reason', () => {
    for (const nested of ['['.repeat(100_000), '{a: '.repeat(100_000), '- '.repeat(100_000), '? '.repeat(100_000)]) {
      expect(fault(nested)).toBe('hopline.yaml: nested too deeply for a Hopline config');
    }
    expect(fault('#'.repeat(2 * 1024 * 1024))).toBe('hopline.yaml: larger than 1 MB, so it is no Hopline config');
  });

  test('keeps names that look like parts of JavaScript apart from it', () => {
    const { paths } = parseConfig('paths: { __proto__: { ceiling: { p50: 1ms } }, constructor: {} }', 'x');
    expect(Object.getPrototypeOf(paths)).toBe(Object.prototype);
    expect('ceiling' in {}).toBe(false);
  });
});
