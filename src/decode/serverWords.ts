/** Of what a server said, as much is repeated in a message. Longer than any sentence. */
export const MOST_SERVER_WORDS = 500;

export function serverWords(text: string): string {
  return `“${text.slice(0, MOST_SERVER_WORDS)}”`;
}
