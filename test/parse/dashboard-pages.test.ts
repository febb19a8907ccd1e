import { expect, test } from '@jest/globals';
import { parseDashboardPages } from '#parse/dashboard-pages.ts';

test.each([
  ['tidegate-prod', [{ name: 'tidegate-prod' }]],
  [
    'tidegate-prod tidegate-prod-2:web',
    [{ name: 'tidegate-prod' }, { name: 'tidegate-prod-2', from: 'web' }],
  ],
  ['off', []],
])('the variable DASHBOARD_NAMES %j is read', (text, pages) => {
  expect(parseDashboardPages(text)).toEqual(pages);
});
