import { expect, test } from 'vitest';
import { analyse } from '../../src/analyse/analyse.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { traceText } from '../helpers/traceText.ts';

test.each([1, 30, 64, 100, 300])(
  'analyse draws a line to each of %i services that a span of the root calls unrecorded',
  (services) => {
    const children = Array.from({ length: services }, (_, i) => `  s${i} work ${i}..${i + 1} server`);
    const table = traceText([`web GET 0..${services} server`, ...children].join('\n'));
    const [path] = analyse(table, NO_CONFIG).paths;
    const lines = path.boundaries.filter((line) => line.from === 'web' && line.traces === 1);
    expect(lines).toHaveLength(services);
  },
);
