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
/** Behind a container's name, also with --timestamps. */
const END = String.raw`(?: |(?=\r?$))(?:${TIME})?`;
/**
 * As stern prints them: a namespace or none, a pod, a container. Any words could be: a pod is told by the end that
 * Kubernetes gives its name, of letters that make no word, or a number in a StatefulSet.
 */
const STERN = String.raw`(?:[a-z\d-]+ )??[a-z\d][a-z\d.-]*-(?:[b-df-hj-np-tv-xz24-9]{5}|\d+) [a-z\d-]+`;
/** The group is the container's name. */
const OF_CONTAINERS = [
  new RegExp(String.raw`^([\w.-]+) *\|${END}`),
  new RegExp(String.raw`^(\[pod/[\w./-]+\])${END}`),
  new RegExp(`^(${STERN})${END}`),
  new RegExp(`^${TIME}`),
];
/** As RFC 3339 has it, and without a colon in its zone, as journalctl writes it. */
const ISO_TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)`;
/** Of a program's lines among those of others: the group is its name with its process, an instance or none. */
const OF_SYSTEM_LOGS = [
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? \S+ ([^\s:[\]]+(?:\[[^\s\]]+\])?): /,
  new RegExp(String.raw`^${ISO_TIME} (?:\S+ )?([^\s:[\]{}]+\[[^\s\]]+\]): `),
  new RegExp(String.raw`^<\d{1,3}>1 ${ISO_TIME} \S+ (\S+ \S+) \S+ (?:-|(?:\[[^\]]*\])+) `),
];
const LEVEL = /^[A-Z]+: (?=\{)/;

/** No prefix is longer: of names, a pod's and its container's are the longest. */
export const LONGEST_PREFIX = 200;

/**
 * The prefix with which a line begins; null where it has none.
 *
 *     app-1  | {                                docker compose logs, also with --timestamps
 *     [pod/app-7d9f/app] {                      kubectl logs --prefix, also with --timestamps
 *     shop app-7d9f-x2x4v app {                 stern, the namespace with -A only, also with --timestamps
 *     2024-05-01T12:00:00.123456789Z {          kubectl logs --timestamps, docker logs --timestamps
 *     May 01 12:00:00 host app[12]: {           journalctl, syslog (RFC 3164)
 *     2024-05-01T12:00:00+0000 host app[12]: {  journalctl -o short-iso; without the host, heroku logs
 *     <134>1 2024-05-01T12:00:00Z host app 12 - - {          syslog (RFC 5424)
 *     INFO: {                                   java.util.logging, which has other lines in between
 */
export function linePrefix(line: string): LinePrefix | null {
  const start = line.slice(0, LONGEST_PREFIX);
  for (const pattern of OF_SYSTEM_LOGS) {
    const [prefix, name = ''] = pattern.exec(start) ?? [];
    if (prefix !== undefined) return { length: prefix.length, name, isOfContainer: false };
  }
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
