import { InputError } from '../../base/issues.ts';
import type { NamedText } from '../../protocol.ts';

/** What is wrong with a config, with its line and column; null where it can be used. */
export async function configFault({ text, name }: NamedText): Promise<string | null> {
  const { parseConfig } = await import('../../config/configFile.ts');
  try {
    parseConfig(text, name);
    return null;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
