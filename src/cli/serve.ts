import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { InputError } from '../base/issues.ts';
import { HEADER_POLICY } from '../config/contentSecurityPolicy.ts';
import { staticFiles, type StaticFile } from './staticFiles.ts';
import { write, type Terminal } from './terminal.ts';

export interface ServeOptions {
  /** The built page. */
  readonly folder: string;
  /** Undefined: the usual port, or a free one where it is taken. 0: a free one. */
  readonly port?: number;
}

const USUAL_PORT = 4747;
const LOOPBACK = '127.0.0.1';

const HEADERS = {
  'Content-Security-Policy': HEADER_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** `hopline serve`: the page on this machine alone, until it is interrupted. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<void> {
  const { server, url } = await startServer(options);
  await write(terminal.stdout, `Hopline is at ${url}   (Ctrl-C ends it)\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  server.closeAllConnections();
  server.close();
}

/** Throws InputError where the page is not built or the port that was asked for is taken. */
export async function startServer({
  folder,
  port,
}: ServeOptions): Promise<{ readonly server: Server; readonly url: string }> {
  const files = listed(folder);
  const server = createServer((request, response) => answer(request, response, files));
  const bound = await listen(server, port ?? USUAL_PORT, port === undefined);
  return { server, url: `http://${LOOPBACK}:${bound}/` };
}

function listed(folder: string): ReadonlyMap<string, StaticFile> {
  const hint = 'the page is not built: run "npm run build" first';
  try {
    const files = staticFiles(folder);
    if (files.has('/')) return files;
  } catch (error) {
    throw new InputError(hint, { cause: error });
  }
  throw new InputError(hint);
}

function answer(request: IncomingMessage, response: ServerResponse, files: ReadonlyMap<string, StaticFile>): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  if (!isOwnHost(request.headers.host))
    return end(response, 403, 'This server answers to 127.0.0.1 and localhost alone.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return end(response, 405, 'There is only something to read here.');
  const file = files.get((request.url ?? '/').replace(/[?#].*$/, ''));
  if (!file) return end(response, 404, 'There is no such file.');
  response.writeHead(200, { 'Content-Type': file.type, 'Cache-Control': 'no-cache' });
  if (request.method === 'HEAD') response.end();
  else pipeline(file.read(), response, () => {});
}

/** A foreign page whose name was made to point at this machine still sends its own name. */
function isOwnHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    ...(status === 405 && { Allow: 'GET, HEAD' }),
  });
  response.end(`${text}\n`);
}

/** The port that was bound. */
async function listen(server: Server, port: number, mayMove: boolean): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, LOOPBACK, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (mayMove && code === 'EADDRINUSE') return listen(server, 0, false);
    throw new InputError(`cannot listen on port ${port}: ${code === 'EADDRINUSE' ? 'it is taken' : String(code)}`, {
      cause: error,
    });
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
