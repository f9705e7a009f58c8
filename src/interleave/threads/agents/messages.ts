// What the search and an agent send each other before and after the wire is in use.

/** A word of the program's memory as an agent gets it. */
export interface SharedWord {
  readonly name: string;
  /** Type code. */
  readonly type: number;
  /** In bytes from the start of the program's memory. */
  readonly offset: number;
  /** In elements. */
  readonly length: number;
  readonly buffer: SharedArrayBuffer;
}

/** Message that prepares an agent for an exploration. */
export interface OpenMessage {
  readonly module: string;
  readonly body: string;
  readonly args: readonly unknown[];
  readonly wire: SharedArrayBuffer;
  readonly words: readonly SharedWord[];
  readonly memoryBytes: number;
  /** Visible steps that the wire has room for. */
  readonly capacity: number;
}

/** The agent's reply. */
export type OpenReply =
  | { readonly opened: true }
  | { readonly opened: false; readonly reason: 'module-load-failed'; readonly cause: unknown }
  | { readonly opened: false; readonly reason: 'missing-export'; readonly exported: readonly string[] };
