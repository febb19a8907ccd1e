import type { Controls, GroupData } from '#console/page/data.ts';
import { formatValue } from '#console/page/format-value.ts';
import { answerOf, gateText, gaugeOf, healthTexts } from '#console/page/group-state.ts';
import { poolNumbers } from '#console/page/pool-text.ts';
import type { GroupStatus } from '#domain/status/group-status.ts';
import type { RuleStatus } from '#domain/status/rule-status.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';
import { Badge } from './group-cards.tsx';
import { type Act, Overrides } from './overrides.tsx';

type GroupNowProps = Readonly<{
  group: GroupData;
  now: Instant;
  controls: Controls | undefined;
  act: Act;
}>;

/** A group as it is now, what the next look will do, and what stands in the way. */
export const GroupNow = ({ group, now, controls, act }: GroupNowProps) => {
  const { status } = group;
  if (status === undefined) return null;
  return (
    <section class="now panel" aria-label="Now">
      <p class="panel-head">
        <b>{group.name}</b> <small>{group.autoScalingGroup}</small> <Badge group={group} />
      </p>
      <Numbers status={status} />
      <Pool status={status} />
      <p class="next">
        <span>next look</span> {status.next.summary}
      </p>
      {status.gates.map((gate) => (
        <p key={gate.stage} class="gate-line">
          <span>gate</span> {gateText(gate, now)}
        </p>
      ))}
      {status.rules.map((rule) => (
        <Rule key={rule.rule} rule={rule} />
      ))}
      <Troubles group={group} status={status} />
      {controls !== undefined && (
        <Overrides group={group} now={now} user={controls.user} act={act} />
      )}
    </section>
  );
};

const Numbers = ({ status }: Readonly<{ status: GroupStatus }>) => {
  const { capacity } = status;
  if (capacity === undefined) return <p class="bad-text">AWS knows no such group.</p>;
  const { desired, inService, starting, min, max } = capacity;
  return (
    <dl class="numbers">
      <div>
        <dt>wanted</dt>
        <dd>{desired}</dd>
      </div>
      <div>
        <dt>serving</dt>
        <dd>{inService}</dd>
      </div>
      <div>
        <dt>starting</dt>
        <dd class={starting > 0 ? 'out-text' : ''}>{starting}</dd>
      </div>
      <div class="bounds">
        <dt>bounds</dt>
        <dd class="range" title={`at least ${min.at} (${min.by}), at most ${max.at} (${max.by})`}>
          {min.at}–{max.at}
        </dd>
      </div>
    </dl>
  );
};

/** The warm pool of the group in numbers, where it has one. */
const Pool = ({ status: { capacity } }: Readonly<{ status: GroupStatus }>) => {
  const pool = capacity === undefined ? undefined : poolNumbers(capacity);
  if (pool === undefined) return null;
  const { wanted, ready, starting, refilling } = pool;
  return (
    <section class="pool" aria-label="Warm pool">
      <p>
        <span>warm pool</span> {wanted === undefined && 'without a limit'}
      </p>
      <dl class="numbers">
        <Count name="wanted" value={wanted} />
        <Count name="stopped, ready" value={ready} />
        <Count name="starting" value={starting} />
        <Count name="refilling" value={refilling} />
      </dl>
    </section>
  );
};

const Count = ({ name, value }: Readonly<{ name: string; value: number | undefined }>) =>
  value === undefined ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );

const Rule = ({ rule }: Readonly<{ rule: RuleStatus }>) => (
  <div class="rule">
    <p>
      <b>{rule.rule}</b> {answerOf(rule)}
    </p>
    {rule.metrics.map(({ metric, value, refusal, marks }) => {
      const { fill, ticks } = gaugeOf({ marks, ...(value === undefined ? {} : { value }) });
      const text = `${metric} ${refusal ?? formatValue(value)}${marks.length === 0 ? '' : ` of ${marks.map(formatValue).join(', ')}`}`;
      return (
        <div key={metric} class="gauge-line">
          <svg class="gauge" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bed" width="100" height="8" rx="2" />
            <rect
              class={rule.answer === 'recommends' ? 'fill acts' : 'fill'}
              width={fill}
              height="8"
              rx="2"
            />
            {ticks.map((tick) => (
              <rect key={tick} class="tick" x={tick - 0.4} width="0.8" height="8" />
            ))}
          </svg>
          <small>{text}</small>
        </div>
      );
    })}
  </div>
);

const Troubles = ({ group, status }: Readonly<{ group: GroupData; status: GroupStatus }>) => (
  <>
    {status.incidents.map(({ key, since, summary }) => (
      <p key={key} class="incident">
        <span>incident</span> open since {describeInstant(since)}: {summary ?? key}
      </p>
    ))}
    {status.plan !== undefined && (
      <p class="gate-line">
        <span>in flight</span> {status.plan.summary}
      </p>
    )}
    {healthTexts(group).map((text, place) => (
      <p key={text} class={place === 0 ? 'health' : 'health sick'}>
        <span>{place === 0 ? 'health' : ''}</span> {text}
      </p>
    ))}
  </>
);
