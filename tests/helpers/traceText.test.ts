import { expect, test } from 'vitest';
import { parseTraceText } from './traceText.ts';

test('parseTraceText reads indentation as parenthood, and a blank line as the next trace', () => {
  const spans = parseTraceText(`
    shop GET /cart 0..50 server error state=ot=th:c [http.route=/cart, http.response.status_code=500]
      "go.svc / x" SELECT 1.5..40 client
      shop render 41..42

    shop GET /cart 0..60 server id=a parent=ff
  `);
  expect(spans.map(({ trace, id, parent, service, name }) => [trace, id, parent, service, name])).toEqual([
    [1, 1, 0, 'shop', 'GET /cart'],
    [1, 2, 1, 'go.svc / x', 'SELECT'],
    [1, 3, 1, 'shop', 'render'],
    [2, 10, 255, 'shop', 'GET /cart'],
  ]);
  expect(spans[0]).toMatchObject({ kind: 2, isError: true, state: 'ot=th:c', start: 0, end: 50e6 });
  expect(spans[0].attributes).toEqual({ 'http.route': '/cart', 'http.response.status_code': 500 });
  expect(spans[1]).toMatchObject({ kind: 3, isError: false, start: 1.5e6, end: 40e6, attributes: {} });
  expect(spans[2].kind).toBe(1);
});
