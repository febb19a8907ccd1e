import type { DashboardPage } from '#domain/notify/dashboard-page.ts';

/**
 * The dashboards of the deployment, from the variable `DASHBOARD_NAMES`: `tidegate-prod tidegate-prod-2:web` are two, and `web`
 * is the first group on the second. A deployment that makes none has `off`.
 */
export const parseDashboardPages = (text: string): readonly DashboardPage[] =>
  text === 'off'
    ? []
    : text.split(' ').map((word) => {
        const colon = word.indexOf(':');
        return colon === -1
          ? { name: word }
          : { name: word.slice(0, colon), from: word.slice(colon + 1) };
      });
