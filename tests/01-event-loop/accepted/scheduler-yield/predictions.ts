// With some overhead.
export const predictions = () => ({ computeAndCompute: 0.9, waitAndWait: 1.95, computeAndWait: 1.85 });
