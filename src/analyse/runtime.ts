import { knownName, RUNTIME_NAMES } from '../config/protocols.ts';
import type { ReadText } from './inferredHop.ts';

export const RUNTIME_KEYS = [
  'telemetry.sdk.language',
  'process.runtime.name',
  'process.runtime.description',
  'cloud.platform',
  'cloud.provider',
  'telemetry.sdk.name',
  'vercel.runtime',
] as const;

/**
 * What a resource's code runs on: the chip of its box. Null where nothing tells.
 *
 *     telemetry.sdk.language=nodejs                                          node
 *     telemetry.sdk.language=nodejs, cloud.platform=cloudflare.workers       workers
 *     telemetry.sdk.language=erlang, process.runtime.description=Elixir 1.16  elixir
 *     process.runtime.name=OpenJDK Runtime Environment                       java
 */
export function runtimeOf(read: ReadText<(typeof RUNTIME_KEYS)[number]>): string | null {
  const process = `${read('process.runtime.name') ?? ''} ${read('process.runtime.description') ?? ''}`;
  if (isWorkers(read)) return 'workers';
  if (read('vercel.runtime') === 'edge') return 'edge';
  const language = read('telemetry.sdk.language')?.toLowerCase();
  // Erlang's SDK serves Elixir too; only the runtime's own description tells the two apart.
  if ((language === undefined || language === 'erlang') && /elixir/i.test(process)) return 'elixir';
  if ((language === 'nodejs' || language === undefined) && /\bbun\b/i.test(process)) return 'bun';
  if ((language === 'nodejs' || language === undefined) && /\bdeno\b/i.test(process)) return 'deno';
  if (language !== undefined) return knownName(RUNTIME_NAMES, language) ?? language;
  return PROCESS_RUNTIMES.find(({ pattern }) => pattern.test(process))?.runtime ?? null;
}

function isWorkers(read: ReadText<(typeof RUNTIME_KEYS)[number]>): boolean {
  return (
    /^cloudflare[._]workers/.test(read('cloud.platform') ?? '') ||
    read('cloud.provider') === 'cloudflare' ||
    read('telemetry.sdk.name')?.endsWith('otel-cf-workers') === true
  );
}

/** semantic-conventions, resource/process.md: the examples of `process.runtime.name` by language. */
const PROCESS_RUNTIMES: readonly { readonly pattern: RegExp; readonly runtime: string }[] = [
  { pattern: /\bnode(js)?\b/i, runtime: 'node' },
  { pattern: /\b(openjdk|jdk|java|hotspot|graalvm|openj9)\b/i, runtime: 'java' },
  { pattern: /\b(cpython|pypy|python)\b/i, runtime: 'python' },
  { pattern: /\b(jruby|yarv|ruby|truffleruby)\b/i, runtime: 'ruby' },
  { pattern: /\b(beam|erlang)\b/i, runtime: 'erlang' },
  { pattern: /\.net\b/i, runtime: '.net' },
  { pattern: /\bphp\b|\b(fpm-fcgi|cli-server)\b/i, runtime: 'php' },
  { pattern: /\brustc?\b/i, runtime: 'rust' },
  { pattern: /\bgo\d?(\b|\.)|\bgc\b/i, runtime: 'go' },
];
