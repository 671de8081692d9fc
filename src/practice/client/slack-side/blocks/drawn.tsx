import { useLayoutEffect, useRef } from 'react';
import { Message, type Block } from 'slack-blocks-to-jsx';
import type { Json } from '../../../wire.ts';

/** What the library draws. Whatever else comes is named instead, so that it is not simply missing. */
export const drawable: ReadonlySet<unknown> = new Set([
  'alert',
  'card',
  'carousel',
  'container',
  'context',
  'data_visualization',
  'divider',
  'markdown',
  'rich_text',
  'section',
  'table',
]);

/** Links are shown and lead nowhere. */
const hooks = {
  link: ({ href, children }: { href: string; children: React.ReactNode }) => (
    <span className="dead-link">
      {children} ({href})
    </span>
  ),
};

/** Neighbouring blocks to read, drawn by slack-blocks-to-jsx. Colours are ours, see styles/slack.css. */
export function Drawn({ blocks }: { blocks: Json[] }) {
  const root = useRef<HTMLDivElement>(null);
  // The library gives every drawing the same id, and there are many on this page.
  useLayoutEffect(() => {
    root.current?.querySelector('#slack_blocks_to_jsx')?.removeAttribute('id');
  }, []);
  const nameless = blocks.map(({ block_id: _, ...block }) => block);
  return (
    <div ref={root}>
      <Message
        withoutWrapper
        theme="light"
        name=""
        logo=""
        hooks={hooks}
        blocks={nameless as unknown as Block[]}
      />
    </div>
  );
}
