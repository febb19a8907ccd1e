import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { hurriedTo } from '#test/e2e/harness/faults.ts';
import { alarmOf, same } from '#test/e2e/harness/probe.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { until } from '#test/e2e/harness/until.ts';
import { autoScalingGroupOf, type FleetName } from '../fleets.ts';
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
      restore = system.slack.answerWith(() => ({
        status: 500,
        body: 'no',
        headers: { 'retry-after': '1' },
      }));
      quick = system.proxy.inject(hurriedTo(0));
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
        // Older news may stand before that of this group in the line, and is then tried in its place.
        () => system.slack.posts.find(({ status }) => status === 500),
        10_000,
      );
      restore();
      await slackMessages('forgetful 2 → 4');
      quick();
    });
  },
};

const threads: Scenario = {
  name: 'an app of Slack, and mail by SES',
  run: async (system, { capacity, slackMessages, sweep }, check) => {
    const apiPosts = (method: string) =>
      system.slack.posts
        .filter(({ path }) => path === `/api/${method}`)
        .map(({ body }) => JSON.parse(body));
    await check('a change begins a thread, with a token of Secrets Manager', async () => {
      await putMetric(system, 'threaded', [40, 55, 82]);
      await system.alarms.raise(alarmOf('threaded'));
      await capacity('threaded', 4);
      await until('the app has spoken', () => apiPosts('chat.postMessage')[0], 15_000);
      const [post] = apiPosts('chat.postMessage');
      same(
        [post.channel, post.text, post.thread_ts],
        ['C0E2E0001', 'threaded scaled out from 2 to 4', undefined],
      );
      if (!/▁.*40 → 82 \(threshold 70\)/.test(JSON.stringify(post.blocks))) {
        throw new Error(`no sparkline: ${JSON.stringify(post.blocks)}`);
      }
    });
    await check('and has the chart of its metric', async () => {
      const [done] = await until(
        'the chart is in the thread',
        () => {
          const found = apiPosts('files.completeUploadExternal');
          return found.length > 0 ? found : undefined;
        },
        10_000,
      );
      const upload = system.slack.posts.find(({ path }) => path === '/upload');
      if (!upload?.body.includes('PNG')) throw new Error('no PNG was uploaded');
      same(done.channel_id, 'C0E2E0001');
    });
    await check('what follows is a reply, and the first message shows how it stands', async () => {
      await system.tidegate('pause', 'threaded', '--for', '10m', '--reason', 'a drill');
      await sweep();
      const [head] = await until(
        'the head was changed',
        () => {
          const found = apiPosts('chat.update');
          return found.length > 0 ? found : undefined;
        },
        15_000,
      );
      same(head.text, 'threaded was taken in hand');
      same(apiPosts('chat.postMessage')[1].thread_ts, head.ts);
      await slackMessages('threaded was taken in hand');
    });
    await check('SES has sent both as mail', async () => {
      await until(
        'two mails',
        async () => ((await system.sentBySes()) >= 2 ? true : undefined),
        10_000,
      );
    });
  },
};

/** Values of the last minutes, the newest last. */
const putMetric = async (
  { clients }: System,
  fleet: FleetName,
  values: readonly number[],
): Promise<void> => {
  await clients.cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: 'AWS/EC2',
      MetricData: values.map((Value, index) => ({
        MetricName: 'CPUUtilization',
        Value,
        Timestamp: new Date(Date.now() - (values.length - index + 1) * 60_000),
        Dimensions: [{ Name: 'AutoScalingGroupName', Value: autoScalingGroupOf(fleet) }],
      })),
    }),
  );
};

export const telling: readonly Scenario[] = [messages, alerts, threads, outage];
