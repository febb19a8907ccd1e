import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Channel } from '#domain/configuration/channel.ts';

/** The section of docs/notify.md that tells how a kind of channel is set up, and the key of `tidegate.yml` that it names. */
const SECTIONS: Readonly<Record<Channel['kind'], readonly [heading: string, key: string]>> = {
  slack: ['Slack', '`slack`'],
  'slack-bot': ['Slack with threads', '`slackBot`'],
  teams: ['Microsoft Teams', '`teams`'],
  webhook: ['A webhook of your own', '`webhook`'],
  pagerduty: ['PagerDuty', '`pagerduty`'],
  email: ['E-mail', '`email`'],
  mail: ['E-mail', '`from`'],
};

const page = readFileSync('docs/notify.md', 'utf8');

/** From the heading to the next one. */
const textUnder = (heading: string): string => {
  const [, text = ''] = page.split(`\n### ${heading}\n`);
  return text.split(/\n#{2,3} /)[0] ?? '';
};

test.each(Object.entries(SECTIONS))(
  'docs/notify.md tells how to set up %s',
  (_, [heading, key]) => {
    expect(textUnder(heading)).toContain(key);
  },
);
