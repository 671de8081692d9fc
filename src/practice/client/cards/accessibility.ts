import type { AdaptiveCard, Input } from 'adaptivecards';

/**
 * Mends what the library leaves out for screen readers and keyboards: groups of choices have no name,
 * radio buttons carry an attribute they must not have, wrong fields are marked by colour alone, and
 * radio buttons of two cards with the same field id would switch each other off.
 */
export function mendCard(card: AdaptiveCard, root: HTMLElement, cardId: string): void {
  for (const group of root.querySelectorAll<HTMLElement>('.ac-choiceSetInput-expanded')) {
    mendGroup(group, 'radiogroup');
  }
  for (const group of root.querySelectorAll<HTMLElement>('.ac-choiceSetInput-multiSelect')) {
    mendGroup(group, 'group');
  }
  for (const button of root.querySelectorAll<HTMLInputElement>('input[type=radio]')) {
    if (!button.name.startsWith(cardId)) button.name = `${cardId} ${button.name}`;
  }
  for (const button of root.querySelectorAll<HTMLElement>('.ac-pushButton')) {
    button.removeAttribute('title');
  }
  for (const input of card.getAllInputs()) mendInput(input);
}

/** Marks the fields that the library found wrong, for those who cannot see the colour. */
export function markWrongFields(card: AdaptiveCard): void {
  for (const input of card.getAllInputs()) {
    const field = controlOf(input);
    const wrong = input.renderedElement?.querySelector('.ac-input-validation-failed') ?? null;
    if (wrong !== null) field?.setAttribute('aria-invalid', 'true');
    else field?.removeAttribute('aria-invalid');
  }
}

function mendGroup(group: HTMLElement, role: 'radiogroup' | 'group'): void {
  const label = group.closest('.ac-input-container')?.parentElement?.querySelector('label');
  group.setAttribute('role', role);
  if (label) group.setAttribute('aria-labelledby', label.id);
  const choices = [...group.querySelectorAll('input')];
  if (role === 'radiogroup' && choices.some((choice) => choice.ariaRequired === 'true')) {
    group.setAttribute('aria-required', 'true');
  }
  for (const choice of choices) {
    if (role === 'radiogroup') choice.removeAttribute('aria-required');
    // The group says its own name; the first choice need not repeat it.
    choice.removeAttribute('aria-labelledby');
  }
}

function mendInput(input: Input): void {
  const field = controlOf(input);
  if (input.isRequired && field instanceof HTMLTextAreaElement)
    field.setAttribute('aria-required', 'true');
}

function controlOf(input: Input): HTMLElement | null {
  const within = input.renderedElement;
  return within?.querySelector<HTMLElement>('[role=radiogroup], input, select, textarea') ?? null;
}
