/** Calls `listener` with the type of each event that somebody other than the signal's controller dispatches on it. */
export function onForeignEvent(signal: AbortSignal, listener: (type: string) => void): void {
  const dispatch = signal.dispatchEvent.bind(signal);
  signal.dispatchEvent = (event) => {
    // The controller's own event is the runtime's.
    if (!event.isTrusted) listener(event.type);
    return dispatch(event);
  };
}
