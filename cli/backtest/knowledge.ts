import type { LoadedHistory } from '#cli/history/load-history.ts';
import { failure } from '#cli/output/failure.ts';
import { bootTimesOf } from '#domain/history/boot-times.ts';
import { carriedWithinLatency } from '#domain/history/fit-latency.ts';
import { carriedWithinCpu, type FittedService, fitService } from '#domain/history/fit-service.ts';
import { medianOf } from '#domain/history/median.ts';
import { readDuration } from '#parse/configuration/words/duration.ts';
import { readRate, readSlo, type Slo } from '#parse/history/slo-and-rate.ts';
import type { Known } from '#simulator/compare/conditions-of.ts';

/** The options that say what is known of instances. */
export type Said = Readonly<{
  perInstance?: string | undefined;
  slo?: string | undefined;
  boot?: string | undefined;
  /** The way to say what one instance carries, where it is no option of the command. */
  wayToSay?: string;
}>;

/** Knowledge of the instances of a group, and a sentence for each thing that was assumed or measured. */
export type Knowledge = Readonly<{ known: Known; notes: readonly string[] }>;

const USUAL_SLO: Slo = { kind: 'cpu', percent: 80 };

/** Gathers from options and from the history what one instance carries and how long it boots. Throws what cannot be known. */
export const knowledgeOf = (said: Said, history: LoadedHistory): Knowledge => {
  const slo = said.slo === undefined ? USUAL_SLO : taken('--slo', readSlo(said.slo));
  const service = serviceOf(said, slo, history);
  const boots = bootsOf(said, history);
  const latency = Object.values(history.group.series.latency?.values ?? []).filter(
    (value) => value !== undefined,
  );
  return {
    known: {
      ...service.known,
      ...boots.known,
      ...(latency.length === 0 ? {} : { latencySeconds: medianOf(latency) / P95_OF_IDLE }),
    },
    notes: [...service.notes, ...boots.notes],
  };
};

/** The 95th percentile of an idle instance, in mean service times, as the service model has it. */
const P95_OF_IDLE = 1.5;

type Part<K extends keyof Known> = Readonly<{
  known: Pick<Known, K>;
  notes: readonly string[];
}>;

const serviceOf = (
  said: Said,
  slo: Slo,
  { group, demand }: LoadedHistory,
): Part<'carried' | 'atFullCpu'> => {
  const unit = demand.kind === 'requests' ? 'requests' : 'messages';
  const percent = slo.kind === 'cpu' ? slo.percent : USUAL_SLO.percent;
  if (said.perInstance !== undefined) {
    const carried = taken('--per-instance', readRate(said.perInstance));
    return {
      known: { carried, atFullCpu: (100 * carried) / percent },
      notes: [
        `An instance carries ${figure(carried)} ${unit} a second, as said; it is then at ${percent} % of its CPU.`,
      ],
    };
  }
  const fitted = fitService(group, demand);
  if ('refusal' in fitted) {
    throw failure('invalid-file', fitted.refusal, sayIt(said));
  }
  const carried = carriedBy(slo, fitted, { said, history: { group, demand } });
  return {
    known: { carried: carried.perInstance, atFullCpu: fitted.perInstanceAtFullCpu },
    notes: [
      `An instance carries ${carried.isAtLeast ? 'at least ' : ''}${figure(carried.perInstance)} ${unit} a second within ${describeSlo(slo)}: ${describeFit(fitted)}.`,
    ],
  };
};

type History = Pick<LoadedHistory, 'group' | 'demand'>;

const sayIt = ({ wayToSay = '--per-instance 45rps' }: Said): string =>
  `say what one instance carries: ${wayToSay}`;

const carriedBy = (
  slo: Slo,
  fitted: FittedService,
  { said, history: { group, demand } }: Readonly<{ said: Said; history: History }>,
) => {
  if (slo.kind === 'cpu') {
    const perInstance = carriedWithinCpu(fitted, slo.percent);
    if (perInstance > 0) return { perInstance, isAtLeast: false };
    throw failure(
      'usage',
      `an idle instance has ${figure(fitted.line.intercept)} % of CPU, and --slo asks for less than ${slo.percent} %`,
      'say a higher limit, such as --slo "cpu < 80"',
    );
  }
  const found = carriedWithinLatency(group, demand, slo.seconds);
  if (!('refusal' in found)) return found;
  const help = `${sayIt(said)}; or a limit of the CPU: --slo 'cpu < 80'`;
  throw failure('invalid-file', found.refusal, help);
};

const describeSlo = (slo: Slo): string =>
  slo.kind === 'cpu' ? `${slo.percent} % of CPU` : `a p95 of ${slo.seconds} s`;

const describeFit = ({ line, points }: FittedService): string =>
  `CPU is ${figure(line.intercept)} + ${figure(line.slope)} times its load, fitted on ${points} periods; the load explains ${Math.round(100 * line.explained)} % of its spread, and half of the periods lie within ${figure(line.residual)} points`;

const bootsOf = ({ boot }: Said, { group }: LoadedHistory): Part<'bootSeconds' | 'failedShare'> => {
  if (boot !== undefined) {
    const seconds = readDuration(boot);
    if (!seconds.ok)
      throw failure('usage', `--boot: ${seconds.problem.message}`, 'say --boot 150s');
    return {
      known: { bootSeconds: [seconds.value] },
      notes: [`An instance serves ${seconds.value} s after its launch, as said.`],
    };
  }
  const times = bootTimesOf(group.launches);
  if (times === undefined) {
    return {
      known: {},
      notes: [
        `The history has ${group.launches.length} launches, too few to go by: a boot of about 157 s is assumed. Say yours: --boot 150s.`,
      ],
    };
  }
  return {
    known: { bootSeconds: times.seconds, failedShare: times.failed },
    notes: [
      `Of ${times.launches} launches half were in service after ${figure(times.median)} s, nine tenths after ${figure(times.p90)} s; ${figure(100 * times.failed)} % failed.`,
    ],
  };
};

const figure = (value: number): string => String(Number(value.toPrecision(3)));

/** The value of an option. Throws what is wrong with it. */
export const taken = <T>(
  option: string,
  read: Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; problem: string }>,
): T => {
  if (read.ok) return read.value;
  throw failure('usage', `${option}: ${read.problem}`);
};
