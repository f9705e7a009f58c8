export const goodSlice = () => 350_000;
