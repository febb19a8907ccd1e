import { expect, test } from '@jest/globals';
import { observePeers } from '#app/capacity/observe-peers.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { aGroup, aGroupState } from '#test/support/builders.ts';

const standingIn = (name: string, autoScalingGroup: string): Group =>
  aGroup({ name, standby: { of: { region: 'eu-west-1', autoScalingGroup }, minPercent: 60 } });

test('a peer whose name is longer than AWS allows is not asked for, so that the others are', async () => {
  const asked: (readonly string[])[] = [];
  const long = 'w'.repeat(256);
  const peers = await observePeers(
    {
      readPeers: async (_region, names) => {
        asked.push(names);
        return new Map([['web', aGroupState({ capacityDesired: 1 })]]);
      },
      note: () => undefined,
    },
    [standingIn('one', 'web'), standingIn('other', long)],
  );

  expect(asked).toEqual([['web']]);
  expect(peers.get('one')?.peer).toMatchObject({ desired: 1 });
  expect(peers.get('other')?.peer).toEqual({ unreadable: expect.stringContaining('AWS knows no') });
});
