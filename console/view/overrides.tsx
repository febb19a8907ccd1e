import { useState } from 'preact/hooks';
import type { GroupData, PageAction, PageAnswer } from '#console/page/data.ts';
import { timeLeft } from '#console/page/group-state.ts';
import { describeOverride, inForce } from '#domain/ledger/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import { Answer } from './answer.tsx';

export type Act = (action: PageAction) => Promise<PageAnswer>;

type OverridesProps = Readonly<{ group: GroupData; now: Instant; user: string; act: Act }>;
type Wanted = 'pause' | 'pin' | 'cap' | 'resume';

/** The override of a group with its end, and the forms to set one or to end it. */
export const Overrides = ({ group, now, user, act }: OverridesProps) => {
  const [wanted, want] = useState<Wanted>();
  const [answer, setAnswer] = useState<PageAnswer>();
  const override = inForce(group.override, now);
  const choices: readonly Wanted[] =
    override === undefined ? ['pause', 'pin', 'cap'] : ['resume', 'pause', 'pin', 'cap'];
  const send = async (action: PageAction): Promise<void> => {
    const answered = await act(action);
    setAnswer(answered);
    if (answered.isDone) want(undefined);
  };

  return (
    <div class="overrides">
      {override !== undefined && (
        <p class="override">
          {describeOverride(override)} <b>{timeLeft(override.until, now)} left</b>
        </p>
      )}
      <div class="buttons">
        {choices.map((each) => (
          <button
            key={each}
            type="button"
            aria-expanded={wanted === each}
            class={each === 'resume' ? 'primary' : ''}
            onClick={() => want(wanted === each ? undefined : each)}
          >
            {LABELS[each]}
          </button>
        ))}
      </div>
      {wanted !== undefined && (
        <OverrideForm key={wanted} wanted={wanted} group={group} user={user} send={send} />
      )}
      <Answer answer={answer} />
    </div>
  );
};

const LABELS = { pause: 'Pause', pin: 'Pin', cap: 'Cap', resume: 'Resume' } as const;

type FormProps = Readonly<{
  wanted: Wanted;
  group: GroupData;
  user: string;
  send: (action: PageAction) => Promise<void>;
}>;

const SENTENCES = {
  pause: 'Tidegate changes nothing about it.',
  pin: 'It keeps exactly this capacity.',
  cap: 'It grows no further than this.',
  resume: 'Its rules decide again.',
} as const;

const OverrideForm = ({ wanted, group, user, send }: FormProps) => {
  const needsCapacity = wanted === 'pin' || wanted === 'cap';
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(form.get(name) ?? '');
    await send(actionOf(wanted, group.name, text));
  };
  return (
    <form class="override-form" onSubmit={(event) => void submit(event)}>
      <p>
        {SENTENCES[wanted]} <small>As {user}; people are told.</small>
      </p>
      {needsCapacity && (
        <label>
          capacity
          <input
            name="capacity"
            type="number"
            min="0"
            required
            defaultValue={String(group.status?.capacity?.desired ?? 1)}
          />
        </label>
      )}
      {wanted !== 'resume' && (
        <label>
          for
          <select name="for">
            {['30m', '1h', '2h', '8h', '1d'].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      )}
      <label class="wide">
        reason
        <input name="reason" required={wanted !== 'resume'} maxLength={500} autoComplete="off" />
      </label>
      <button type="submit" class="primary">
        {LABELS[wanted]} {group.name}
      </button>
    </form>
  );
};

const actionOf = (wanted: Wanted, group: string, text: (name: string) => string): PageAction => {
  const reason = text('reason');
  if (wanted === 'resume') return { kind: 'resume', group, reason };
  if (wanted === 'pause') return { kind: 'pause', group, for: text('for'), reason };
  return { kind: wanted, group, capacity: Number(text('capacity')), for: text('for'), reason };
};
