import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Note } from '#domain/lane/note.ts';
import { traceDecisions } from '#lambda/trace-decisions.ts';
import { aCapacityDecision, NOON } from '#test/support/builders.ts';

const HEADER = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=557abcec3ee5a047;Sampled=1';
const DECISION = aCapacityDecision({ id: 'web-41' });
const decided = (isRecorded = true): Note => ({ kind: 'decided', decision: DECISION, isRecorded });

let daemon: Socket;
let address: string;
let arrived: string[];
beforeEach(async () => {
  arrived = [];
  daemon = createSocket('udp4');
  daemon.on('message', (message) => arrived.push(message.toString('utf8')));
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  address = `127.0.0.1:${(daemon.address() as AddressInfo).port}`;
});
afterEach(() => {
  daemon.close();
});

const traced = (env: Readonly<Record<string, string>>, tracing?: 'xray') => {
  const notes: Note[] = [];
  const loaded: string[] = [];
  const getBuiltinModule = (name: 'node:dgram') => {
    loaded.push(name);
    return process.getBuiltinModule(name);
  };
  const takeNote = traceDecisions(
    (note) => notes.push(note),
    tracing === undefined ? {} : { tracing },
    { env, getBuiltinModule, now: () => NOON + 125, random: () => 0.7 },
  );
  return { takeNote, notes, loaded };
};

describe('a decision in the trace of its invocation', () => {
  test('is sent to the daemon as a subsegment, with id, group and reason as annotations', async () => {
    const env = { AWS_XRAY_DAEMON_ADDRESS: address, _X_AMZN_TRACE_ID: `${HEADER};Lineage=1:a:0` };
    const { takeNote, notes } = traced(env, 'xray');
    takeNote(decided());
    await once(daemon, 'message');
    const [head = '', document = ''] = arrived[0]?.split('\n') ?? [];

    expect(notes).toEqual([decided()]);
    expect(JSON.parse(head)).toEqual({ format: 'json', version: 1 });
    expect(JSON.parse(document)).toEqual({
      name: 'decision',
      id: 'bbbbbbbbbbbbbbbb',
      trace_id: '1-5759e988-bd862e3fe1be46a994272793',
      parent_id: '557abcec3ee5a047',
      type: 'subsegment',
      start_time: (NOON + 125) / 1_000,
      end_time: (NOON + 125) / 1_000,
      annotations: { decision: 'web-41', group: DECISION.group, reason: DECISION.reason },
    });
  });

  test('goes by the trace of each invocation, which the environment names anew', async () => {
    const env: Record<string, string> = { AWS_XRAY_DAEMON_ADDRESS: address };
    const { takeNote, notes } = traced(env, 'xray');
    takeNote(decided());
    env._X_AMZN_TRACE_ID = HEADER.replace('Sampled=1', 'Sampled=0');
    takeNote(decided());
    env._X_AMZN_TRACE_ID = HEADER.replace('Parent=557abcec3ee5a047;', '');
    takeNote(decided());
    env._X_AMZN_TRACE_ID = HEADER.replace('Root', 'Other');
    takeNote(decided());
    env._X_AMZN_TRACE_ID = HEADER;
    takeNote(decided(false));
    takeNote({ kind: 'ignored', subject: 'web', detail: 'nothing is bound to it' });
    env._X_AMZN_TRACE_ID = HEADER.replace('557abcec3ee5a047', '0000000000000001');
    takeNote(decided());
    await once(daemon, 'message');

    expect(notes).toHaveLength(7);
    expect(arrived.map((each) => JSON.parse(each.split('\n')[1] ?? '').parent_id)).toEqual([
      '0000000000000001',
    ]);
  });

  test('loads nothing and adds nothing while the key is off', () => {
    const { takeNote, notes, loaded } = traced({
      AWS_XRAY_DAEMON_ADDRESS: address,
      _X_AMZN_TRACE_ID: HEADER,
    });
    takeNote(decided());

    expect({ notes, loaded }).toEqual({ notes: [decided()], loaded: [] });
  });

  test('is not sent where there is no daemon, and one that cannot be found disturbs nobody', async () => {
    const without = traced({ _X_AMZN_TRACE_ID: HEADER }, 'xray');
    without.takeNote(decided());
    expect(without.loaded).toEqual([]);

    const env = { AWS_XRAY_DAEMON_ADDRESS: 'daemon.invalid:1', _X_AMZN_TRACE_ID: HEADER };
    const lost = traced(env, 'xray');
    lost.takeNote(decided());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lost.notes).toEqual([decided()]);
  });
});
