/** What stands before a line's own text, put there by a tool that collected it or by a logger. */
export interface LinePrefix {
  readonly length: number;
  /** The container's; empty where the tool does not say it. */
  readonly name: string;
  /** Of a tool that puts one before every line. */
  readonly isOfContainer: boolean;
}

/** RFC 3339, as Go prints it. */
const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)(?: |(?=\r?$))`;
/** The group is the container's name. */
const OF_CONTAINERS = [
  new RegExp(String.raw`^([\w.-]+) *\|(?: |(?=\r?$))(?:${TIME})?`),
  new RegExp(String.raw`^(\[pod/[\w./-]+\])(?: |(?=\r?$))(?:${TIME})?`),
  new RegExp(`^${TIME}`),
];
const LEVEL = /^[A-Z]+: (?=\{)/;

/** No prefix is longer: of names, a pod's and its container's are the longest. */
export const LONGEST_PREFIX = 200;

/**
 * The prefix with which a line begins; null where it has none.
 *
 *     app-1  | {                                docker compose logs, also with --timestamps
 *     [pod/app-7d9f/app] {                      kubectl logs --prefix, also with --timestamps
 *     2024-05-01T12:00:00.123456789Z {          kubectl logs --timestamps, docker logs --timestamps
 *     INFO: {                                   java.util.logging, which has other lines in between
 */
export function linePrefix(line: string): LinePrefix | null {
  const start = line.slice(0, LONGEST_PREFIX);
  for (const pattern of OF_CONTAINERS) {
    const [prefix, name = ''] = pattern.exec(start) ?? [];
    if (prefix !== undefined) return { length: prefix.length, name, isOfContainer: true };
  }
  const level = LEVEL.exec(start);
  return level && { length: level[0].length, name: '', isOfContainer: false };
}

/** The lines that have a prefix, without it: any number of others may stand around them. */
export function linesBehindPrefixes(text: string): string {
  const lines = text.split('\n').map((line) => line.slice(linePrefix(line)?.length ?? line.length));
  return lines.filter((line) => line !== '').join('\n');
}
