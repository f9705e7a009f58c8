/**
 * Sentences of suites name commands, for people who type them. In a session there is a key instead.
 * @param canPlay whether p plays a schedule now
 */
export function inKeys(text: string, canPlay = false): string {
  const named = text
    .replace(/To restore the exercise: npm run kata reset \S+/, 'To restore the exercise, press x')
    .replace(/\(to repeat: npm run kata run \S+ -- --seed (\d+)\)/g, '(seed $1)');
  return canPlay ? named.replace(/^(\s*)replay: npm run kata \S+ .*$/gm, '$1Press p to play this schedule.') : named;
}
