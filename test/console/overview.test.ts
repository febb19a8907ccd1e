import { describe, expect, test } from '@jest/globals';
import type { DeploymentSeen } from '#console/page/deployments.ts';
import { createOverview, type DeploymentReading } from '#console/source/overview.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const SECOND = 1_000;
const SEEN: DeploymentSeen = {
  at: NOON,
  counts: { groups: 1, unseen: 0, incidents: 0, firing: 0, held: 0, atMax: 0, atMin: 0 },
  left: 0,
  notices: [],
};

/** Deployments whose reads the test ends, at a time that the test says. */
const watch = (...names: readonly string[]) => {
  let time = NOON;
  const begun: string[] = [];
  const ends = new Map<string, (reading: DeploymentReading) => void>();
  const look = createOverview({
    title: 'Tidegate',
    subtitle: 'some deployments',
    now: () => time,
    deployments: names.map((name) => ({
      name,
      place: `in the Region of ${name}`,
      read: () => {
        begun.push(name);
        return new Promise((resolve) => ends.set(name, resolve));
      },
    })),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    begun,
    look,
    at: (later: number) => {
      time = NOON + later;
    },
    end: async (name: string, reading: DeploymentReading = { seen: SEEN }) => {
      ends.get(name)?.(reading);
      await settled();
    },
  };
};
const many = Array.from({ length: 20 }, (_, index) => `d${index}`);

describe('the front page', () => {
  test('answers at once with what is known, and reads nothing before somebody looks', async () => {
    const { begun, look, end } = watch('eu', 'us');
    expect(begun).toEqual([]);

    const first = await look();
    await end('us', { place: 'stage prod', seen: SEEN });
    const second = await look();

    expect(begun).toEqual(['eu', 'us']);
    expect(first.deployments).toEqual([
      { name: 'eu', place: 'in the Region of eu' },
      { name: 'us', place: 'in the Region of us' },
    ]);
    expect(second.deployments).toEqual([
      { name: 'eu', place: 'in the Region of eu' },
      { name: 'us', place: 'stage prod', seen: SEEN },
    ]);
  });

  test('reads a deployment again a minute after its last read has ended, and never twice at a time', async () => {
    const { begun, look, at, end } = watch('eu');
    await look();
    at(minutes(5));
    await look();
    expect(begun).toEqual(['eu']);

    await end('eu');
    at(minutes(6) - 1);
    await look();
    expect(begun).toEqual(['eu']);

    at(minutes(6));
    await look();
    expect(begun).toEqual(['eu', 'eu']);
  });

  test('reads eight deployments at a time, and the next one when one has ended', async () => {
    const { begun, look, end } = watch(...many);
    await look();
    await look();
    expect(begun).toEqual(many.slice(0, 8));

    await end('d3');
    expect(begun).toEqual(many.slice(0, 9));
  });

  test('reads no further once nobody has looked for ten seconds', async () => {
    const { begun, look, at, end } = watch(...many);
    await look();
    at(11 * SECOND);
    await end('d3');

    expect(begun).toEqual(many.slice(0, 8));
  });

  test('shows the failure of one beside what was seen of it before, and the others as ever', async () => {
    const { look, at, end } = watch('eu', 'us');
    const failure = { message: 'AWS does not allow it', help: 'sign in' };
    await look();
    await end('eu', { place: 'stage prod', seen: SEEN });
    await end('us', { failure });
    at(minutes(1));
    await look();
    await end('eu', { place: 'stage prod', failure });

    expect((await look()).deployments).toEqual([
      { name: 'eu', place: 'stage prod', seen: SEEN, failure },
      { name: 'us', place: 'in the Region of us', failure },
    ]);
  });

  test('forgets a failure once it sees the deployment again', async () => {
    const { look, at, end } = watch('eu');
    await look();
    await end('eu', { failure: { message: 'no answer' } });
    at(minutes(1));
    await look();
    await end('eu', { place: 'stage prod', seen: SEEN });

    expect((await look()).deployments).toEqual([{ name: 'eu', place: 'stage prod', seen: SEEN }]);
  });
});
