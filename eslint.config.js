import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Folders that a folder may import from, besides itself. Imports point one way; see docs/architecture.md. */
const mayImport = {
  domain: [],
  app: ['domain'],
  chat: ['app', 'domain'],
  slack: ['chat'],
  teams: ['chat'],
  postgres: ['app', 'domain'],
  jobs: ['app', 'domain', 'postgres'],
  mail: ['chat'],
  policies: ['app', 'domain'],
  practice: [],
};

function boundary(folder) {
  const forbidden = Object.keys(mayImport).filter(
    (other) => other !== folder && !mayImport[folder].includes(other),
  );
  return {
    files: [`src/${folder}/**/*.ts`, `src/${folder}/**/*.tsx`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: forbidden.flatMap((other) => [`**/${other}/**`, `../${other}/*`]),
              message: `src/${folder} may import from ${['itself', ...mayImport[folder]].join(', ')} only.`,
            },
            ...outsideOf(folder),
          ],
        },
      ],
    },
  };
}

/** Each vendor's SDK has one home. */
const homes = {
  '@slack/*': 'slack',
  botbuilder: 'teams',
  'botbuilder*': 'teams',
  'botframework*': 'teams',
  '@prisma/*': 'postgres',
  'pg-boss': 'jobs',
  nodemailer: 'mail',
};

function outsideOf(folder) {
  const foreign = Object.entries(homes)
    .filter(([, home]) => home !== folder)
    .map(([name]) => name);
  const pure = folder === 'domain' ? ['node:*', 'express', 'yaml', 'pino'] : [];
  return [
    { group: [...foreign, ...pure], message: 'This library has its home in another folder.' },
  ];
}

/** Time, chance and the outside are arguments of the domain. */
const purity = {
  files: ['src/domain/**/*.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...[
        'process',
        'fetch',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'console',
        'performance',
        'crypto',
      ].map((name) => ({ name, message: 'The domain is pure: pass it in.' })),
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: "NewExpression[callee.name='Date'][arguments.length=0]",
        message: 'The domain has no clock.',
      },
      {
        selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        message: 'The domain has no clock.',
      },
      {
        selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
        message: 'The domain has no chance.',
      },
      {
        selector: "MemberExpression[object.name='Temporal'] > Identifier[name='Now']",
        message: 'The domain has no clock.',
      },
    ],
  },
};

export default tseslint.config(
  { ignores: ['node_modules', 'src/postgres/generated', 'coverage', '.data', 'test-results'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, allowDefaultCaseForExhaustiveSwitch: false },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/restrict-template-expressions': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 75, skipBlankLines: true, skipComments: true }],
      complexity: ['error', { max: 12, variant: 'modified' }],
      'max-depth': ['error', 3],
      eqeqeq: 'error',
    },
  },
  ...Object.keys(mayImport).map(boundary),
  purity,
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Command-line programs speak to a person at a terminal.
    files: [
      'src/program.ts',
      'src/terminal.ts',
      'src/**/*cli.ts',
      'prisma/*.ts',
      'bench/**/*.ts',
      'test/support/*cli.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.js', '**/*.mjs', '*.config.ts'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { Buffer: 'readonly', URL: 'readonly' } },
  },
);
