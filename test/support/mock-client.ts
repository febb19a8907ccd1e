import { afterAll } from '@jest/globals';
import { mockClient as mock } from 'aws-sdk-client-mock';

const doubles: { restore: () => void }[] = [];

afterAll(() => {
  for (const double of doubles) double.restore();
});

/**
 * Puts a double in the place of a client of AWS, for every client of that kind, until the test file ends: the files of one
 * process share the client's class.
 */
export const mockClient: typeof mock = (client) => {
  const double = mock(client);
  doubles.push(double);
  return double;
};
