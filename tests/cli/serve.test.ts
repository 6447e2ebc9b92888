import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../src/cli/serve.ts';

let folder = '';
let server: Server;
let url = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-page-'));
  mkdirSync(join(folder, 'page'));
  const files = {
    'index.html': '<!doctype html>',
    'app.js': '0',
    'demo.otlp.jsonl.gz': 'gz',
    'icon.svg': '<svg/>',
    'kernel.wasm': '0',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'page', name), text);
  writeFileSync(join(folder, 'secret'), 'secret');
  ({ server, url } = await startServer({ folder: join(folder, 'page'), port: 0 }));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** The answer's head; node:http sends any path and any Host as they are. */
async function ask(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<IncomingMessage> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers: { host, ...headers } }, (answer) => {
      answer.resume();
      resolve(answer);
    })
      .on('error', reject)
      .end();
  });
}

describe('the server', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/?percentile=99', 'text/html; charset=utf-8'],
    ['/app.js', 'text/javascript; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
    ['/kernel.wasm', 'application/wasm'],
    ['/demo.otlp.jsonl.gz', 'application/gzip'],
  ])('serves %s as %s', async (path, type) => {
    const { statusCode, headers } = await ask(path);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['content-encoding']).toBeUndefined();
  });

  test('sends a policy that lets nothing out of the page', async () => {
    const { headers } = await ask('/');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
    expect(headers['content-security-policy']).not.toContain("'unsafe-eval'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('listens on loopback alone', () => {
    expect(server.address()).toMatchObject({ address: '127.0.0.1' });
  });

  test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80'])(
    'refuses the Host %j',
    async (host) => {
      expect((await ask('/', { host })).statusCode).toBe(403);
    },
  );

  test.each(['127.0.0.1:1', 'localhost:4747', 'localhost', '[::1]:4747'])('answers to the Host %s', async (host) => {
    expect((await ask('/', { host })).statusCode).toBe(200);
  });

  test.each(['/../secret', '/..%2fsecret', '/%2e%2e/secret', '//etc/passwd', '//[', '/missing'])(
    'has no file at %s',
    async (path) => {
      expect((await ask(path)).statusCode).toBe(404);
    },
  );

  test('takes nothing', async () => {
    const { statusCode, headers } = await ask('/', {}, 'POST');
    expect(statusCode).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });

  test('says that a port is taken, and that the page is not built', async () => {
    const port = Number(new URL(url).port);
    await expect(startServer({ folder: join(folder, 'page'), port })).rejects.toThrow(
      `cannot listen on port ${port}: it is taken`,
    );
    await expect(startServer({ folder })).rejects.toThrow('the page is not built');
  });
});

test('a second server moves to a free port where the usual one is taken', async () => {
  const servers = [
    await startServer({ folder: join(folder, 'page') }),
    await startServer({ folder: join(folder, 'page') }),
  ];
  const [first, second] = servers.map((started) => started.url);
  for (const started of servers) started.server.close();
  expect(second).not.toBe(first);
});
