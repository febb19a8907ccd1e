import type { Channel } from '#domain/configuration/channel.ts';
import type { Note } from '#domain/lane/note.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Instant } from '#domain/time/instant.ts';

export type FunctionName = 'scale' | 'heal' | 'notify' | 'sweep';

/** One run of a function's code. */
export type Invocation = Readonly<{ id: string; functionName: FunctionName }>;

/** A call of an invocation to a service of AWS, named by its action in the API. */
export type Trip = Readonly<{
  invocation: Invocation;
  /** The execution environment that the invocation runs in. */
  environment: string;
  /** The place of the call among those of its environment. Answers may come in another order. */
  order: number;
  action: string;
  input: unknown;
}>;

/** A message that the people at the other end of a channel have got. */
export type Received = Readonly<{ channel: Channel; message: Message }>;

/** The events of a run, as somebody who sees everything would tell them. */
export type HistoryEvent = Readonly<{ at: Instant }> &
  (
    | Readonly<{ kind: 'invoked'; invocation: Invocation; event: unknown }>
    | Readonly<{ kind: 'ended'; invocation: Invocation; response: unknown }>
    /** It threw, or Lambda killed it. */
    | Readonly<{ kind: 'failed'; invocation: Invocation; error: string }>
    /** The call reaches the service and is about to take effect: the truth is still as before. */
    | Readonly<{ kind: 'applying'; trip: Trip }>
    /** The invocation learns the answer, which may be an error although the call took effect. */
    | Readonly<{ kind: 'answered'; trip: Trip; answer?: unknown; error?: string }>
    | Readonly<{ kind: 'noted'; invocation: Invocation; note: Note }>
    | Readonly<{ kind: 'published'; topic: string; message: string }>
    | Readonly<{ kind: 'received'; received: Received }>
    | Readonly<{
        kind: 'dead-lettered';
        queue: string;
        body: string;
        receives: number;
        /** Lambda dropped it, for it seemed to go round in circles. */
        isDropped: boolean;
      }>
    /** Something went wrong on purpose. */
    | Readonly<{ kind: 'fault'; fault: string; detail: string }>
    /** Something happened to the fleet, or an operator did something. */
    | Readonly<{ kind: 'world'; detail: string }>
  );

export type History = Readonly<{
  record: (event: HistoryEvent) => void;
  /** Calls back for every event, at the moment when it happens. */
  listen: (listener: (event: HistoryEvent) => void) => void;
}>;

/** Passes events on to whoever listens; it keeps none itself. */
export const createHistory = (): History => {
  const listeners: ((event: HistoryEvent) => void)[] = [];

  return {
    record: (event) => {
      for (const listen of listeners) listen(event);
    },
    listen: (listener) => {
      listeners.push(listener);
    },
  };
};
