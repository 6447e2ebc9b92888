/**
 * Where something was seen first: a source's name, with a line (from 1) or a byte offset (from 0, after decompression);
 * what shows only when spans stand together, in which trace.
 */
export interface Place {
  readonly source?: string;
  readonly line?: number;
  readonly byte?: number;
  /** 32 hex digits. */
  readonly trace?: string;
}

/** `traces.jsonl, line 12` · `traces.pb, byte 310` · `traces.jsonl, trace 0af7651916cd43dd8448eb211c80319c`; empty for null. */
export function placeText(place: Place | null): string {
  if (place === null) return '';
  const { source, line, byte, trace } = place;
  const within = line !== undefined ? `line ${line}` : byte !== undefined ? `byte ${byte}` : undefined;
  return [source, within, trace === undefined ? undefined : `trace ${trace}`]
    .filter((part) => part !== undefined)
    .join(', ');
}

/**
 * Something about the input that was repaired, left out or could not be read. A million bad spans are one Issue
 * with a count. A bug is not an Issue (see assert.ts), and nothing usable at all is an InputError.
 */
export interface Issue {
  /** Kebab-case, stable: `invalid-id`, `truncated`, `bad-json` ... */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence for a person: what it is and what was done about it. */
  readonly message: string;
  readonly count: number;
  readonly firstAt: Place | null;
}

/** Nothing usable: shown on the page as it is, exit code 2 in the CLI. The message is one clear sentence. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Collects issues by code, in the order in which each code was first seen. */
export class IssueLog {
  readonly #byCode = new Map<string, { -readonly [K in keyof Issue]: Issue[K] }>();

  /** The first message and place of a code stay; later ones only count. */
  add(code: string, severity: Issue['severity'], message: string, firstAt: Place | null = null, count = 1): void {
    const known = this.#byCode.get(code);
    if (known) known.count += count;
    else this.#byCode.set(code, { code, severity, message, count, firstAt });
  }

  count(code: string): number {
    return this.#byCode.get(code)?.count ?? 0;
  }

  /** Some of the input was not read, or was left out. */
  get hasErrors(): boolean {
    return [...this.#byCode.values()].some(({ severity }) => severity === 'error');
  }

  list(): Issue[] {
    return [...this.#byCode.values()].map((issue) => ({ ...issue }));
  }
}
