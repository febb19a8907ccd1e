import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from '@jest/globals';
import { readSecret } from '#aws/client/read-secret.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const setUp = () => {
  const mock = mockClient(SSMClient);
  const clock = { now: NOON };
  const read = readSecret(new SSMClient({}), () => clock.now);
  let version = 0;
  mock.on(GetParameterCommand).callsFake(({ Name }) => {
    version += 1;
    return { Parameter: { Value: `${Name} v${version}` } };
  });

  return { mock, clock, read };
};

test('decrypts the parameter', async () => {
  const { mock, read } = setUp();

  expect(await read('/hook', false)).toBe('/hook v1');
  expect(mock.commandCalls(GetParameterCommand)[0]?.args[0].input).toEqual({
    Name: '/hook',
    WithDecryption: true,
  });
});

test('remembers it for five minutes', async () => {
  const { clock, read } = setUp();
  await read('/hook', false);

  clock.now += minutes(5) - 1;
  expect(await read('/hook', false)).toBe('/hook v1');
  clock.now += 1;
  expect(await read('/hook', false)).toBe('/hook v2');
});

test('reads past its memory on request, and remembers what it found', async () => {
  const { read } = setUp();
  await read('/hook', false);

  expect(await read('/hook', true)).toBe('/hook v2');
  expect(await read('/hook', false)).toBe('/hook v2');
});

test('keeps parameters apart', async () => {
  const { read } = setUp();
  expect([await read('/a', false), await read('/b', false)]).toEqual(['/a v1', '/b v2']);
});

test.each([[{}], [{ Parameter: {} }], [{ Parameter: { Value: '' } }]])(
  'an answer %j without a value is an error that names the parameter',
  async (answer) => {
    const { mock, read } = setUp();
    mock.on(GetParameterCommand).resolves(answer);
    await expect(read('/hook', false)).rejects.toThrow('the parameter /hook has no value');
  },
);

test('a failure is not remembered', async () => {
  const { mock, read } = setUp();
  const missing = new ParameterNotFound({ message: 'none', $metadata: {} });
  mock
    .on(GetParameterCommand)
    .rejectsOnce(missing)
    .resolves({ Parameter: { Value: 'v' } });

  await expect(read('/hook', false)).rejects.toThrow(missing);
  expect(await read('/hook', false)).toBe('v');
});
