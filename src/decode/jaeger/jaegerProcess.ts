import type { JsonObject } from '../items/jsonValue.ts';
import type { PlainAttribute } from '../items/plainSpan.ts';
import { jaegerTags } from './jaegerTags.ts';

/** How Jaeger's own clients name their language in `jaeger.version`, and how OpenTelemetry names it. */
const LANGUAGES: Readonly<Record<string, string>> = {
  Go: 'go',
  Java: 'java',
  Node: 'nodejs',
  Python: 'python',
  'C++': 'cpp',
  CSharp: 'dotnet',
  PHP: 'php',
};

/**
 * A process as the attributes of a resource.
 *
 *     {"serviceName":"cart","tags":[jaeger.version=Go-2.30.0]}   →   service.name=cart · jaeger.version=Go-2.30.0 · telemetry.sdk.language=go
 */
export function processAttributes({ serviceName, tags }: JsonObject): PlainAttribute[] {
  const attributes = [{ key: 'service.name', value: serviceName }, ...jaegerTags(tags)];
  const client = attributes.find(({ key }) => key === 'jaeger.version')?.value;
  const language = typeof client === 'string' ? LANGUAGES[client.replace(/-[^-]*$/, '')] : undefined;
  const isTold = attributes.some(({ key }) => key === 'telemetry.sdk.language');
  return isTold ? attributes : [...attributes, { key: 'telemetry.sdk.language', value: language }];
}
