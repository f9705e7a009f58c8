// A task module that is never done loading: no item gets to its task.
await new Promise(() => setInterval(() => {}, 1_000));

export default (item: unknown): unknown => item;
