import type { Order, Shipped } from './pool.ts';
import { runSeed } from './run-seed.ts';

// One of the processes that runSeeds forks: it gets a seed at a time and sends back what came of it.
const work = async (order: Order): Promise<void> => {
  const { counts, ...run } = await runSeed(order);
  const shipped: Shipped = { ...run, counts: [...counts] };
  process.send?.(shipped);
};

process.on('message', (order) => {
  work(order as Order).catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
});
