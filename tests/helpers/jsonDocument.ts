const IDS = '"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00000000000000a1"';

/** A span with these members besides its ids, as JSON. */
export const spanJson = (members = ''): string => `{${IDS}${members === '' ? '' : `,${members}`}}`;

/** A document of these spans, as JSON. */
export const documentOf = (...spans: string[]): string =>
  `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeSpans":[{"scope":{"name":"http"},"spans":[${spans.join(',')}]}]}]}`;

/** A document of one span with one attribute. */
export const documentWith = (value: string): string =>
  documentOf(spanJson(`"attributes":[{"key":"k","value":${value}}]`));
