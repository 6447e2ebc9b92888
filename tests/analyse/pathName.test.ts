import { describe, expect, test } from 'vitest';
import { analysed } from '../helpers/analysed.ts';

const names = (text: string): string[] => analysed(text).paths.map(({ name }) => name);
const rootName = (attributes: string): string => names(`a root 0..1 server [${attributes}]`)[0];

describe('the name of a path', () => {
  test.each([
    ['http.request.method=GET, http.route=/x/:id, url.path=/x/1', 'GET /x/:id'],
    ['http.method=POST, http.route=/x', 'POST /x'],
    ['http.method=GET, url.path=/o/4711', 'GET /o/{id}'],
    ['http.method=GET, http.target=/o/4711?full=1', 'GET /o/{id}'],
    ['http.method=GET, url.full=https://shop.example:8080/o/4711#top', 'GET /o/{id}'],
    ['http.method=GET, http.url=https://shop.example', 'GET /'],
    ['http.method=GET, url.full=not a url, http.url=http://h/x', 'GET /x'],
    ['http.method=GET', 'root'],
    ['http.route=/x', 'root'],
  ])('the name of a path whose root has %s is %s', (attributes, name) => {
    expect(rootName(attributes)).toBe(name);
  });

  test('the name of a path takes the route from as far in as it must', () => {
    const text = (routeOfC: string): string => `
      edge root 0..9 server [http.request.method=GET, url.path=/raw]
        edge call 1..8 client
          b serve 2..7 server
            b step 2..7 internal
              b call 3..6 client
                c serve 4..5 server${routeOfC}
    `;
    expect(names(text(' [http.route=/deep]'))).toEqual(['GET /deep']);
    expect(names(text(''))).toEqual(['GET /raw']);
  });

  test('the name of a path without a method is the root span, templated where it holds a slash', () => {
    expect(names('a job nightly 4711 0..1 consumer')).toEqual(['job nightly 4711']);
    expect(names('a GET /orders/4711 0..1 server')).toEqual(['GET /orders/{id}']);
  });

  test('paths are told apart by entry and name, most requests first, then by entry and name', () => {
    const { paths } = analysed(`
      b GET 0..1 server

      a POST 0..1 server

      a GET 0..1 server

      c GET 0..1 server state=ot=th:c
    `);
    expect(paths.map(({ entry, name, requests }) => [entry, name, requests])).toEqual([
      ['c', 'GET', 4],
      ['a', 'GET', 1],
      ['a', 'POST', 1],
      ['b', 'GET', 1],
    ]);
  });
});
