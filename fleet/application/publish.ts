import { type createDemand, embeddedMetrics } from './demand.ts';
import type { Instance } from './instance.ts';
import type { Publishing } from './settings.ts';
import { signed } from './sign.ts';

type Publisher = Readonly<{
  publishing: Publishing;
  instance: Instance;
  demand: ReturnType<typeof createDemand>;
  /** Hears what went wrong: metrics that cannot be published are no reason to refuse requests. */
  complain: (problem: string) => void;
}>;

/**
 * Publishes the demand every ten seconds, as events of a log that CloudWatch makes metrics of. `stop` publishes what is left.
 * An event costs what its 300 bytes cost; a call of PutMetricData would cost a hundred times as much.
 */
export const startPublishing = (publisher: Publisher) => {
  const { publishing, demand, complain } = publisher;
  const everyMs = publishing.seconds * 1_000;
  const send = createSender(publisher);
  const publish = async (): Promise<void> => {
    const at = Date.now();
    const taken = demand.take(performance.now());
    try {
      await send({ at, demand: taken });
    } catch (thrown) {
      complain(`demand was not published: ${String(thrown)}`);
    }
  };

  let timer: NodeJS.Timeout | undefined;
  // Periods of CloudWatch begin at whole tens of seconds: a stretch that ends with one lies in one period.
  const wait = (): void => {
    timer = setTimeout(
      () => {
        wait();
        publish().catch((thrown: unknown) => complain(String(thrown)));
      },
      everyMs - (Date.now() % everyMs),
    );
    timer.unref();
  };
  wait();

  return {
    stop: async (): Promise<void> => {
      clearTimeout(timer);
      await publish();
    },
  };
};

type Taken = Readonly<{ at: number; demand: Parameters<typeof embeddedMetrics>[0]['demand'] }>;

const createSender = ({ publishing, instance }: Publisher) => {
  let known: Promise<Readonly<{ group: string; stream: string }>> | undefined;
  const learn = async () => {
    const [group, stream] = await Promise.all([instance.group(), instance.id()]);
    await call(publishing, instance, ['CreateLogStream', { logStreamName: stream }]);
    return { group, stream };
  };

  return async ({ at, demand }: Taken): Promise<void> => {
    known ??= learn();
    // What cannot be learned now is asked for again in ten seconds.
    const { group, stream } = await known.catch((thrown: unknown) => {
      known = undefined;
      throw thrown;
    });
    // The stretch is over, and belongs to the period that has just ended.
    const event = { timestamp: at, message: embeddedMetrics({ group, at: at - 1_000, demand }) };
    const input = { logStreamName: stream, logEvents: [event] };
    await call(publishing, instance, ['PutLogEvents', input]);
  };
};

type Call = readonly [action: string, input: object];

/** Calls CloudWatch Logs; a stream that is there already is as good as a new one. */
const call = async (
  { origin, region, logGroup }: Publishing,
  instance: Instance,
  [action, input]: Call,
): Promise<void> => {
  const body = JSON.stringify({ logGroupName: logGroup, ...input });
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    host: new URL(origin).host,
    'x-amz-target': `Logs_20140328.${action}`,
  };
  const request = { method: 'POST', path: '/', query: '', headers, body };
  const scope = { region, service: 'logs', at: new Date() };
  const { host: _host, ...sent } = signed(request, scope, await instance.credentials());
  const signal = AbortSignal.timeout(5_000);
  const response = await fetch(origin, { method: 'POST', headers: sent, body, signal });
  if (response.ok) return;
  const text = await response.text();
  if (text.includes('ResourceAlreadyExistsException')) return;
  throw new Error(`${action}: ${response.status} ${text.slice(0, 200)}`);
};
