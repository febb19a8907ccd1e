import { measure, type Order } from './measure.ts';

// One of the processes that measureAll forks: it gets an order at a time and sends back what came of it.
process.on('message', (order) => {
  process.send?.(measure(order as Order));
});
