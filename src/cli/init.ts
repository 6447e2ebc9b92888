import { writeFile } from 'node:fs/promises';
import { SCHEMA_LINE } from '../config/writeConfig.ts';
import { refuseExisting } from './budget.ts';
import { fileError } from './fileSource.ts';
import { write, type Terminal } from './terminal.ts';

/** What a new config says: every key once, as a remark, so that it changes nothing until somebody wants it to. */
export const STARTER = `${SCHEMA_LINE}
#
# What each request, and each hop of it, may take. "hopline check traces.jsonl.gz" holds traces against it, and
# "hopline budget traces.jsonl.gz" proposes bounds from what was measured. In names, * stands for anything.

# theme: auto # or light, dark

# Rules before the built-in ones. Layers: client, edge, gateway, service, data.
# layers:
#   - { layer: gateway, hop: envoy-* }
#   - { layer: edge, resource: { cloud.provider: fastly } }

# A hop's name in the traces: its name here.
# renames:
#   catalogue-svc: catalog

# A request path's name here: the names in the traces that it stands for.
# groups:
#   GET /catalog/:id: [GET /v1/catalog/*, GET /v2/catalog/*]

# What holds of a hop on every path.
# hops:
#   catalog: { role: primary, note: business rules }

# Where a verdict changes, in percent of the bound.
# tolerances: { near: 90%, over: 100% }

# Bounds: a ceiling on the whole request, budgets on the own time of its hops and boundaries.
# paths:
#   GET /catalog/:id:
#     ceiling: { p50: 60ms, p99: 250ms }
#     hops:
#       catalog: { budget: { p50: 15ms } }
#     boundaries:
#       gateway → catalog: { budget: { p50: 2ms } }
`;

/** `hopline init`: a config to begin with. */
export async function init({ output }: { readonly output: string }, terminal: Terminal): Promise<void> {
  if (output === '-') return write(terminal.stdout, STARTER);
  await refuseExisting(output);
  await writeFile(output, STARTER, { flag: 'wx' }).catch((error: unknown) => {
    throw fileError(error, `cannot write ${output}`);
  });
  await write(terminal.stdout, `wrote ${output}\n`);
}
