// For every process that judges: the signal by which Node opens its inspector, and with it every process to any other of
// the same user, does nothing.
process.on('SIGUSR1', () => undefined);
