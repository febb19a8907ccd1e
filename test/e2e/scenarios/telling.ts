import { hurried } from '../harness/faults.ts';
import { alarmOf, same } from '../harness/probe.ts';
import { until } from '../harness/until.ts';
import type { Scenario } from './scenario.ts';

const messages: Scenario = {
  name: 'messages',
  run: async (system, { slackMessages }, check) => {
    const sentence = 'web 2 → 4: cpu-high: cpu > 70 for 1m';
    await check('Slack hears of a change once, with its sentence', async () => {
      const posts = await slackMessages('web 2 → 4');
      same(posts.length, 1);
      const { text, blocks } = JSON.parse(posts[0]?.body ?? '{}');
      if (!JSON.stringify(blocks).includes(sentence.replace('>', '&gt;'))) {
        throw new Error(`the message does not say "${sentence}": ${JSON.stringify(blocks)}`);
      }
      return text;
    });
    await check('e-mail hears of it once, with its sentence', async () => {
      const mails = await until(
        'a mail about web',
        async () => {
          const found = (await system.mailbox()).filter(({ text }) => text.includes(sentence));
          return found.length > 0 ? found : undefined;
        },
        10_000,
      );
      same(mails.length, 1);
      return mails[0]?.subject;
    });
  },
};

const alerts: Scenario = {
  name: 'alerts',
  run: async ({ alarms }, { desired, slackMessages }, check) => {
    await check('people hear of an alert, by its name and its condition', async () => {
      await alarms.raise(alarmOf('quiet', 'alert-hot'));
      const posts = await slackMessages('quiet: hot needs a look');
      same(posts.length, 1);
      if (!posts[0]?.body.includes('cpu &gt; 95 for 1m')) throw new Error(posts[0]?.body);
    });
    await check('and it scales nothing', async () => same(await desired('quiet'), 2));
    await check('they hear of its end', async () => {
      await alarms.raise(alarmOf('quiet', 'alert-hot'), 'OK');
      same((await slackMessages('quiet: hot is over')).length, 1);
    });
  },
};

const outage: Scenario = {
  name: 'an outage of Slack',
  run: async (system, { capacity, slackMessages }, check) => {
    const alarm = alarmOf('forgetful');
    let restore = (): void => undefined;
    let quick = (): void => undefined;
    await check('delays no scaling', async () => {
      restore = system.slack.answerWith(() => ({ status: 500, body: 'no' }));
      quick = system.proxy.inject(hurried);
      await system.alarms.raise(alarm);
      await capacity('forgetful', 4, 2_000);
    });
    await check('delays no e-mail', async () => {
      await until(
        'a mail about forgetful',
        async () => (await system.mailbox()).find(({ text }) => text.includes('forgetful 2 → 4')),
        10_000,
      );
    });
    await check('is over, and what was held up arrives', async () => {
      await until(
        'Slack was tried',
        () =>
          system.slack.posts.find(
            ({ status, body }) => status === 500 && body.includes('forgetful'),
          ),
        10_000,
      );
      restore();
      await slackMessages('forgetful 2 → 4');
      quick();
    });
  },
};

export const telling: readonly Scenario[] = [messages, alerts, outage];
