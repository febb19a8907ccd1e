import { describe, expect, test } from '@jest/globals';
import { readAgainTogether } from '#app/lane/read-again.ts';

type G = Readonly<{ name: string }>;
type O = Readonly<{ group: G; reads: number }>;

const [WEB, API]: readonly [G, G] = [{ name: 'web' }, { name: 'api' }];

const setUp = (evaluations: number, answer?: (groups: readonly G[]) => Promise<readonly O[]>) => {
  const reads: string[][] = [];
  const observe = async (groups: readonly G[]): Promise<readonly O[]> => {
    reads.push(groups.map(({ name }) => name));
    return answer === undefined
      ? groups.map((group) => ({ group, reads: reads.length }))
      : answer(groups);
  };
  return { reads, ...readAgainTogether<G, O>(observe, evaluations) };
};

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe('evaluations that read their group anew', () => {
  test('are read for at once when there is no other', async () => {
    const { readAgain } = setUp(1);
    expect(await readAgain(WEB)).toEqual({ group: WEB, reads: 1 });
  });

  test('are read for together once all others have ended or ask, too', async () => {
    const { reads, readAgain, ended } = setUp(3);
    const both = [readAgain(WEB), readAgain(API)];
    await settled();
    expect(reads).toEqual([]);

    ended();
    expect((await Promise.all(both)).map(({ group }) => group)).toEqual([WEB, API]);
    expect(reads).toEqual([['web', 'api']]);
  });

  test('are read for as often as they ask, the others in between', async () => {
    const { reads, readAgain, ended } = setUp(2);
    const first = Promise.all([readAgain(WEB), readAgain(API)]);
    await first;
    const second = readAgain(WEB);
    ended();
    await second;

    expect(reads).toEqual([['web', 'api'], ['web']]);
  });

  test('all fail when the read does', async () => {
    const { readAgain } = setUp(2, () => Promise.reject(new Error('throttled')));
    const ends = await Promise.allSettled([readAgain(WEB), readAgain(API)]);

    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('fail alone when their group is not seen', async () => {
    const { readAgain } = setUp(2, async () => [{ group: WEB, reads: 1 }]);
    const [web, api] = await Promise.allSettled([readAgain(WEB), readAgain(API)]);

    expect(web?.status).toBe('fulfilled');
    expect(api).toMatchObject({ reason: new Error('the group api was not observed') });
  });
});
