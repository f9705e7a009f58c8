let offset = 0;
let installed = false;

/** The clock of one schedule, which can be set. From the first call on, `Date` follows it. */
export function jumpingClock(): { jump(hours: number): void } {
  offset = 0;
  if (!installed) install();
  return { jump: (hours) => void (offset += hours * 3_600_000) };
}

function install(): void {
  installed = true;
  const now = () => controlled.now() + offset;
  const controlled = globalThis.Date;
  globalThis.Date = new Proxy(controlled, {
    construct: (target, parts) => Reflect.construct(target, parts.length === 0 ? [now()] : parts) as object,
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}
