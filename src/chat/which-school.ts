import type { Action } from './action.ts';
import { schoolsCard } from './cards/schools-card.ts';
import { drawn, type Context } from './context.ts';
import { dutyCard, dutyIn } from './duties.ts';
import type { Interaction, Reply } from './interaction.ts';
import { readCommand } from './read-command.ts';

/** One account, two schools of a trust: asked first, because a concern belongs to one school. */
export async function whichSchool(
  contexts: readonly Context[],
  interaction: Interaction,
): Promise<Reply> {
  const duty = dutyIn(interaction);
  if (duty !== null) return { type: 'message', card: await dutyCard(contexts, duty) };
  const wanted = wantedOf(interaction);
  const link = interaction.type === 'asked-to-raise' ? interaction.messageLink : null;
  const buttons = await Promise.all(
    contexts.map((context) =>
      drawn(context, null, 'form', (mint) =>
        mint.button(
          context.school.name,
          { type: 'start', what: wanted, link },
          { opens: 'inline' },
        ),
      ),
    ),
  );
  const card = schoolsCard(buttons, wanted === 'picture');
  if (interaction.type === 'home-opened') return { type: 'home', card };
  if (interaction.type !== 'asked-to-raise') return { type: 'message', card };
  return {
    type: 'screen',
    screen: {
      title: 'Which school?',
      elements: card.elements.slice(0, 2),
      fields: [],
      submit: null,
      buttons,
    },
  };
}

/** What is gone on with once the school is known. */
function wantedOf(interaction: Interaction): (Action & { type: 'start' })['what'] {
  if (interaction.type !== 'said') return 'raise';
  if (interaction.carries === 'picture-or-file') return 'picture';
  const { type } = readCommand(interaction.text);
  return type === 'mine' || type === 'cases' ? type : 'raise';
}
