import { createReadStream, readdirSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.yaml': 'text/yaml; charset=utf-8',
};

export interface StaticFile {
  readonly path: string;
  readonly type: string;
  readonly read: () => NodeJS.ReadableStream;
}

/**
 * The files of a folder by their URL path, listed once: what is not in the list cannot be asked for, so no path in a
 * request ever reaches the file system. A file is sent as it is: a `.gz` is a file to download, not an encoding.
 */
export function staticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const url = path.slice(folder.length).split(sep).join('/').replace(/^\/*/, '/');
    const type = TYPES[extname(entry.name)] ?? 'application/octet-stream';
    files.set(url, { path, type, read: () => createReadStream(path) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}
