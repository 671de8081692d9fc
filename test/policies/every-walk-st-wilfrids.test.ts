import { checkLives } from './life/check-lives.ts';

checkLives('st-wilfrids');
