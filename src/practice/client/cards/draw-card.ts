import {
  type Action,
  AdaptiveCard,
  CardObjectRegistry,
  ExecuteAction,
  GlobalSettings,
  GlobalRegistry,
  OpenUrlAction,
  SerializationContext,
  SubmitAction,
  Version,
  type CardElement,
} from 'adaptivecards';
import type { Json } from '../../wire.ts';
import { markWrongFields, mendCard } from './accessibility.ts';
import { choiceSetWith, type Search } from './choice-set.ts';
import { hostConfig } from './host-config.ts';
import { markdownToHtml } from './markdown.ts';

/** What a press on a card asks for. */
export type Press =
  | { type: 'execute'; id: string | null; verb: string | null; data: unknown }
  | { type: 'submit'; data: unknown }
  | { type: 'link'; url: string };

export type DrawnCard = {
  element: HTMLElement;
  /** Whether something was filled in that would be lost. */
  isDirty(): boolean;
  /** What is filled in now, by field id. */
  values(): Record<string, string>;
};

type Handlers = { press: (press: Press) => void; search: Search; changed: () => void };

// A card as a whole is nothing to press, so the keyboard need not stop at it.
GlobalSettings.setTabIndexAtCardRoot = false;

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

/** Draws an Adaptive Card; null when it is none. */
export function drawCard(json: Json, { press, search, changed }: Handlers): DrawnCard | null {
  const card = parse(json, search);
  const cardId = crypto.randomUUID();
  card.onExecuteAction = (action) => {
    const asked = pressOf(action);
    if (asked !== null) press(asked);
  };
  card.onAnchorClicked = (_element, anchor) => {
    press({ type: 'link', url: anchor.href });
    return true;
  };
  card.onInputValueChanged = changed;
  const element = card.render();
  if (element === undefined) return null;
  const mend = () => {
    mendCard(card, element, cardId);
  };
  mend();
  card.onInlineCardExpanded = mend;
  // A press that fails validation is not reported by the library, but marked with a class.
  const marks = new MutationObserver(() => {
    markWrongFields(card);
  });
  marks.observe(element, { subtree: true, attributeFilter: ['class'] });
  const values = () => valuesOf(card);
  const first = JSON.stringify(values());
  return { element, values, isDirty: () => JSON.stringify(values()) !== first };
}

function parse(json: Json, search: Search): AdaptiveCard {
  const elements = new CardObjectRegistry<CardElement>();
  GlobalRegistry.populateWithDefaultElements(elements);
  elements.register('Input.ChoiceSet', choiceSetWith(search));
  const context = new SerializationContext(new Version(1, 6));
  context.setElementRegistry(elements);
  const card = new AdaptiveCard();
  card.hostConfig = hostConfig;
  // Teams draws searching fields in cards of version 1.5; the library wants to see 1.6.
  card.parse({ ...json, version: '1.6' }, context);
  return card;
}

function pressOf(action: Action): Press | null {
  if (action instanceof ExecuteAction) {
    const verb: unknown = action.verb;
    const named = typeof verb === 'string' ? verb : null;
    return { type: 'execute', id: action.id ?? null, verb: named, data: dataOf(action) };
  }
  if (action instanceof SubmitAction) return { type: 'submit', data: dataOf(action) };
  if (action instanceof OpenUrlAction) return { type: 'link', url: action.url ?? '' };
  return null;
}

/** The library says that there always is some; a button without data and fields has none. */
function dataOf(action: SubmitAction | ExecuteAction): unknown {
  const data: unknown = action.data;
  return data ?? {};
}

function valuesOf(card: AdaptiveCard): Record<string, string> {
  const inputs = card.getAllInputs().filter((input) => input.id !== undefined && input.isSet());
  return Object.fromEntries(inputs.map((input) => [input.id ?? '', String(input.value)]));
}
