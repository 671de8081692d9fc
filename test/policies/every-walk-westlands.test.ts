import { checkLives } from './life/check-lives.ts';

checkLives('westlands');
