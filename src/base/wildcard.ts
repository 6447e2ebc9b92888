/** What a text is held against; a RegExp is one too. */
export interface Pattern {
  test(text: string): boolean;
}

/**
 * A pattern as people write it: `*` stands for any run of characters, also for none, and everything else for itself.
 *
 *     GET /catalog/*   matches   GET /catalog/:id   GET /catalog/
 *     *-worker         matches   mail-worker        not: worker
 *
 * In linear time, whatever the pattern: a RegExp of many `.*` would take its time on a long name.
 */
export function wildcard(pattern: string): Pattern {
  const [start = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) return { test: (text) => text === pattern };
  return {
    test(text) {
      const last = text.length - end.length;
      if (last < start.length || !text.startsWith(start) || !text.endsWith(end)) return false;
      // The earliest place for each part leaves the most room for the next.
      let from = start.length;
      for (const part of parts) {
        const at = text.indexOf(part, from);
        if (at < 0 || at + part.length > last) return false;
        from = at + part.length;
      }
      return true;
    },
  };
}

export function isWildcard(text: string): boolean {
  return text.includes('*');
}
