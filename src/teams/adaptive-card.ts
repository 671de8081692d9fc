/*
 * Exactly the part of Adaptive Cards 1.5 that we draw. What is not here cannot be sent by mistake:
 * no image, no link, no toggle of visibility.
 */

export type TextBlock = {
  type: 'TextBlock';
  text: string;
  wrap: true;
  style?: 'heading';
  size?: 'Small' | 'Medium' | 'Large';
  weight?: 'Bolder';
  color?: 'Attention' | 'Warning';
  isSubtle?: true;
  spacing?: 'None' | 'Small' | 'Medium';
  separator?: true;
};

export type TextRun = { type: 'TextRun'; text: string; weight?: 'Bolder' };
export type RichTextBlock = { type: 'RichTextBlock'; inlines: TextRun[]; spacing?: 'None' };

export type FactSet = { type: 'FactSet'; facts: { title: string; value: string }[] };

export type Container = {
  type: 'Container';
  style: 'attention' | 'warning' | 'emphasis';
  items: (TextBlock | RichTextBlock)[];
};

export type Column = { type: 'Column'; width: 'auto' | 'stretch'; items: TextBlock[] };
export type ColumnSet = { type: 'ColumnSet'; spacing: 'Small'; columns: Column[] };

export type ActionStyle = 'default' | 'positive' | 'destructive';
type ActionBase = { title: string; style: ActionStyle; data: Record<string, unknown> };
export type ExecuteAction = ActionBase & { type: 'Action.Execute'; verb: 'press' | 'submit' };
export type SubmitAction = ActionBase & { type: 'Action.Submit' };
export type Action = ExecuteAction | SubmitAction;
export type ActionSet = { type: 'ActionSet'; actions: Action[] };

type InputBase = { id: string; label: string; isRequired?: true; errorMessage?: string };
export type TextInput = InputBase & {
  type: 'Input.Text';
  isMultiline: boolean;
  maxLength: number;
  value?: string;
};
export type ChoiceInput = InputBase & {
  type: 'Input.ChoiceSet';
  style: 'compact' | 'expanded' | 'filtered';
  isMultiSelect: boolean;
  wrap: true;
  choices: { title: string; value: string }[];
  value?: string;
  placeholder?: string;
  'choices.data'?: { type: 'Data.Query'; dataset: string };
};
export type DateInput = InputBase & { type: 'Input.Date'; value?: string };
export type TimeInput = InputBase & { type: 'Input.Time'; value?: string };
export type Input = TextInput | ChoiceInput | DateInput | TimeInput;

/** An extension of Teams' own, whatever version the card declares; other clients leave it out. */
export type HorizontalBar = {
  type: 'Chart.HorizontalBar';
  title: string;
  data: { x: string; y: number }[];
  fallback: 'drop';
};

export type Element =
  TextBlock | RichTextBlock | FactSet | Container | ColumnSet | ActionSet | HorizontalBar | Input;

export type AdaptiveCard = {
  type: 'AdaptiveCard';
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  version: '1.5';
  /** Shown by clients that cannot draw the card, and read by nobody else: a fixed sentence. */
  fallbackText: string;
  body: Element[];
};

/** Wraps a body. Teams knows 1.5; newer elements are not used. */
export function adaptiveCard(fallbackText: string, body: Element[]): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText,
    body,
  };
}
