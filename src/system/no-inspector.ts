// For every process that judges: nothing happens at the signal by which Node opens its inspector, and so opens itself
// to every other process of the same user. As a setup file this runs once for each suite, and one listener is enough.
if (process.listenerCount('SIGUSR1') === 0) process.on('SIGUSR1', () => undefined);
