import { describe, expect, test } from 'vitest';
import { decode } from '../../helpers/otlpDecode.ts';
import { tableContent } from '../../helpers/otlpTable.ts';

const NOW = {
  name: 'GET /cart',
  context: {
    trace_id: 'e7bc999fb17f453c6e6445802ba1e558',
    span_id: 'c63030cc93c48641',
    trace_state: '',
    trace_flags: 1,
  },
  resource: {},
  parent_span_id: '4e6396224842fc15',
  kind: 'KIND_SERVER',
  start: 12,
  end: 34,
  attributes: { 'http.route': '/cart' },
  status: { code: 'Unset', description: '' },
  events: [{ name: 'found', timestamp: 13, attributes: { items: 3 } }],
  links: [],
  schema_url: '',
};
const { trace_flags: _, ...CONTEXT } = NOW.context;
const { resource: _resource, links: _links, schema_url: _schemaUrl, ...OLD } = NOW;

async function contentOf(span: object, before = '') {
  const { table, issues, format } = await decode(`${before}${JSON.stringify(span, null, 4)}\n`);
  expect([format, issues.filter(({ code }) => code !== 'other-text')]).toEqual(['PHP ConsoleSpanExporter', []]);
  return tableContent(table);
}

describe('ConsoleDecoder reads what PHP printed before version 1', () => {
  test.each([
    ['in a list, without flags', [{ ...NOW, context: CONTEXT }]],
    ['without resource and links', { ...OLD, context: CONTEXT }],
    ['with the trace state as null', { ...OLD, context: { ...CONTEXT, trace_state: null } }],
    ['with kinds by number', { ...OLD, context: CONTEXT, kind: 2, status: {} }],
    [
      'with lists of attributes',
      {
        ...OLD,
        context: CONTEXT,
        attributes: [{ key: 'http.route', value: '/cart' }],
        events: [{ name: 'found', timestamp: 13, attributes: [{ key: 'items', value: 3 }] }],
      },
    ],
  ])('%s', async (_name, span) => {
    const expected = await contentOf([{ ...NOW, context: { ...NOW.context, trace_flags: 0 } }]);
    expect(expected.traces[0].spans).toMatchObject([{ name: 'GET /cart', kind: 2, end: 22 }]);
    for (const before of ['', 'Starting ConsoleSpanExporter\n'])
      expect(await contentOf(span, before)).toEqual(expected);
  });

  test('but takes no log record for a span', async () => {
    const { trace_state: _state, ...context } = NOW.context;
    const logs = { resource: { attributes: [] }, scopes: [{ name: 'a', logs: [{ context, body: 'done' }] }] };
    for (const before of ['', 'started\n']) {
      const { failure, issues } = await decode(`${before}${JSON.stringify(logs, null, 4)}\n`);
      expect([failure === null, issues]).toEqual([false, []]);
    }
  });
});
