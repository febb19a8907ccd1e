import { expect, test } from '@jest/globals';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import { sendToSlack } from '#channels/slack.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { aNotifyWorld, anOutcomeOf, SLACK } from '#test/support/notify-world.ts';
import { type Answer, answer, CANARY, hangUp, startSlack } from '#test/support/slack-server.ts';

/** Everything that leaves the use case when Slack answers so: notes, and what becomes of the message. */
const told = async (reply: Answer, secret: (origin: string) => string) => {
  const slack = await startSlack(reply, reply);
  const readSecret = async () => secret(slack.origin);
  const send = sendToSlack({ fetch, readSecret });
  const { world, ports } = aNotifyWorld({ channels: [{ ...SLACK, origins: [slack.origin] }] });
  try {
    const dispositions = await notifyOperators({
      ...ports,
      send: (channel: Channel, message) => send(channel as typeof SLACK, message),
    })([anOutcomeOf('failed')]);

    const errors = dispositions.map((each) => (each.kind === 'retry' ? each.error : each));
    return {
      told: [world.notes, errors.map((each) => inspectAll(each))],
      requests: slack.requests,
    };
  } finally {
    await slack.stop();
  }
};

/** Message, stack and causes of an error, as a log might print them. */
const inspectAll = (value: unknown): unknown =>
  value instanceof Error ? [value.message, value.stack, inspectAll(value.cause)] : value;

const good = (origin: string) => `${origin}/services/${CANARY}`;

test.each([
  ['takes the message', answer(200, 'ok'), good, 1],
  ['repeats the address in a refusal', answer(404, `/services/${CANARY}`), good, 1],
  ['repeats the address in a failure', answer(500, `/services/${CANARY}`), good, 1],
  ['redirects to it', answer(302, '', { location: `/services/${CANARY}` }), good, 1],
  ['hangs up', hangUp, good, 1],
  ['is somewhere else', answer(200), () => `https://evil.example/${CANARY}`, 0],
  ['has an address that is none', answer(200), () => `not a url ${CANARY}`, 0],
] as const)(
  'no log and no error holds the webhook when Slack %s',
  async (_, reply, secret, calls) => {
    const { told: everything, requests } = await told(reply, secret);

    expect(requests).toHaveLength(calls);
    expect(JSON.stringify(everything)).toContain('web-17');
    expect(JSON.stringify(everything)).not.toMatch(/canary-7f3a9c|T0000|B0000/);
  },
);
