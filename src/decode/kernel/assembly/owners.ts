import { stopFull } from './failure.ts';
import {
  RESOURCE_OFFSET,
  RESOURCE_SHAPE,
  SCOPE_NAME,
  SCOPE_OFFSET,
  SCOPE_SHAPE,
  SCOPE_VERSION,
  SLOTS,
} from './layout.ts';

/**
 * Resources and scopes. Slot 0 is that of the host: spans that are read by themselves (E2) belong to the resource and
 * scope that the host has open. One that an element does not have is a slot of its own, which stays empty.
 */

export let resourceCount: u32 = 1;
export let scopeCount: u32 = 1;

/** An empty one: its attributes may come behind its spans. */
export function openResource(): u32 {
  if (resourceCount === SLOTS) stopFull();
  setResource(resourceCount, 0, 0);
  return resourceCount++;
}

export function setResource(slot: u32, shape: u32, offset: u32): void {
  store<u32>(RESOURCE_SHAPE + (slot << 2), shape);
  store<u32>(RESOURCE_OFFSET + (slot << 2), offset);
}

export function openScope(): u32 {
  if (scopeCount === SLOTS) stopFull();
  setScope(scopeCount, 0, 0, 0, 0);
  return scopeCount++;
}

export function setScope(slot: u32, shape: u32, offset: u32, name: u32, version: u32): void {
  const at = slot << 2;
  store<u32>(SCOPE_SHAPE + at, shape);
  store<u32>(SCOPE_OFFSET + at, offset);
  store<u32>(SCOPE_NAME + at, name);
  store<u32>(SCOPE_VERSION + at, version);
}

export function rollBackOwners(resources: u32, scopes: u32): void {
  resourceCount = resources;
  scopeCount = scopes;
}
