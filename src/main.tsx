import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { keepFocus } from './app/input/keepFocus.ts';
import { followHash } from './app/state/followHash.ts';
import { followPercentile } from './app/state/followPercentile.ts';
import { hopline } from './app/state/hoplineStore.ts';
import { keepBudgets } from './app/state/keptBudgets.ts';
import { followTheme } from './app/theme/followTheme.ts';
import { assert } from './base/assert.ts';

const place = document.getElementById('app');
assert(place !== null, 'index.html has no #app');

followTheme(hopline);
followHash(hopline);
followPercentile(hopline);
keepBudgets(hopline, () => localStorage);
keepFocus();
createRoot(place).render(<App />);
void hopline.getState().openDemo();
