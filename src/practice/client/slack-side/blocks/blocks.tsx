import type { Json } from '../../../wire.ts';
import type { SurfaceHost } from '../use-surface.ts';
import { Drawn, drawable } from './drawn.tsx';
import { Element } from './element.tsx';
import { InputBlock } from './input-block.tsx';
import { literal, plainContext, richText } from './literal.ts';
import { Plan, Task } from './plan.tsx';
import { textOf } from './text.ts';

type BlocksProps = { blocks: Json[]; host: SurfaceHost };

/** Block Kit: what is to be read is drawn by slack-blocks-to-jsx, what is to be pressed or filled in by us. */
export function Blocks({ blocks, host }: BlocksProps) {
  return (
    <div className="block-kit">
      {grouped(blocks).map((group, index) =>
        group.type === 'read' ? (
          <Drawn key={`read ${String(index)}`} blocks={group.blocks} />
        ) : (
          <Block key={keyOf(group.block, index)} block={group.block} host={host} />
        ),
      )}
      <div role="alert">
        {host.trouble !== null && <p className="card-reply danger">{host.trouble}</p>}
      </div>
    </div>
  );
}

type Group = { type: 'read'; blocks: Json[] } | { type: 'own'; block: Json };

/** Neighbours that the library draws go together, as they do in Slack. */
function grouped(blocks: Json[]): Group[] {
  const groups: Group[] = [];
  for (const block of blocks.map(literal)) {
    const last = groups.at(-1);
    if (!isForLibrary(block)) groups.push({ type: 'own', block });
    else if (last?.type === 'read') last.blocks.push(block);
    else groups.push({ type: 'read', blocks: [block] });
  }
  return groups;
}

function isForLibrary(block: Json): boolean {
  if (!drawable.has(block['type'])) return false;
  return block['accessory'] === undefined && plainContext(block) === null;
}

/** An input keeps its place in the page, and with it the cursor, as long as it keeps its name. */
function keyOf({ type, block_id }: Json, index: number): string {
  return type === 'input' ? `input ${String(block_id)}` : `${String(type)} ${String(index)}`;
}

function Block({ block, host }: { block: Json; host: SurfaceHost }) {
  const id = String(block['block_id']);
  switch (block['type']) {
    case 'header':
      return <h4 className="block-header">{textOf(block['text'])}</h4>;
    case 'context':
      return <Context words={plainContext(block) ?? []} />;
    case 'actions':
      return (
        <div className="block-actions">
          {(block['elements'] as Json[]).map((element) => (
            <Element key={String(element['action_id'])} {...{ host, element }} block={id} />
          ))}
        </div>
      );
    case 'input':
      return <InputBlock block={block} host={host} />;
    case 'section':
      return <Section block={block} host={host} />;
    case 'plan':
      return <Plan title={String(block['title'])} tasks={block['tasks'] as Json[]} />;
    case 'task_card':
      return <Task task={block} />;
    default:
      return (
        <p className="quiet-text">A block that cannot be drawn here: {String(block['type'])}</p>
      );
  }
}

function Context({ words }: { words: string[] }) {
  return (
    <div className="block-context">
      <Drawn blocks={words.map(richText)} />
    </div>
  );
}

/** A section with something to press beside it. */
function Section({ block, host }: { block: Json; host: SurfaceHost }) {
  const { accessory, ...read } = block;
  return (
    <div className="block-section">
      <Drawn blocks={[literal(read)]} />
      <Element block={String(block['block_id'])} element={accessory as Json} host={host} />
    </div>
  );
}
