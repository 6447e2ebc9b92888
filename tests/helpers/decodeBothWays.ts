import { expect } from 'vitest';
import { decode, type Decoded, type DecodeInput } from './otlpDecode.ts';
import { tableContent } from './otlpTable.ts';

/**
 * With the kernel and without it: whatever the bytes are, both come to the same. Only how far was read when a limit was
 * reached is another matter: the kernel's spans come by the batch.
 */
export async function decodeBothWays(content: Uint8Array | string, input: DecodeInput = {}): Promise<Decoded> {
  const fast = await decode(content, input);
  const plain = await decode(content, { ...input, kernel: null });
  expect(outcome(fast)).toEqual(outcome(plain));
  return fast;
}

function outcome({ table, issues, ...rest }: Decoded) {
  const placed = issues.map((issue) => (issue.code === 'limit' ? { ...issue, firstAt: null } : issue));
  return { ...rest, issues: placed, content: tableContent(table) };
}
