import type { Configuration } from '#domain/configuration/configuration.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

/** The part of the process that tracing needs: its environment, and a module that is loaded for it alone. */
type Surroundings = Readonly<{
  env: Readonly<Record<string, string | undefined>>;
  getBuiltinModule: (name: 'node:dgram') => Dgram;
}> &
  Partial<SubsegmentSource>;

type Dgram = Readonly<{ createSocket: (settings: { type: 'udp4' }) => Socket }>;

type Socket = Readonly<{
  on: (event: 'error', listener: () => void) => unknown;
  unref: () => unknown;
  send: (message: string, port: number, host: string) => void;
}>;

/** The clock of subsegments, and the dice for their ids. */
type SubsegmentSource = Readonly<{ now: () => Instant; random: () => number }>;

/**
 * Passes notes on, and puts each recorded decision into the trace of the invocation: a subsegment with the decision's id,
 * its group and its reason as annotations, by which X-Ray finds traces. Without `tracing` nothing is added, and nothing is
 * loaded.
 */
export const traceDecisions = (
  takeNote: TakeNote,
  { tracing }: Pick<Configuration, 'tracing'>,
  surroundings: Surroundings,
): TakeNote => {
  if (tracing === undefined) return takeNote;
  const { now = Date.now, random = Math.random } = surroundings;
  const send = senderTo(surroundings);
  return (note) => {
    takeNote(note);
    if (note.kind !== 'decided' || !note.isRecorded) return;
    const trace = sampledTrace(surroundings.env._X_AMZN_TRACE_ID);
    if (trace !== undefined) send(subsegmentOf(note.decision, trace, { now, random }));
  };
};

type Trace = Readonly<{ root: string; parent: string }>;

/** The trace that an invocation belongs to; none when X-Ray does not sample it. */
const sampledTrace = (header = ''): Trace | undefined => {
  const fieldOf = (name: string): string | undefined =>
    new RegExp(`(?:^|;)${name}=([^;]+)`).exec(header)?.[1];
  const [root, parent] = [fieldOf('Root'), fieldOf('Parent')];
  const isSampled = fieldOf('Sampled') === '1';
  return isSampled && root !== undefined && parent !== undefined ? { root, parent } : undefined;
};

/**
 * Writes a document of X-Ray as its daemon takes it
 * (https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html,
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon).
 */
const subsegmentOf = (
  { id, group, reason }: Decision,
  { root, parent }: Trace,
  { now, random }: SubsegmentSource,
): string => {
  const at = now() / SECOND_MS;
  const digits = Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16));
  const document = {
    name: 'decision',
    id: digits.join(''),
    trace_id: root,
    parent_id: parent,
    type: 'subsegment',
    start_time: at,
    end_time: at,
    annotations: { decision: id, group, reason },
  };
  return `{"format":"json","version":1}\n${JSON.stringify(document)}`;
};

/** Sends to the daemon that Lambda runs beside the function. Nobody waits for it, and a trace that is lost stops nothing. */
const senderTo = ({ env, getBuiltinModule }: Surroundings): ((message: string) => void) => {
  const [host = '', port = ''] = (env.AWS_XRAY_DAEMON_ADDRESS ?? '').split(':');
  if (port === '') return () => {};
  const socket = getBuiltinModule('node:dgram').createSocket({ type: 'udp4' });
  socket.on('error', () => {});
  socket.unref();
  return (message) => socket.send(message, Number(port), host);
};
