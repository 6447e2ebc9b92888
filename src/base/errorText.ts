/** What was thrown, in words: anything may be. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
