import type { SlackChat, SlackWindow } from '../../slack-side/wire.ts';
import { Blocks } from './blocks/blocks.tsx';
import { blocksOf } from './form-state.ts';
import { useForm } from './use-form.ts';
import { useSurface } from './use-surface.ts';

type HomeProps = { person: string; chat: SlackChat; home: SlackWindow | null };

/** The App Home: what the app has published for this one person. */
export function Home({ person, chat, home }: HomeProps) {
  return (
    <div
      className="home"
      role="tabpanel"
      aria-label={`Home of ${chat.name}`}
      tabIndex={0}
      aria-live="polite"
    >
      {home === null ? (
        <p className="quiet-text empty">The app has not drawn this page yet.</p>
      ) : (
        <Published key={home.id} {...{ person, home }} />
      )}
    </div>
  );
}

function Published({ person, home }: { person: string; home: SlackWindow }) {
  const blocks = blocksOf(home.view);
  const form = useForm(home.id, home.hash, blocks);
  const host = useSurface(person, { type: 'view', view: home.id }, form);
  return <Blocks blocks={blocks} host={host} />;
}
