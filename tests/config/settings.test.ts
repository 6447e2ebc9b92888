import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/configFile.ts';
import { Settings, toBudget } from '../../src/config/settings.ts';

function settings(text: string): Settings {
  return new Settings(parseConfig(text, 'hopline.yaml'));
}

const path = (name: string, entry = 'edge') => ({ name, entry });

describe('Settings', () => {
  test('Settings of a path take each key from the first entry that has it: exact, then patterns in their order', () => {
    const found = settings(`
hops: { go.*: { role: anywhere, note: Go } }
paths:
  GET /*: { ceiling: { p50: 9ms, p99: 90ms }, hops: { '*': { role: widely, budget: { p50: 9ms, p95: 20ms } } } }
  '*': { ceiling: { p50: 99ms, p95: 99ms } }
  GET /a: { ceiling: { p50: 1ms }, hops: { go.api: { budget: { p50: 5ms } } } }
`).path(path('GET /a'));
    expect(toBudget(found.ceiling)).toEqual({ p50: 1, p95: 99, p99: 90 });
    expect(found.ceiling.p99?.source).toEqual(['paths', 'GET /*', 'ceiling', 'p99']);
    const hop = found.hop('go.api');
    expect([hop.role, hop.note, toBudget(hop.budget)]).toEqual(['widely', 'Go', { p50: 5, p95: 20 }]);
    expect(hop.budget.p50?.source).toEqual(['paths', 'GET /a', 'hops', 'go.api', 'budget', 'p50']);
    expect(found.hop('other')).toMatchObject({ role: 'widely', note: null });
  });

  test('Settings know a path by its entry too, where two have the same name', () => {
    const found = settings(
      'paths: { "edge: GET /a": { ceiling: { p50: 1ms } }, GET /a: { ceiling: { p50: 2ms, p99: 3ms } } }',
    );
    expect(toBudget(found.path(path('GET /a')).ceiling)).toEqual({ p50: 1, p99: 3 });
    expect(toBudget(found.path(path('GET /a', 'other')).ceiling)).toEqual({ p50: 2, p99: 3 });
  });

  test('Settings match both sides of a boundary, with either arrow, the exact one first', () => {
    const found = settings(`
paths:
  GET /a:
    boundaries:
      '* -> db': { budget: { p50: 9ms, p99: 99ms } }
      api → db: { budget: { p50: 1ms } }
`).path(path('GET /a'));
    expect(toBudget(found.boundary({ from: 'api', to: 'db' }))).toEqual({ p50: 1, p99: 99 });
    expect(toBudget(found.boundary({ from: 'web', to: 'db' }))).toEqual({ p50: 9, p99: 99 });
    expect(found.boundary({ from: 'db', to: 'api' })).toEqual({});
  });

  test('Settings rename a hop once, exact names first', () => {
    const found = settings('renames: { pg-*: postgres, pg-audit: audit, a: b, b: a }');
    expect(['pg-1', 'pg-audit', 'a', 'b', 'c'].map((name) => found.hopName(name))).toEqual([
      'postgres',
      'audit',
      'b',
      'a',
      'c',
    ]);
  });

  test('Settings group paths under the first name with a pattern for them', () => {
    const found = settings('groups: { catalog: [GET /v*/catalog/*, GET /catalog], rest: GET /* }');
    expect(['GET /v2/catalog/7', 'GET /catalog', 'GET /x', 'POST /x'].map((name) => found.pathName(name))).toEqual([
      'catalog',
      'catalog',
      'rest',
      'POST /x',
    ]);
  });

  test('Settings of names that every object has are none', () => {
    const found = settings('paths: { GET /a: { hops: { x: { role: r } } } }');
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(found.hopName(name)).toBe(name);
      expect(found.path(path(name)).ceiling).toEqual({});
      expect(found.path(path('GET /a')).hop(name)).toEqual({ role: null, note: null, budget: {} });
    }
  });
});
