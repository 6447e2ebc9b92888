import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { kernel } from './src/decode/kernel/build/kernelPlugin.ts';
import { configJsonSchema } from './src/config/configJsonSchema.ts';
import { PAGE_POLICY } from './src/config/contentSecurityPolicy.ts';

const { version: packageVersion }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
const version = { HOPLINE_VERSION: JSON.stringify(packageVersion) };

/**
 * Three builds from one file: the page (`vite build` → dist/app), the command line (`--mode cli` → dist/cli) and the
 * benchmark (`--mode bench` → dist/bench, measured as built, because that is what people run).
 */
export default defineConfig(({ mode }) => ({
  ...(mode === 'cli' ? cli : mode === 'bench' ? bench : app),
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    // One for each core: the default leaves one of two idle.
    maxWorkers: '100%',
    testTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
}));

/** Relative URLs, so that dist/app works from any folder of any host. */
const app: UserConfig = {
  define: version,
  base: './',
  plugins: [react(), contentSecurityPolicy(), kernel()],
  worker: { format: 'es', plugins: () => [kernel()] },
  build: { outDir: 'dist/app', emptyOutDir: true, license: { fileName: 'licenses.md' }, target: 'es2023' },
};

/** Everything is inside, so the published package has no dependency; one chunk a command, so `--help` loads none of them. */
const cli: UserConfig = {
  define: { 'process.env.NODE_ENV': '"production"', ...version },
  ssr: { noExternal: true },
  plugins: [executable('hopline.mjs'), configSchemaFile(), kernel()],
  build: {
    ssr: true,
    outDir: 'dist/cli',
    emptyOutDir: true,
    copyPublicDir: false,
    license: { fileName: 'licenses.md' },
    minify: true,
    target: 'node20.19',
    rolldownOptions: {
      input: { hopline: 'src/cli/main.ts', decodeThread: 'src/decodeThread.ts' },
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs', banner: shebang },
    },
  },
};

const bench: UserConfig = {
  define: { 'process.env.NODE_ENV': '"production"' },
  // Playwright is a program of many files, and is loaded where it lies.
  ssr: { noExternal: true, external: ['playwright'] },
  plugins: [kernel()],
  build: {
    ssr: true,
    outDir: 'dist/bench',
    emptyOutDir: true,
    copyPublicDir: false,
    // As the command line is: smaller files are there sooner.
    minify: true,
    target: 'node20.19',
    rolldownOptions: {
      input: { bench: 'tests/bench/main.ts', decodeThread: 'src/decodeThread.ts' },
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
};

function shebang(chunk: { readonly name: string; readonly isEntry: boolean }): string {
  return chunk.isEntry && chunk.name === 'hopline' ? '#!/usr/bin/env node' : '';
}

/** `dist/hopline.schema.json`, beside the command line's folder: what editors check and complete a hopline.yaml with. */
function configSchemaFile(): Plugin {
  return {
    name: 'hopline:config-schema',
    writeBundle({ dir }) {
      const file = join(dirname(dir ?? 'dist/cli'), 'hopline.schema.json');
      writeFileSync(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
    },
  };
}

/** `npx hopline` in a clone runs the file itself; npm makes it executable only where it installs the package. */
function executable(file: string): Plugin {
  return {
    name: 'hopline:executable',
    writeBundle: ({ dir }) => chmodSync(join(dir ?? '.', file), 0o755),
  };
}

/** Only in the build: the development server needs inline scripts and a socket. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'hopline:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
