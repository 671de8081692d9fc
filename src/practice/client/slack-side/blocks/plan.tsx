import type { Json } from '../../../wire.ts';
import { Drawn } from './drawn.tsx';

const states: Record<string, { mark: string; heard: string }> = {
  pending: { mark: '○', heard: 'to do' },
  in_progress: { mark: '◐', heard: 'now' },
  complete: { mark: '✓', heard: 'done' },
  error: { mark: '!', heard: 'went wrong' },
};

/** A checklist. Drawn here because the library tells the state of a step by its colour alone. */
export function Plan({ title, tasks }: { title: string; tasks: Json[] }) {
  return (
    <section className="plan" aria-label={title}>
      <h4>{title}</h4>
      <ul>
        {tasks.map((task, index) => (
          <li key={index}>
            <Task task={task} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One step of a checklist. */
export function Task({ task }: { task: Json }) {
  const status = typeof task['status'] === 'string' ? task['status'] : 'pending';
  const { mark, heard } = states[status] ?? { mark: '○', heard: status };
  const details = task['details'] as Json | undefined;
  return (
    <div className="task" data-status={status}>
      <span className="task-mark" aria-hidden="true">
        {mark}
      </span>
      <div>
        <p className="task-title">
          {String(task['title'])} <span className="only-heard">({heard})</span>
        </p>
        {details !== undefined && <Drawn blocks={[details]} />}
      </div>
    </div>
  );
}
