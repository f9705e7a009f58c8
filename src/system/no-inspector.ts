// For every process that judges: nothing happens at the signal by which Node opens its inspector, and so opens itself
// to every other process of the same user.
process.on('SIGUSR1', () => undefined);
