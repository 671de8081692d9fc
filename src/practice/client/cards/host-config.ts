import { HostConfig } from 'adaptivecards';

const color = (name: string, subtle = name) => ({
  default: `var(--${name})`,
  subtle: `var(--${subtle})`,
});

const foregroundColors = {
  default: color('ink', 'quiet'),
  dark: color('ink', 'quiet'),
  light: color('quiet'),
  accent: color('accent'),
  good: color('good'),
  warning: color('warning'),
  attention: color('danger'),
};

const style = (background: string, border: string) => ({
  backgroundColor: `var(--${background})`,
  borderColor: `var(--${border})`,
  foregroundColors,
});

/** Our own look for cards. Colours are the page's variables, so that they follow the theme. */
export const hostConfig = new HostConfig({
  supportsInteractivity: true,
  fontFamily: 'inherit',
  fontSizes: { small: 13, default: 15, medium: 17, large: 19, extraLarge: 22 },
  fontWeights: { lighter: 400, default: 400, bolder: 650 },
  lineHeights: { small: 18, default: 22, medium: 24, large: 26, extraLarge: 30 },
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 14 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  containerStyles: {
    default: style('card', 'line'),
    emphasis: style('sunk', 'line'),
    accent: style('accent-soft', 'accent'),
    good: style('good-soft', 'good'),
    warning: style('warning-soft', 'warning'),
    attention: style('danger-soft', 'danger'),
  },
  textBlock: { headingLevel: 4 },
  textStyles: { heading: { size: 'medium', weight: 'bolder' } },
  factSet: { title: { weight: 'default', isSubtle: true, wrap: true, maxWidth: 160 }, spacing: 12 },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', weight: 'bolder' },
  },
  actions: {
    maxActions: 50,
    spacing: 'medium',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
});
