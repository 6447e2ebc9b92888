import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/configFile.ts';
import { writeDuration } from '../../src/config/duration.ts';
import { Settings } from '../../src/config/settings.ts';
import { withBudgets, type BudgetEdit } from '../../src/config/withBudgets.ts';
import { SCHEMA_LINE } from '../../src/config/writeConfig.ts';

const ON_API: BudgetEdit = {
  path: 'GET /a',
  entry: 'web',
  isNameShared: false,
  part: { type: 'hop', id: 'api' },
  percentile: 'p50',
  duration: '16ms',
};

function written(text: string | null, ...edits: readonly Partial<BudgetEdit>[]): string {
  return withBudgets(
    text,
    'hopline.yaml',
    edits.map((edit) => ({ ...ON_API, ...edit })),
  );
}

describe('a config with budgets', () => {
  test('of nothing names the schema and holds them alone', () => {
    expect(written(null, {}, { percentile: 'p99', duration: '1.5s' }, { part: null, percentile: 'p99' })).toBe(
      `${SCHEMA_LINE}
paths:
  GET /a:
    hops:
      api:
        budget: { p50: 16ms, p99: 1.5s }
    ceiling: { p99: 16ms }
`,
    );
  });

  test('keeps comments, other keys and their order', () => {
    const text = `# ours
theme: dark # at night

paths:
  'GET /a':
    # agreed with the web team
    ceiling: { p99: 180ms } # SLO
    hops:
      api:
        note: rules # not rulez
        budget: { p50: 9ms } # tight
`;
    expect(written(text, {})).toBe(text.replace('9ms', '16ms'));
    expect(written(text, { part: { type: 'hop', id: 'db' } })).toBe(
      `${text}      db:
        budget: { p50: 16ms }
`,
    );
  });

  test('loses a bound that is taken away, and the mappings that are empty then', () => {
    const text = 'paths:\n  GET /a:\n    ceiling: { p99: 180ms }\n    hops: { api: { budget: { p50: 9ms } } }\n';
    expect(written(text, { duration: null })).toBe('paths:\n  GET /a:\n    ceiling: { p99: 180ms }\n');
    expect(written(text, { duration: null, percentile: 'p95' })).toBe(
      'paths:\n  GET /a:\n    ceiling: { p99: 180ms }\n    hops: { api: { budget: { p50: 9ms } } }\n',
    );
    expect(written('paths: { GET /a: { ceiling: { p50: 1ms } } }', { part: null, duration: null })).toBe('paths: {}\n');
  });

  test('writes a boundary where it stands, with either arrow', () => {
    const part = { type: 'boundary', from: 'web', to: 'api' } as const;
    const text = 'paths:\n  GET /a:\n    boundaries:\n      web -> api: { budget: { p50: 1ms } }\n';
    expect(written(text, { part })).toBe(text.replace('1ms', '16ms'));
    expect(written('', { part })).toBe(
      'paths:\n  GET /a:\n    boundaries:\n      web → api:\n        budget: { p50: 16ms }\n',
    );
  });

  test('names the entry where paths share a name, or where the config does', () => {
    expect(written('', { isNameShared: true })).toContain('"web: GET /a":');
    const text = '"web: GET /a":\n    ceiling: { p50: 1ms }\n';
    expect(written(`paths:\n  ${text}`, { part: null })).toBe(`paths:\n  ${text.replace('1ms', '16ms')}`);
  });

  test('changes one place where an alias says the same of two', () => {
    const text = 'paths:\n  GET /a: &a\n    hops: { api: { budget: { p50: 9ms } } }\n  GET /b: *a\n';
    const { paths } = parseConfig(written(text, {}), 'hopline.yaml');
    expect(paths['GET /a']?.hops?.['api']?.budget?.p50).toBe(16);
    expect(paths['GET /b']?.hops?.['api']?.budget?.p50).toBe(9);
  });

  test('keeps the comments of a file that says nothing yet', () => {
    expect(written('# to be filled\n', {})).toMatch(/^# to be filled\n+paths:/);
  });

  test('is refused where the file is none, with line and column', () => {
    expect(() => written('paths:\n  GET /a: { ceilin: {} }\n', {})).toThrow(/^hopline.yaml:2:13: unknown key "ceilin"/);
  });

  test('holds what was typed over any pattern, and the last word on each bound', () => {
    const base = `hops: { '*': { budget: { p50: 1ms, p99: 2ms } } }
paths:
  '*': { ceiling: { p50: 3ms }, hops: { 'a*': { budget: { p50: 4ms } } }, boundaries: { '* → *': { budget: { p95: 5ms } } } }
  'web: GET *': { hops: { '*': { budget: { p50: 6ms } } } }
`;
    const names = ['404', 'null', 'a: b #c', '"', "'", 'postgres · primary', '{}', 'api', '~', '- x'];
    const part = constantFrom<BudgetEdit['part'][]>(
      null,
      ...names.map((id) => ({ type: 'hop', id }) as const),
      ...names.map((to) => ({ type: 'boundary', from: 'web', to }) as const),
    );
    const edit = record({
      path: constantFrom('GET /a', 'constructor', '404', ''),
      entry: constantFrom('web', 'b'),
      isNameShared: constantFrom(true),
      part,
      percentile: constantFrom('p50' as const, 'p95' as const, 'p99' as const),
      duration: integer({ min: 1, max: 5_000_000 }).map((us) => writeDuration(us / 1000)),
    });
    assert(
      property(constantFrom(null, '', base), array(edit, { maxLength: 12 }), (text, edits) => {
        const settings = new Settings(parseConfig(withBudgets(text, 'x', edits), 'x'));
        const last = new Map(edits.map((each) => [JSON.stringify({ ...each, duration: '' }), each]));
        for (const { path, entry, part, percentile, duration } of last.values()) {
          const found = settings.path({ name: path, entry });
          const bounds =
            part === null ? found.ceiling : part.type === 'hop' ? found.hop(part.id).budget : found.boundary(part);
          expect(writeDuration(bounds[percentile]?.ms ?? 0)).toBe(duration);
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
