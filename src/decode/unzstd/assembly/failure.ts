/** The block is damaged. Nothing returns whether it went well: what goes wrong leaves from any depth. */
export function fail(): void {
  unreachable();
}
