export function goodSlice() {
  return 2_000;
}
