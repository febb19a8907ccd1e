import { expect, test } from '@jest/globals';
import { sideBySide } from '#domain/basics/side-by-side.ts';

/** Work that is done when it is told so, and the items that are at work. */
const handWork = () => {
  const atWork = new Map<number, () => void>();
  const work = (item: number): Promise<string> =>
    new Promise((resolve) => {
      atWork.set(item, () => {
        atWork.delete(item);
        resolve(`done ${item}`);
      });
    });
  const finish = async (item: number): Promise<void> => {
    atWork.get(item)?.();
    await new Promise(setImmediate);
  };
  return { work, finish, atWork: () => [...atWork.keys()] };
};

test('some work at a time; the next begins when one is done; answers stand in the order of the items', async () => {
  const { work, finish, atWork } = handWork();
  const all = sideBySide([1, 2, 3, 4], 2, work);
  expect(atWork()).toEqual([1, 2]);
  await finish(2);
  expect(atWork()).toEqual([1, 3]);
  await finish(3);
  await finish(4);
  expect(atWork()).toEqual([1]);
  await finish(1);

  expect(await all).toEqual(['done 1', 'done 2', 'done 3', 'done 4']);
});

test('nothing is done where there is nothing to do', async () => {
  expect(await sideBySide([], 8, () => Promise.reject(new Error('no')))).toEqual([]);
});
