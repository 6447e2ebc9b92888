import { expect, test } from 'vitest';
import { analyse } from '../../src/analyse/analyse.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { traceText } from '../helpers/traceText.ts';

test.each([0, 1, 2, 3])(
  'analyse draws a line to each of 600 services that a span of the root calls unrecorded, %i databases before them',
  (databases) => {
    const calls = Array.from({ length: databases }, (_, i) => `  web q 0..1 client [db.system=db${i}]`);
    const children = Array.from({ length: 600 }, (_, i) => `  s${i} work ${i}..${i + 1} server`);
    const table = traceText(['web GET 0..600 server', ...calls, ...children].join('\n'));
    const [path] = analyse(table, NO_CONFIG).paths;
    expect(path.boundaries.filter((line) => line.from === 'web' && !line.isAsync && line.traces === 1)).toHaveLength(
      600 + databases,
    );
  },
);
