/**
 * How lines begin that a tool collected from containers:
 *
 *     app-1  | {                                docker compose logs, also with --timestamps
 *     [pod/app-7d9f/app] {                      kubectl logs --prefix, also with --timestamps
 *     2024-05-01T12:00:00.123456789Z {          kubectl logs --timestamps, docker logs --timestamps
 *     INFO: {                                   java.util.logging, which has other lines in between
 */
export type PrefixKind = keyof typeof PREFIXES;

/** RFC 3339, as Go prints it. */
const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)(?: |(?=\r?$))`;
/** The group is the container's name. */
const PREFIXES = {
  compose: new RegExp(String.raw`^([\w.-]+) *\|(?: |(?=\r?$))(?:${TIME})?`),
  pod: new RegExp(String.raw`^(\[pod/[\w./-]+\])(?: |(?=\r?$))(?:${TIME})?`),
  time: new RegExp(`^${TIME}`),
  level: /^[A-Z]+: (?=\{)/,
} as const;
const KINDS = ['compose', 'pod', 'time', 'level'] as const satisfies readonly PrefixKind[];

/** No prefix is longer: of names, a pod's and its container's are the longest. */
export const LONGEST_PREFIX = 200;

/** The kind of prefix with which a line begins. */
export function prefixKind(line: string): PrefixKind | null {
  return KINDS.find((kind) => linePrefix(line, kind) !== null) ?? null;
}

/** The prefix of the line, and the name in it; null where the line does not begin so. */
export function linePrefix(line: string, kind: PrefixKind): readonly [prefix: string, name?: string] | null {
  const [prefix, name] = PREFIXES[kind].exec(line.slice(0, LONGEST_PREFIX)) ?? [];
  return prefix === undefined ? null : [prefix, name];
}

/** Text of which half of the lines or more begin in the same way, without that; null where they do not. */
export function withoutPrefixes(text: string): string | null {
  const lines = text.split('\n');
  const kind = lines.map(prefixKind).find((each) => each !== null);
  if (kind === undefined || kind === null) return null;
  const rests = lines.map((line) => line.slice(linePrefix(line, kind)?.[0].length));
  const prefixed = rests.filter((rest, i) => rest.length < lines[i].length).length;
  return 2 * prefixed >= lines.filter((line) => line.trim() !== '').length ? rests.join('\n') : null;
}
