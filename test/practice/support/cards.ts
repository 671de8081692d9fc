import type { Json } from '../../../src/practice/wire.ts';

/*
 * Cards such as the bot sends them, written by hand, so that the workspace is tried with every element
 * before and without the bot.
 */

/** An Adaptive Card of version 1.5. */
export function card(body: Json[], actions: Json[] = []): Json {
  return { type: 'AdaptiveCard', version: '1.5', body, actions };
}

/** The first question, with buttons that change the card. */
export function emergencyCard(): Json {
  return card([
    heading('Is anyone in danger right now?'),
    text('A child hurt, missing, about to be hurt, or saying they will harm themselves.'),
    actionSet([
      execute('Yes, right now', 'yes', 'destructive'),
      execute("No, or I'm not sure", 'no', 'positive'),
    ]),
    {
      ...text('You can always ring 999, 101, or children’s social care (01632 960111) yourself.'),
      isSubtle: true,
      size: 'Small',
    },
  ]);
}

/** What a lead's channel gets: a pointer. */
export function pointerCard(state: string): Json {
  return card([
    heading('HS\\-7Q2K9\\-M4XTW'),
    text('Nude or sexual picture of a child · **URGENT** · 10:32'),
    {
      type: 'FactSet',
      facts: [
        { title: 'From', value: 'a teacher' },
        { title: 'Told in person', value: 'not yet' },
      ],
    },
    text(state),
    actionSet([execute('Claim', 'claim', 'positive'), dialogButton('Open', 'details')]),
  ]);
}

/** A step of the walk: what never to do, what to do now, and the rest as a list. */
export function stepCard(): Json {
  return card([
    heading('Put the device away safely'),
    {
      type: 'Container',
      style: 'attention',
      items: [
        strong('Never'),
        text('- Look at it, copy it, send it on\n- Delete it yet\n- Ask a child to show it'),
      ],
    },
    text('Take it, disconnect it, switch it off, lock it away. Nobody looks at it.'),
    {
      ...text('Your policy, Youth Produced Sexual Imagery, line 523 · so that evidence is kept'),
      isSubtle: true,
      size: 'Small',
    },
    row('Ring children’s social care', 'Now'),
    row('Deleting', 'Locked'),
    {
      type: 'Container',
      style: 'warning',
      items: [text('Due before 15:15, when the children go home.')],
    },
    actionSet([
      execute('Done', 'done', 'positive'),
      dialogButton('Record', 'details'),
      execute('Change an answer', 'change'),
      execute('Hand over', 'hand-over'),
      execute('Fails', 'fail', 'destructive'),
    ]),
  ]);
}

/** Every kind of field. */
export function formCard(values: Json = {}): Json {
  return card(
    [
      heading('What happened?'),
      text('Write what was said or seen, in their words. Do not investigate.'),
      choices(
        'kind',
        'Who is it about?',
        ['A child here', 'A child elsewhere', 'An adult who works here'],
        { isMultiSelect: true },
      ),
      choices('told', 'Have you told a member of the team face to face?', ['Yes', 'Not yet'], {
        isRequired: true,
        errorMessage: 'Please choose one.',
      }),
      choices('app', 'Which app?', ['A game', 'A chat', 'Something else'], {
        style: 'compact',
        placeholder: 'Choose',
      }),
      {
        type: 'Input.ChoiceSet',
        id: 'person',
        label: 'Which adult?',
        style: 'filtered',
        placeholder: 'Type a name',
        choices: [{ title: 'Not on the list', value: 'other' }],
        'choices.data': { type: 'Data.Query', dataset: 'staff' },
      },
      {
        type: 'Input.Text',
        id: 'words',
        label: 'In their words',
        isMultiline: true,
        maxLength: 3000,
        isRequired: true,
        errorMessage: 'Please fill this in.',
        value: values['words'] ?? '',
      },
      { type: 'Input.Date', id: 'day', label: 'When (optional)' },
      { type: 'Input.Time', id: 'hour', label: 'At what time (optional)' },
      { type: 'Input.Toggle', id: 'aware', title: 'The child knows that I am telling you' },
      {
        type: 'RichTextBlock',
        inlines: [{ type: 'TextRun', text: 'Words *as written*: <b>not bold</b>' }],
      },
    ],
    [submit('Next', { step: 'next' }, 'positive'), submit('Fails', { step: 'fail' })],
  );
}

/** A short answer. */
export function textCard(words: string): Json {
  return card([text(words)]);
}

/** A button that opens a dialog. */
export function dialogButton(title: string, opens: string): Json {
  return { type: 'Action.Submit', title, data: { opens, msteams: { type: 'task/fetch' } } };
}

function heading(words: string): Json {
  return {
    type: 'TextBlock',
    text: words,
    wrap: true,
    style: 'heading',
    size: 'Medium',
    weight: 'Bolder',
  };
}

function text(words: string): Json {
  return { type: 'TextBlock', text: words, wrap: true };
}

function strong(words: string): Json {
  return { ...text(words), weight: 'Bolder' };
}

function row(title: string, state: string): Json {
  return {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width: 'stretch', items: [text(title)] },
      { type: 'Column', width: 'auto', items: [{ ...text(state), isSubtle: true }] },
    ],
  };
}

function actionSet(actions: Json[]): Json {
  return { type: 'ActionSet', actions };
}

function execute(title: string, verb: string, style = 'default'): Json {
  return { type: 'Action.Execute', title, verb, style, data: { handle: `h-${verb}` } };
}

function submit(title: string, data: Json, style = 'default'): Json {
  return { type: 'Action.Submit', title, data, style };
}

function choices(id: string, label: string, titles: string[], more: Json = {}): Json {
  const listed = titles.map((title, at) => ({ title, value: String(at) }));
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'expanded',
    wrap: true,
    choices: listed,
    ...more,
  };
}
