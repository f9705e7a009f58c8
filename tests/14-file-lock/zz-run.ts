import { explorePromises, formatReport, closePromiseAgents } from '#src/interleave/index.ts';
import { explorations } from './explorations.ts';
const [names, bound] = process.argv.slice(2);
for (const name of names === 'all' ? Object.keys(explorations) : names!.split(',')) {
  const t = performance.now();
  const r = await explorePromises({
    ...explorations[name as keyof typeof explorations](),
    bound: Number(bound ?? 2),
    budget: { milliseconds: 60000 },
  });
  console.log(
    name,
    r.verdict,
    r.schedules,
    r.cut,
    'steps',
    (r.steps / r.schedules).toFixed(1),
    `${(performance.now() - t).toFixed(0)} ms`,
    r.coverage,
  );
  if (r.verdict !== 'pass') console.log(formatReport(r));
}
await closePromiseAgents();
