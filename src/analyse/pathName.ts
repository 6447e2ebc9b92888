import { AttributeLookup } from '../store/attributes.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { templatedPath } from './templatedPath.ts';

const KEYS = [
  'http.request.method',
  'http.method',
  'http.route',
  'url.path',
  'http.target',
  'url.full',
  'http.url',
] as const;

const URL_PATH = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i;

/**
 * What a trace's request path is called (design: analysis, section 5).
 *
 *     http.request.method=GET on the root, http.route=/orders/:id on it or further in   GET /orders/:id
 *     http.method=GET, http.target=/orders/4711?full=1, no route anywhere               GET /orders/{id}
 *     no method                                                                         the root's name
 */
export class PathNames {
  readonly #table: SpanTable;
  readonly #remote: Int32Array;
  readonly #lookup: AttributeLookup<(typeof KEYS)[number]>;

  constructor(table: SpanTable, remote: Int32Array) {
    this.#table = table;
    this.#remote = remote;
    this.#lookup = new AttributeLookup(table.attributes, KEYS);
  }

  of(trace: number): string {
    const root = this.#table.traceRows[trace];
    const method = this.#text(root, 'http.request.method') ?? this.#text(root, 'http.method');
    if (method !== undefined) {
      const route = this.#route(root);
      if (route !== undefined) return `${method} ${route}`;
      const path = this.#urlPath(root);
      if (path !== undefined) return `${method} ${templatedPath(path)}`;
    }
    const name = this.#table.attributes.strings.text(this.#table.name[root]);
    return name.includes('/') ? templatedPath(name) : name;
  }

  /** The first route of the root, of R from the root, of R from there, and so on down. */
  #route(root: number): string | undefined {
    for (let row = root; row >= 0; row = this.#remote[row]) {
      const route = this.#text(row, 'http.route');
      if (route !== undefined) return route;
    }
    return undefined;
  }

  #urlPath(root: number): string | undefined {
    const path = this.#text(root, 'url.path') ?? this.#text(root, 'http.target');
    if (path !== undefined) return path;
    for (const key of ['url.full', 'http.url'] as const) {
      const match = URL_PATH.exec(this.#text(root, key) ?? '');
      if (match) return match[1] === '' ? '/' : match[1];
    }
    return undefined;
  }

  #text(row: number, key: (typeof KEYS)[number]): string | undefined {
    return this.#lookup.text(this.#table.shape[row], this.#table.offset[row], key);
  }
}
