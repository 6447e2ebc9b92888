/** When traces began, from ISO 8601: the times of day, with their dates where these are not all the same. */
export function startTexts(startedAt: readonly string[]): string[] {
  const days = new Set(startedAt.map((start) => start.slice(0, 10)));
  return startedAt.map((start) => (days.size > 1 ? start.slice(0, 23).replace('T', ' ') : start.slice(11, 23)));
}
