import { strict as assert } from 'node:assert';
import type { Page } from 'playwright-core';
import { readPage } from '#console/serve/bundle.ts';
import { startServerOfSeveral } from '#console/serve/server.ts';
import { createOverview, type DeploymentReading } from '#console/source/overview.ts';
import type { PageSource } from '#console/source/page-source.ts';
import { countGroups, newestChangeIn } from '#domain/status/count-groups.ts';
import type { Check } from '#test/e2e/harness/checks.ts';
import { startChromium } from '#test/e2e/harness/chromium.ts';
import { beginDay, picture, textOf } from './console.ts';
import type { Scenario } from './scenario.ts';

/** The look at a live day for the front page, as if its morning were now. */
const readDay = async ({ look }: PageSource): Promise<DeploymentReading> => {
  const { groups, notices, now } = await look();
  const later = Date.now() - now;
  const seen = groups.flatMap(({ status }) => status ?? []);
  const change = newestChangeIn(seen);
  const line = { at: now + later, counts: countGroups(seen), left: 0, notices };
  return {
    seen:
      change === undefined ? line : { ...line, lastChange: { ...change, at: change.at + later } },
  };
};

/** Two deployments, as `tidegate console --all` serves them; the second one gives no answer. */
const serveTwo = async () => {
  const day = beginDay();
  const refusal = {
    message: 'AWS does not allow it: AccessDenied',
    help: 'docs/cli.md lists them',
  };
  const away = async () => {
    throw new Error(`${refusal.message}; ${refusal.help}`);
  };
  const front = createOverview({
    title: 'Tidegate',
    subtitle: '2 deployments of deployments.yml',
    now: Date.now,
    deployments: [
      { name: 'eu', place: 'in eu-west-1', read: () => readDay(day.source) },
      { name: 'us', place: 'in us-east-1', read: async () => ({ failure: refusal }) },
    ],
  });
  const pages = new Map<string, PageSource>([
    ['eu', day.source],
    ['us', { look: away, tell: away, act: away }],
  ]);
  const server = await startServerOfSeveral(
    { front, pages },
    { title: 'Tidegate', everyMs: 300, assets: await readPage(), port: 0 },
  );
  const close = async (): Promise<void> => {
    day.end();
    await server.close();
    await day.over;
  };
  return { address: server.address, close };
};

const driveFront = async (page: Page, address: string, check: Check): Promise<void> => {
  await check(
    'the front page shows each deployment, and one without an answer harms no other',
    async () => {
      await page.goto(address);
      const [eu, us] = ['eu', 'us'].map((name) =>
        page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) }),
      );
      assert.ok(eu !== undefined && us !== undefined);
      await eu.getByText(/^1 group.*; seen /).waitFor();
      await us.getByText('No answer: AWS does not allow it: AccessDenied').waitFor();
      await us.getByText('What to do: docs/cli.md lists them').waitFor();
      assert.equal(await textOf(page.locator('.for-readers')), 'To look at: us no answer');
      return textOf(eu);
    },
  );

  await check('its links lead to the page of a deployment and back, by keyboard', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.numbers').waitFor();
    assert.match(page.url(), /\/deployments\/eu\/$/);
    assert.equal(await page.title(), 'eu · Tidegate');
    await page.getByRole('link', { name: 'All deployments' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'us', exact: true }).click();
    await page.getByText('AWS does not allow it: AccessDenied; docs/cli.md lists them').waitFor();
    await page.getByRole('link', { name: 'All deployments' }).click();
    await page.getByRole('link', { name: 'eu', exact: true }).waitFor();
  });
};

const runFront = async (check: Check): Promise<void> => {
  const browser = await startChromium();
  // The scenario of one fleet says that there is none.
  if (browser === undefined) return;
  const { address, close } = await serveTwo();
  try {
    const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await driveFront(page, address, check);
    await check('it fits a desk, a tablet and a phone, too', () => picture(page, 'several-'));
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    await close();
  }
};

/** The console of two deployments in a real browser; it needs nothing of the deployed system. */
export const consoleOfSeveral: readonly Scenario[] = [
  {
    name: 'the console of several deployments in Chromium',
    run: (_system, _probe, check) => runFront(check),
  },
];
