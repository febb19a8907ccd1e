import { useState } from 'preact/hooks';
import type { PageAnswer, Simulation } from '#console/page/data.ts';
import { speedLabel } from '#console/page/speed-label.ts';
import { Answer } from './answer.tsx';
import type { Act } from './overrides.tsx';

type BarProps = Readonly<{ simulation: Simulation; group: string; act: Act }>;

/** The reins of a simulated fleet: its time, its accidents, its rules. */
export const SimulationBar = ({ simulation, group, act }: BarProps) => {
  const [answer, setAnswer] = useState<PageAnswer>();
  const [isEditing, edit] = useState(false);
  const cause = async (name: string): Promise<void> =>
    setAnswer(await act({ kind: 'trouble', group, name }));

  return (
    <section class="simulation" aria-label="Simulation">
      <fieldset class="speeds" aria-label="Speed">
        {simulation.speeds.map((speed) => (
          <button
            key={speed}
            type="button"
            aria-pressed={speed === simulation.speed}
            onClick={() => void act({ kind: 'speed', speed })}
          >
            {speedLabel(speed)}
          </button>
        ))}
      </fieldset>
      <fieldset class="troubles" aria-label={`Cause trouble in ${group}`}>
        {simulation.troubles.map(({ name, label, hint }) => (
          <button key={name} type="button" title={hint} onClick={() => void cause(name)}>
            {label}
          </button>
        ))}
        <button type="button" aria-expanded={isEditing} onClick={() => edit(!isEditing)}>
          Change the rules
        </button>
      </fieldset>
      <Answer answer={answer} />
      {isEditing && <RulesForm rules={simulation.rules} act={act} />}
    </section>
  );
};

const RulesForm = ({ rules, act }: Readonly<{ rules: string; act: Act }>) => {
  const [text, setText] = useState(rules);
  const [answer, setAnswer] = useState<PageAnswer>();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setAnswer(await act({ kind: 'rules', text }));
  };
  return (
    <form class="rules-form" onSubmit={(event) => void submit(event)}>
      <label>
        <span>tidegate.yml, as it runs</span>
        <textarea
          rows={18}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        Put in force
      </button>
      <Answer answer={answer} />
    </form>
  );
};
