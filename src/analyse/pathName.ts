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
  /** By number. */
  readonly texts: string[] = [];

  readonly #table: SpanTable;
  readonly #remote: Int32Array;
  readonly #lookup: AttributeLookup<(typeof KEYS)[number]>;
  /** By name; and by method and route, of which names are made. */
  readonly #numbers = new Map<string, number>();
  readonly #routed = new Map<string, Map<string, number>>();
  /** By string id of a root's name. */
  readonly #named = new Map<number, number>();

  constructor(table: SpanTable, remote: Int32Array) {
    this.#table = table;
    this.#remote = remote;
    this.#lookup = new AttributeLookup(table.attributes, KEYS);
  }

  /** The number of a trace's name, counted in the order in which names are first seen. */
  of(trace: number): number {
    const root = this.#table.traceRows[trace];
    const method = this.#text(root, 'http.request.method') ?? this.#text(root, 'http.method');
    if (method !== undefined) {
      const route = this.#route(root);
      if (route !== undefined) return this.#ofRoute(method, route);
      const path = this.#urlPath(root);
      if (path !== undefined) return this.#number(`${method} ${templatedPath(path)}`);
    }
    const name = this.#table.name[root];
    let known = this.#named.get(name);
    if (known === undefined) {
      const text = this.#table.attributes.strings.text(name);
      known = this.#number(text.includes('/') ? templatedPath(text) : text);
      this.#named.set(name, known);
    }
    return known;
  }

  #ofRoute(method: string, route: string): number {
    let routes = this.#routed.get(method);
    if (routes === undefined) this.#routed.set(method, (routes = new Map<string, number>()));
    let known = routes.get(route);
    if (known === undefined) routes.set(route, (known = this.#number(`${method} ${route}`)));
    return known;
  }

  #number(text: string): number {
    let known = this.#numbers.get(text);
    if (known === undefined) this.#numbers.set(text, (known = this.texts.push(text) - 1));
    return known;
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
