import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
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
    // A worker keeps what it has loaded: to load the house anew for each file would be a quarter of the time.
    // So a test takes back what it changes of what all share (clocks, globals, the store).
    isolate: false,
    testTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
}));

/** Compiling the kernel is most of a build, as it should be: nobody has to be told. */
const QUIET = { bundlerTimings: false };

/** Relative URLs, so that dist/app works from any folder of any host. */
const app: UserConfig = {
  define: version,
  base: './',
  plugins: [react(), contentSecurityPolicy(), kernel(), licenses()],
  worker: { format: 'es', plugins: () => [kernel(), licenses({ isWorker: true })], rolldownOptions: { checks: QUIET } },
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    target: 'es2023',
    // Styles of a part that is loaded late are asked for once only: where they did not come, it would have none ever after.
    cssCodeSplit: false,
    rolldownOptions: { checks: QUIET },
  },
};

/** Everything is inside, so the published package has no dependency; one chunk a command, so `--help` loads none of them. */
const cli: UserConfig = {
  define: { 'process.env.NODE_ENV': '"production"', ...version },
  ssr: { noExternal: true },
  plugins: [executable('hopline.mjs'), configSchemaFile(), kernel(), licenses()],
  build: {
    ssr: true,
    outDir: 'dist/cli',
    emptyOutDir: true,
    copyPublicDir: false,
    minify: true,
    target: 'node20.19',
    rolldownOptions: {
      checks: QUIET,
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
      checks: QUIET,
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

const bundledPackages = new Set<string>();

/**
 * `licenses.md`, of every package that a build has something of. Vite's own list (`build.license`) leaves out what is in
 * workers and what stylesheets name, such as fonts. Workers are bundled before the page is, and write down theirs alone.
 */
function licenses({ isWorker = false } = {}): Plugin {
  return {
    name: 'hopline:licenses',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle)) {
        for (const file of part.type === 'chunk' ? part.moduleIds : part.originalFileNames) {
          const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
          if (folder !== undefined) bundledPackages.add(resolve(folder));
        }
      }
      if (isWorker) return;
      this.emitFile({ type: 'asset', fileName: 'licenses.md', source: licensesOf([...bundledPackages].sort()) });
    },
  };
}

/** A text that packages have in common stands below all of them: a hundred of one family would be a megabyte. */
function licensesOf(folders: readonly string[]): string {
  const packages = new Map<string, string>();
  for (const folder of folders) {
    const { name, version, license }: Readonly<Record<string, string>> = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const text = files.map((file) => `${readFileSync(join(folder, file), 'utf8').trim()}\n\n`).join('');
    packages.set(text, `${packages.get(text) ?? ''}## ${name} ${version} (${license})\n\n`);
  }
  return `# Licenses of what is bundled\n\n${[...packages].map(([text, names]) => names + text).join('')}`;
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
