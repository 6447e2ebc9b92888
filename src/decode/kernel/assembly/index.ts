export function reset(): void {}
