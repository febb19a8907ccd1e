import { strict as assert } from 'node:assert';
import type { PageData } from '#console/page/data.ts';
import { checkOutput } from '#test/cli/check-output.ts';
import type { Check } from '#test/e2e/harness/checks.ts';
import { startChromium } from '#test/e2e/harness/chromium.ts';
import { type RunningConsole, startConsole } from '#test/e2e/harness/console-command.ts';
import { same } from '#test/e2e/harness/probe.ts';
import type { System } from '#test/e2e/harness/system.ts';
import type { Scenario } from './scenario.ts';

const FLEET = 'watched';

/** Reads the data of the page, as a browser does. */
const dataAt = async (address: string): Promise<PageData> =>
  (await (await fetch(`${address}data`)).json()) as PageData;

const answers = async ({ address }: RunningConsole, check: Check): Promise<void> => {
  await check('it serves the page at its address, and nothing at another one', async () => {
    const page = await fetch(address);
    same(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.match(await page.text(), /<div id="root">/);
    const other = address.replace(/\/[^/]+\/$/, '/another-secret/');
    same((await fetch(`${other}data`)).status, 404);
  });
  await check('its data are those of the deployed groups', async () => {
    const { groups, controls } = await dataAt(address);
    const group = groups.find(({ name }) => name === FLEET);
    assert.ok(group?.status !== undefined, `${FLEET} is ${group?.unseen ?? 'not there'}`);
    assert.ok(group.marks.length > 0, 'no decision is a mark');
    same(controls?.user, 'ann');
    return `${groups.length} groups, ${group.marks.length} decisions of ${FLEET}`;
  });
};

const drive = async (
  { address }: RunningConsole,
  { tidegate }: Pick<System, 'tidegate'>,
  check: Check,
): Promise<void> => {
  const browser = await startChromium();
  if (browser === undefined) {
    await check('a browser', async () => 'skipped, for no Chromium is on the PATH');
    return;
  }
  try {
    const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(address);
    await page.locator('.numbers').waitFor();
    await check('Chromium shows the group, and tells a decision of it', async () => {
      await page.getByRole('button', { name: new RegExp(`^${FLEET}\\b`) }).click();
      await page.locator('.decisions li button').first().click();
      await page.getByRole('complementary', { name: 'Decision' }).locator('.byline').waitFor();
      await page.locator('.part.rules').waitFor();
      same(errors, []);
    });
    await check('a pause at the page is in force for the commands', async () => {
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      await page.getByLabel('reason').fill('a look at the database');
      await page.getByRole('button', { name: `Pause ${FLEET}` }).click();
      await page.locator('.answer').waitFor();
      const { groups } = await dataAt(address);
      const override = groups.find(({ name }) => name === FLEET)?.override;
      same([override?.kind, override?.by], ['pause', 'ann']);
      const said = await tidegate('resume', FLEET, '--reason', 'it was a test', '--stage', 'e2e');
      assert.match(said, new RegExp(FLEET));
    });
  } finally {
    await browser.close();
  }
};

const deployedConsole: Scenario = {
  name: 'the console of the deployment',
  run: async ({ proxy, table, tidegate }, _probe, check) => {
    let running: RunningConsole | undefined;
    await check('npx tidegate console prints its address', async () => {
      running = await startConsole(proxy.endpoint, table);
    });
    if (running === undefined) return;
    const { end } = running;
    try {
      await answers(running, check);
      await drive(running, { tidegate }, check);
    } finally {
      await check('Ctrl-C ends it, with one object for programs', async () => {
        const { code, stdout } = await end();
        same(code, 0);
        checkOutput(stdout);
      });
    }
  },
};

export const consoleOfDeployment: readonly Scenario[] = [deployedConsole];
