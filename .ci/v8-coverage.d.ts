// The package has no types.
declare module '@bcoe/v8-coverage' {
  export interface ScriptCov {
    readonly url: string;
    readonly functions: {
      functionName: string;
      isBlockCoverage: boolean;
      ranges: { startOffset: number; endOffset: number; count: number }[];
    }[];
  }
  export function mergeScriptCovs(scripts: readonly ScriptCov[]): ScriptCov | undefined;
}
