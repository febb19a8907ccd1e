import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { readPage } from '#console/serve/bundle.ts';
import { startServer } from '#console/serve/server.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { startLiveDay } from '#simulator/console/live-day.ts';
import type { Check } from '#test/e2e/harness/checks.ts';
import { startChromium } from '#test/e2e/harness/chromium.ts';
import type { Scenario } from './scenario.ts';

const RULES = 'simulator/day/tidegate.yml';
const PICTURES = '.tidegate/e2e/console';
/** Widths of a desk, a tablet and a phone. */
const WIDTHS = [1_440, 768, 390];

/** A live day of a simulated fleet. */
export const beginDay = () => {
  const rules = readFileSync(RULES, 'utf8');
  const parsed = parseConfiguration(rules, { file: RULES, prefix: 'tidegate-dev' });
  assert.ok(parsed.ok);
  return startLiveDay({
    configuration: parsed.value,
    rules,
    load: undefined,
    seed: 1,
    speed: 300,
    user: 'ann',
    subtitle: 'built-in rules, load day, seed 1',
  });
};

/** A live day, served as `npm start -- --console` does. */
const serveDay = async () => {
  const day = beginDay();
  const server = await startServer(day.source, {
    title: 'Tidegate, live',
    everyMs: 300,
    assets: await readPage(),
    port: 0,
  });
  const close = async (): Promise<void> => {
    day.end();
    await server.close();
    await day.over;
  };
  return { address: server.address, close };
};

export const textOf = async (place: Locator): Promise<string> => (await place.textContent()) ?? '';

const numberOf = async (page: Page, name: string): Promise<number> =>
  Number(await textOf(page.locator('.numbers div', { hasText: name }).locator('dd')));

/** Waits until more instances serve; throws after twenty seconds. */
const grown = async (page: Page, least: number): Promise<void> => {
  for (let look = 0; look < 200; look += 1) {
    if ((await numberOf(page, 'serving')) > least) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`no more than ${least} instances serve`);
};

const drive = async (page: Page, check: Check): Promise<void> => {
  await check('a spike is caused, and added instances appear', async () => {
    await page.getByRole('button', { name: 'Spike' }).click();
    const before = await numberOf(page, 'serving');
    await grown(page, before);
    await page.locator('button.mark.out').last().waitFor();
    return `${before} served, then ${await numberOf(page, 'serving')}`;
  });

  await check('a mark opens its story, by pointer and by keyboard', async () => {
    const mark = page.locator('button.mark.out').last();
    const id = (await mark.getAttribute('id'))?.replace('mark-', '') ?? '';
    await mark.focus();
    await page.keyboard.press('Enter');
    const story = page.getByRole('complementary', { name: 'Decision' });
    await story.locator('.part.rules').waitFor();
    assert.ok((await textOf(story.locator('.byline'))).startsWith(`${id}, decided at `));
    assert.match(await textOf(story.locator('.part.then')), /AWS agreed/);
    await mark.focus();
    await page.keyboard.press('ArrowLeft');
    assert.match((await page.locator(':focus').getAttribute('class')) ?? '', /^mark /);
    await page.keyboard.press('Escape');
    return id;
  });

  await check('a pause holds the group, under the name of who set it', async () => {
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByLabel('reason').fill('a look at the database');
    await page.getByRole('button', { name: 'Pause web' }).click();
    await page.locator('.badge', { hasText: 'paused' }).waitFor();
    const said = await textOf(page.locator('.override'));
    assert.match(said, /paused by ann until .*: a look at the database/);
    return said;
  });

  await check('the list is filtered by outcome', async () => {
    const rows = page.locator('.decisions li');
    await page.getByRole('button', { name: 'stop' }).click();
    await page.getByRole('checkbox', { name: /^held/ }).uncheck();
    assert.equal(await page.locator('.decisions li.held').count(), 0);
    const shown = await rows.count();
    await page.getByRole('checkbox', { name: /^held/ }).check();
    assert.ok((await rows.count()) > shown);
  });
};

/** Looks whether the page fits a desk, a tablet and a phone, light and dark, and keeps a picture of each. */
export const picture = async (page: Page, prefix = ''): Promise<string> => {
  await mkdir(PICTURES, { recursive: true });
  for (const width of WIDTHS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
      await page.locator('header.top').scrollIntoViewIfNeeded();
      await page.waitForTimeout(150);
      await page.screenshot({ path: join(PICTURES, `${prefix}${width}-${colorScheme}.png`) });
      const widest = await page
        .locator('html')
        .evaluate((element) => (element as unknown as { scrollWidth: number }).scrollWidth);
      assert.ok(widest <= width, `at ${width} px the page is ${widest} px wide`);
    }
  }
  return PICTURES;
};

const run = async (check: Check): Promise<void> => {
  const browser = await startChromium();
  if (browser === undefined) {
    await check('a browser', async () => 'skipped, for no Chromium is on the PATH');
    return;
  }
  const { address, close } = await serveDay();
  try {
    const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
    const [errors, strangers]: [string[], string[]] = [[], []];
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (said) => {
      if (said.type() === 'error') errors.push(said.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(address)) strangers.push(request.url());
    });
    await page.goto(address);
    await page.locator('.numbers').waitFor();
    await drive(page, check);
    await check('it fits a desk, a tablet and a phone, light and dark', () => picture(page));
    await check('nothing was asked of anybody else, and nothing failed', async () => {
      assert.deepEqual({ errors, strangers }, { errors: [], strangers: [] });
    });
  } finally {
    await browser.close();
    await close();
  }
};

/** The live page in a real browser; it needs nothing of the deployed system. */
export const consolePage: readonly Scenario[] = [
  { name: 'the console in Chromium', run: (_system, _probe, check) => run(check) },
];
