export function problemsWithFileName(path: string): string[];
