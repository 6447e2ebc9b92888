import { PairIds } from '../base/pairIds.ts';
import { AttributeLookup } from '../store/attributes.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { Answers, type Asked } from './answers.ts';
import { templatedPath } from './templatedPath.ts';

const METHOD_KEYS = ['http.request.method', 'http.method'] as const;
const ROUTE_KEYS = ['http.route'] as const;
const URL_KEYS = ['url.path', 'http.target', 'url.full', 'http.url'] as const;
/** The number of no text. */
const NONE = 0;

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
  /** By row the numbers of a method and of a route, both of which are few. */
  readonly #methods: TextNumbers;
  readonly #routes: TextNumbers;
  readonly #urls: AttributeLookup<(typeof URL_KEYS)[number]>;
  /** By name; by (method, route); by string id of a root's name. */
  readonly #numbers = new Map<string, number>();
  readonly #pairs = new PairIds();
  readonly #routed: number[] = [];
  readonly #named = new Map<number, number>();

  constructor(table: SpanTable, remote: Int32Array) {
    this.#table = table;
    this.#remote = remote;
    this.#methods = new TextNumbers(table, METHOD_KEYS);
    this.#routes = new TextNumbers(table, ROUTE_KEYS);
    this.#urls = new AttributeLookup(table.attributes, URL_KEYS);
  }

  /** The number of a trace's name, counted in the order in which names are first seen. */
  of(trace: number): number {
    const root = this.#table.traceRows[trace];
    const method = this.#methods.of(root);
    if (method !== NONE) {
      const route = this.#route(root);
      if (route !== NONE) return this.#ofRoute(method, route);
      const path = this.#urlPath(root);
      if (path !== undefined) return this.#number(`${this.#methods.texts[method]} ${templatedPath(path)}`);
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

  #ofRoute(method: number, route: number): number {
    const pair = this.#pairs.id(method, route);
    return (this.#routed[pair] ??= this.#number(`${this.#methods.texts[method]} ${this.#routes.texts[route]}`));
  }

  #number(text: string): number {
    let known = this.#numbers.get(text);
    if (known === undefined) this.#numbers.set(text, (known = this.texts.push(text) - 1));
    return known;
  }

  /** The first route of the root, of R from the root, of R from there, and so on down. */
  #route(root: number): number {
    for (let row = root; row >= 0; row = this.#remote[row]) {
      const route = this.#routes.of(row);
      if (route !== NONE) return route;
    }
    return NONE;
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

  #text(row: number, key: (typeof URL_KEYS)[number]): string | undefined {
    return this.#urls.text(this.#table.shape[row], this.#table.offset[row], key);
  }
}

/** By row the first of some keys that says something, as the number of its text. */
class TextNumbers {
  /** By number; the first is that of nothing. */
  readonly texts = [''];
  readonly #answers: Answers<string>;

  constructor({ attributes, shape, offset }: SpanTable, keys: readonly string[]) {
    const numbers = new Map([['', NONE]]);
    this.#answers = new Answers<string>(attributes, { shape, offset }, keys, (span) => {
      const text = firstText(keys, span) ?? '';
      let number = numbers.get(text);
      if (number === undefined) numbers.set(text, (number = this.texts.push(text) - 1));
      return number;
    });
  }

  of(row: number): number {
    return this.#answers.of(row);
  }
}

function firstText(keys: readonly string[], span: Asked<string>): string | undefined {
  for (const key of keys) {
    const text = span.text(key);
    if (text !== undefined) return text;
  }
  return undefined;
}
