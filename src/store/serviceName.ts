import type { StringTable } from '../base/strings.ts';
import { AttributeLookup, type Attributes } from './attributes.ts';

/** What a service without a name is called (OpenTelemetry resource conventions). */
const UNKNOWN_SERVICE = 'unknown_service';

/** Per resource, the string id of `service.namespace + " / " + service.name` (design: analysis, section 3). */
export function resourceServices(
  attributes: Attributes,
  resources: { readonly count: number; readonly shape: Uint32Array; readonly offset: Uint32Array },
  strings: StringTable,
): Uint32Array {
  const lookup = new AttributeLookup(attributes, ['service.namespace', 'service.name']);
  const services = new Uint32Array(resources.count);
  for (let slot = 0; slot < resources.count; slot++) {
    const shape = resources.shape[slot];
    const offset = resources.offset[slot];
    const namespace = lookup.text(shape, offset, 'service.namespace');
    const name = lookup.text(shape, offset, 'service.name') ?? UNKNOWN_SERVICE;
    services[slot] = strings.intern(namespace === undefined ? name : `${namespace} / ${name}`);
  }
  return services;
}
